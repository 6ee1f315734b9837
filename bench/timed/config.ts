/**
 * `lib/config.ts`, timed; see `main.ts`.
 *
 * @module
 */

import { type Config, readConfig as real } from "../../lib/config.ts";
import { timedAsync } from "./marks.ts";

export * from "../../lib/config.ts";

/** Timed. */
export function readConfig(
  ...args: Parameters<typeof real>
): Promise<Config> {
  return timedAsync("parse", () => real(...args));
}
