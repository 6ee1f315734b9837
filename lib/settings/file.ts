/**
 * Reads `discover.yaml`: text to checked values.
 *
 * @module
 */

// @ts-types="../types/std_yaml_parse.d.ts"
import { parse } from "@std/yaml/parse";
import { type Advice, readAdvice } from "./advice_settings.ts";
import { readAliases } from "./alias_settings.ts";
import type { AliasRule } from "../catalog/aliases.ts";
import { SettingsError, type SettingsText } from "./errors.ts";
import { settingsText } from "./file_errors.ts";
import type { SettingsValue } from "./schema.ts";
import { readTimeoutMs } from "../text/duration.ts";
import { decodeText } from "../yaml/encoding.ts";
import { isWideEncoding } from "../yaml/validate_bytes.ts";
import { isFreeName, readProviderSettings } from "./named_provider.ts";
import {
  enabledProviders,
  type ProviderSettings,
  withClaudeOrder,
} from "./provider_settings.ts";

/** The checked content of the file. */
export interface DiscoverFile extends SettingsText {
  readonly timeoutMs: number | undefined;
  readonly claudeCodeNames: boolean;
  readonly overWildcards: boolean;
  readonly advice: Advice;
  /** The enabled providers, in the order of the table. */
  readonly enabled: readonly ProviderSettings[];
  /** The variables with keys that it names, in addition to those of the table. */
  readonly keyVariables: readonly string[];
  /** Providers that are turned off. */
  readonly off: ReadonlySet<string>;
  /** Default aliases that stay, and those of the file. */
  readonly aliases: readonly AliasRule[];
  /** The aliases that it decides on, `false` included. */
  readonly ownAliases: ReadonlySet<string>;
}

/**
 * The file's text, read as a config is: UTF-8, else a Windows code page. Throws
 * {@linkcode SettingsError}.
 */
export function decodeDiscoverFile(bytes: Uint8Array, path: string): string {
  if (!isWideEncoding(bytes)) return decodeText(bytes);
  throw new SettingsError(
    `settings "${path}": encoded as UTF-16 or UTF-32`,
    "save the file as UTF-8 in your editor",
  );
}

/** Reads and checks the file. Throws {@linkcode SettingsError}. */
export async function readDiscoverFile(
  text: string,
  path: string,
): Promise<DiscoverFile> {
  const file = settingsText(path, text);
  const { checkForm } = await import("./schema.ts");
  const form = checkForm(await parseText(text, file));
  if (form.kind === "valid") return readValue(form.value, file);
  throw file.errorAt(form.path, form.state, form.hint);
}

async function parseText(text: string, file: SettingsText): Promise<unknown> {
  try {
    return parse(text) ?? {};
  } catch (error) {
    const { yamlProblem } = await import("./yaml_problem.ts");
    const { line, state, hint } = yamlProblem(text, error);
    throw file.errorOn(line, state, hint);
  }
}

function readValue(value: SettingsValue, file: SettingsText): DiscoverFile {
  const entries = Object.entries(value.providers ?? {});
  const off = new Set(
    entries.filter(([, value]) => value === false).map(([id]) => id),
  );
  const named = entries
    // `lab: false` removes a server's section after its settings are gone.
    .filter(([id]) => !(off.has(id) && isFreeName(id)))
    .map(([id, value]) => readProviderSettings(id, value, file))
    .filter(({ provider }) => !off.has(provider.id));
  const enabled = enabledProviders(named, off);
  const claudeCodeNames = value.claude_code ?? false;
  const aliases = readAliases(value.aliases ?? {}, file, {
    on: enabled.map(({ provider }) => provider.id),
    claudeCodeNames,
  });
  return {
    ...file,
    timeoutMs: readTimeout(value, file),
    claudeCodeNames,
    overWildcards: value.over_wildcards ?? false,
    advice: readAdvice(value.advice),
    enabled: value.stand_in ?? true ? withClaudeOrder(enabled) : enabled,
    keyVariables: named.flatMap(({ keyVariable }) => keyVariable ?? []),
    off,
    aliases,
    ownAliases: new Set(Object.keys(value.aliases ?? {})),
  };
}

function readTimeout(
  { timeout }: SettingsValue,
  file: SettingsText,
): number | undefined {
  if (timeout === undefined) return undefined;
  return readTimeoutMs(
    String(timeout),
    (state, hint) => file.errorAt(["timeout"], state, hint),
  );
}
