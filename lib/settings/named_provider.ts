/**
 * A provider that `discover.yaml` names: of the table, or a local server. The
 * schema has checked the form; here is what depends on the provider.
 *
 * @module
 */

import { isPlainName } from "../keys/env_file.ts";
import type { Provider } from "../providers/provider.ts";
import { PROVIDERS, SERVER_KINDS } from "../providers/table.ts";
import { looksLikeKey } from "../text/key_look.ts";
import { nearest } from "../text/suggest.ts";
import { expected, type SettingsText } from "./errors.ts";
import { readProviderOwn } from "./own_settings.ts";
import { type ProviderSettings, settingsOf } from "./provider_settings.ts";
import type { ProviderValue } from "./provider_schema.ts";

const IDS = PROVIDERS.map(({ id }) => id);

/** Names of local servers are in section titles and in model names. */
const SERVER_NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/;

/** A name for a local server, and no misspelt one of the table. */
export function isFreeName(id: string): boolean {
  return isServerName(id) && !IDS.includes(id) &&
    nearest(id, IDS) === undefined;
}

/** The block has a section of aliases, and ids that begin with `alias`. */
function isServerName(id: string): boolean {
  return SERVER_NAME.test(id) && !["alias", "aliases"].includes(id) &&
    !looksLikeKey(id);
}

/** The settings of the provider `id`. Throws `SettingsError`. */
export function readProviderSettings(
  id: string,
  value: ProviderValue | boolean | null | undefined,
  file: SettingsText,
): ProviderSettings {
  const settings = typeof value === "object" && value ? value : {};
  const provider = providerOf(id, settings, file);
  refuseUnstatedPrices(provider, settings, file);
  const { key } = settings;
  if (key !== undefined && !mayHoldKey(key, provider)) {
    throw file.errorAt(
      ["providers", id, "key"],
      "not a variable that may hold its key",
      "write the name of a variable such as DISCOVER_LAB_KEY, in capitals, " +
        "not the key itself",
    );
  }
  return {
    ...settingsOf(provider, settings),
    own: readProviderOwn(id, settings, file),
  };
}

/** Where no price is known, a choice by price would be no choice. */
function refuseUnstatedPrices(
  { id, statesPrices }: Provider,
  settings: ProviderValue,
  file: SettingsText,
): void {
  const found = (["max_price", "free"] as const)
    .find((name) => settings[name] !== undefined);
  if (found === undefined || statesPrices) return;
  throw file.errorAt(
    ["providers", id, found],
    "its list states no prices",
    "remove it, and name the models that you want with include",
  );
}

function providerOf(
  id: string,
  { kind }: ProviderValue,
  file: SettingsText,
): Provider {
  const path = ["providers", id];
  const known = PROVIDERS.find((provider) => provider.id === id);
  if (known && (kind === undefined || kind === id)) return known;
  if (known) {
    throw file.errorAt(
      [...path, "kind"],
      "that name has one already",
      "give a local server another name",
    );
  }
  const server = SERVER_KINDS.find((provider) => provider.id === kind);
  if (!server) {
    throw file.errorAt(path, "not a known provider", unknownHint(id));
  }
  if (!isServerName(id)) {
    const hint = "use small letters, digits, - and _";
    throw file.errorAt(path, "not a name that can be used", hint);
  }
  return { ...server, id, title: id, keyVariables: [] };
}

/**
 * Providers whose list is not of what the key may call: how their ids begin, and
 * an entry's `model:` for each.
 */
const BY_HAND: Readonly<Record<string, string>> = {
  azure: "azure/DEPLOYMENT",
  bedrock: "bedrock/MODEL",
  vertex: "vertex_ai/MODEL",
};

function unknownHint(id: string): string {
  const lower = id.toLowerCase();
  const [, model] = Object.entries(BY_HAND)
    .find(([start]) => lower.startsWith(start)) ?? [];
  if (model !== undefined) {
    return `write its entries by hand, outside the block, with model: ${model}`;
  }
  const part = IDS.find((known) => known.split("-").includes(lower));
  const meant = part ? `did you mean ${part}?` : expected(id, IDS);
  return `${meant} (a local server needs a kind:, such as openai-compatible)`;
}

/**
 * A key of the table, or one in a variable that is nobody else's: `DISCOVER_*`,
 * in capitals as everywhere but on Windows. No provider's key, and nothing that
 * is LiteLLM's, may go to another.
 */
function mayHoldKey(variable: string, { kind, id }: Provider): boolean {
  return /^DISCOVER_./.test(variable) && isPlainName(variable) ||
    PROVIDERS.some((provider) =>
      (provider.id === id || kind === "local" && provider.kind === "local") &&
      provider.keyVariables.includes(variable)
    );
}
