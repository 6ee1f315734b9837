/**
 * What `discover.yaml` sets on the entries of a provider or an alias, as it is
 * written into them. The schema has checked the form; here is what depends on
 * the provider.
 *
 * @module
 */

import type { OwnSettings } from "../block/entry.ts";
import { writeOwn } from "../block/own_settings.ts";
import type { ProviderOwn } from "../catalog/own_settings.ts";
import type { JsonObject } from "../text/fields.ts";
import type { Path } from "../yaml/positions.ts";
import type { SettingsText } from "./errors.ts";
import type { ProviderValue } from "./provider_schema.ts";

/** `params:` and `info:`, wherever they are. */
interface OwnValue {
  readonly params?: JsonObject | undefined;
  readonly info?: JsonObject | undefined;
}

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
  const path = ["providers", id];
  for (const section of ["params", "info"] as const) {
    assertNoneTakenBack(value[section], [...path, section], file);
  }
  return {
    all: readOwn(value, path, file, [id]),
    for: Object.entries(globs ?? {}).map(([glob, own]) => ({
      glob,
      own: readOwn(own, [...path, "for", glob], file, [id]),
    })),
  };
}

/**
 * What is set under a path, for entries of these providers. Throws
 * `SettingsError`.
 */
export function readOwn(
  { params, info }: OwnValue,
  path: Path,
  file: SettingsText,
  providers: readonly string[],
): OwnSettings {
  if (params?.["extra_body"] && providers.includes(WITHOUT_BODY)) {
    throw file.errorAt(
      [...path, "params", "extra_body"],
      "LiteLLM puts no fields into what it sends to Anthropic",
      "remove it, or write the parameter itself, such as thinking",
    );
  }
  return writeOwn(params, info);
}

/**
 * LiteLLM sends `extra_body` itself as a field, which Anthropic refuses, or
 * nothing at all for a request in Anthropic's form (measured with 1.108.7: with
 * all other providers of the table the fields arrive).
 */
const WITHOUT_BODY = "anthropic";

/** A provider comes first: what it has empty was forgotten. */
function assertNoneTakenBack(
  values: JsonObject = {},
  path: Path,
  file: SettingsText,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== null) continue;
    throw file.errorAt(
      [...path, name],
      "no value",
      "write one, or remove the key; only under for: and for an alias does " +
        "null take a setting back",
    );
  }
}
