/**
 * Reads `discover.yaml`: text to checked values. Every fault is told with its
 * line and, for a word that is not known, the nearest known one. No value is
 * ever quoted: somebody may have written a key where its variable belongs. What
 * stands before a colon is, unless it looks like a key.
 *
 * @module
 */

// @ts-types="../types/std_yaml_parse.d.ts"
import { parse } from "@std/yaml/parse";
import { readAliases } from "./alias_settings.ts";
import type { AliasRule } from "../catalog/aliases.ts";
import { DEFAULT_PROVIDERS } from "../providers/default.ts";
import { lineOfKey } from "./key_lines.ts";
import { type Fault, formError, SettingsError } from "./errors.ts";
import type { SettingsValue } from "./schema.ts";
import { readTimeoutMs } from "../text/duration.ts";
import {
  isFreeName,
  providerOf,
  type ProviderSettings,
  readProviderSettings,
} from "./provider_settings.ts";

/** The checked content of the file. */
export interface DiscoverFile {
  readonly path: string;
  readonly timeoutMs?: number;
  readonly claudeCodeNames: boolean;
  readonly overWildcards: boolean;
  /** In the order of the file. */
  readonly providerSettings: readonly ProviderSettings[];
  /** The variables with keys that it names, beside those of the table. */
  readonly keyVariables: readonly string[];
  /** Providers that are turned off. */
  readonly off: ReadonlySet<string>;
  /** Default aliases that stay, and those of the file. */
  readonly aliases: readonly AliasRule[];
  /** An error about the place to which the keys lead. */
  readonly fault: Fault;
}

/** Reads and checks the file. Throws {@linkcode SettingsError}. */
export async function readDiscoverFile(
  text: string,
  path: string,
): Promise<DiscoverFile> {
  const fault: Fault = (keys, message, hint) => {
    const line = lineOfKey(text, keys);
    return new SettingsError(
      `settings "${path}", line ${line}: ${message}`,
      hint,
    );
  };
  const schema = await import("./schema.ts");
  const checked = schema.checkForm(parseText(text, path));
  if ("fault" in checked) {
    throw formError(checked.fault, schema.KNOWN_KEYS, fault);
  }
  return readValue(checked.value, path, fault);
}

function parseText(text: string, path: string): unknown {
  try {
    return parse(text) ?? {};
  } catch (error) {
    // The parser's own words quote the file.
    const said = error instanceof Error ? error.message : "";
    const line = /line (\d+)/.exec(said)?.[1];
    const place = line === undefined ? "" : `, line ${line}`;
    const what = /duplicate/i.test(said)
      ? "a key that stands there already"
      : "not valid YAML";
    throw new SettingsError(`settings "${path}"${place}: ${what}`);
  }
}

function readValue(
  value: SettingsValue,
  path: string,
  fault: Fault,
): DiscoverFile {
  const providers = Object.entries(value.providers ?? {});
  const off = new Set<string>();
  const providerSettings = providers.flatMap(
    ([id, value]): ProviderSettings[] => {
      if (value === false && isFreeName(id)) off.add(id);
      if (off.has(id)) return [];
      const settings = typeof value === "object" && value !== null ? value : {};
      const provider = providerOf(id, settings, fault);
      if (value !== false) {
        return [readProviderSettings(provider, settings, fault)];
      }
      off.add(id);
      return [];
    },
  );
  const claudeCodeNames = value.claude_code ?? true;
  const on = [
    ...DEFAULT_PROVIDERS.map(({ id }) => id).filter((id) => !off.has(id)),
    ...providerSettings.map(({ provider }) => provider.id),
  ];
  const { timeout } = value;
  return {
    path,
    claudeCodeNames,
    overWildcards: value.over_wildcards ?? false,
    providerSettings,
    keyVariables: providerSettings.flatMap(({ keyVariable }) =>
      keyVariable ?? []
    ),
    off,
    aliases: readAliases(value.aliases ?? {}, { on, claudeCodeNames, fault }),
    fault,
    ...(timeout !== undefined && {
      timeoutMs: readTimeoutMs(
        String(timeout),
        (state, hint) => fault(["timeout"], `"timeout": ${state}`, hint),
      ),
    }),
  };
}
