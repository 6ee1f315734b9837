/**
 * What `discover.yaml` sets on the entries of a provider, as it is written into
 * them.
 *
 * @module
 */

import { writeOwn } from "../block/own_settings.ts";
import type { ProviderOwn } from "../catalog/own_settings.ts";
import type { SettingsText } from "./errors.ts";
import type { ProviderValue } from "./schema.ts";

/**
 * `params:`, `info:` and `for:` of the provider `id`; nothing where it has none.
 * Throws `SettingsError`.
 */
export function readProviderOwn(
  id: string,
  value: ProviderValue,
  file: SettingsText,
): ProviderOwn | undefined {
  const { params, info, for: globs } = value;
  if (!params && !info && !globs) return undefined;
  for (const section of ["params", "info"] as const) {
    const [empty] = Object.entries(value[section] ?? {})
      .filter(([, one]) => one === null);
    if (!empty) continue;
    throw file.errorAt(
      ["providers", id, section, empty[0]],
      "no value",
      "write one, or remove the key; only under for: and for an alias does " +
        "null take a setting back",
    );
  }
  return {
    all: writeOwn(params, info),
    for: Object.entries(globs ?? {}).map(([glob, own]) => ({
      glob,
      own: writeOwn(own.params, own.info),
    })),
  };
}
