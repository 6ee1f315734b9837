/**
 * `advice:` in `discover.yaml`: which findings in the user's config are shown.
 *
 * @module
 */

import type { SettingsValue } from "./schema.ts";

/** Runs show none; or the codes that neither runs nor the doctor show. */
export type Advice = "off" | ReadonlySet<string>;

/** Reads the checked value. */
export function readAdvice(value: SettingsValue["advice"]): Advice {
  if (value === "off" || value === false) return "off";
  return new Set(typeof value === "object" ? value.skip : []);
}
