/**
 * What `discover.yaml` wants of one provider, checked: a provider of the table,
 * or a local server.
 *
 * @module
 */

import { isPlainName } from "../keys/env_file.ts";
import { looksLikeKey, quoted } from "../text/key_look.ts";
import { nearest } from "../text/suggest.ts";
import { MODEL_ID, type Provider } from "../providers/provider.ts";
import { PROVIDERS, SERVER_KINDS } from "../providers/table.ts";
import type { SelectionRules } from "../catalog/select.ts";
import { type Fault, meant, type SettingsError } from "./errors.ts";
import type { ProviderValue } from "./schema.ts";

/** What the file wants of a provider that is on. */
export interface ProviderSettings {
  /** Of the table, or a local server under the name it has here. */
  readonly provider: Provider;
  readonly rules: Partial<SelectionRules>;
  readonly nameTemplate?: string;
  readonly keyVariable?: string;
  readonly baseUrl?: URL;
}

/** Why no part of a base that LiteLLM is told may be one. */
export const KEY_IN_BASE =
  "the config would show it; key: in discover.yaml names the variable that holds one";

/** Names of local servers stand in section titles and in model names. */
const SERVER_NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/;

/** A name for a local server, which no known one is meant by. */
export function isFreeName(id: string): boolean {
  const known = PROVIDERS.map((provider) => provider.id);
  return isServerName(id) && !known.includes(id) &&
    nearest(id, known) === undefined;
}

/** The block has a section of aliases, and ids that begin with `alias`. */
function isServerName(id: string): boolean {
  return SERVER_NAME.test(id) && !["alias", "aliases"].includes(id) &&
    !looksLikeKey(id);
}

/** The provider that a name of the file stands for. */
export function providerOf(
  id: string,
  { kind }: ProviderValue,
  fault: Fault,
): Provider {
  const at = ["providers", id];
  const known = PROVIDERS.find((provider) => provider.id === id);
  if (known && (kind === undefined || kind === id)) return known;
  if (known) {
    throw fault(
      [...at, "kind"],
      `kind of "${id}": that name has one already`,
      "give a local server another name",
    );
  }
  const server = SERVER_KINDS.find((provider) => provider.id === kind);
  if (!server) {
    const hint = meant(id, PROVIDERS.map((provider) => provider.id));
    throw fault(
      at,
      `provider ${quoted(id)}: not known`,
      `${hint}; a local server needs kind: openai-compatible`,
    );
  }
  if (!isServerName(id)) {
    throw fault(
      at,
      `provider ${quoted(id)}: not a name that can be used`,
      "use small letters, digits, - and _",
    );
  }
  return { ...server, id, title: id, keyVariables: [] };
}

/** The checked settings of one provider. */
export function readProviderSettings(
  provider: Provider,
  settings: ProviderValue,
  fault: Fault,
): ProviderSettings {
  const { id } = provider;
  const at = (key: string): string[] => ["providers", id, key];
  const { include, exclude, variants, retired, limit, min_context } = settings;
  const { name, key, base_url } = settings;
  if (name !== undefined) {
    checkTemplate(
      name,
      (message, hint) => fault(at("name"), `name of "${id}": ${message}`, hint),
    );
  }
  if (key !== undefined && !mayHoldKey(key, provider)) {
    throw fault(
      at("key"),
      `key of "${id}": not a variable for its key`,
      "write the name of a variable in capitals, DISCOVER_ and more, not the key itself",
    );
  }
  if (base_url === undefined && settings.kind === "openai-compatible") {
    throw fault(
      ["providers", id],
      `provider "${id}": no base_url`,
      "say where it is, as http://127.0.0.1:8000/v1",
    );
  }
  if (base_url !== undefined && looksLikeKey(base_url)) {
    throw fault(
      at("base_url"),
      `base_url of "${id}": a part of it looks like a key`,
      KEY_IN_BASE,
    );
  }
  const baseUrl = base_url === undefined ? undefined : URL.parse(base_url);
  if (baseUrl === null || baseUrl && !isPlainUrl(baseUrl)) {
    throw fault(
      at("base_url"),
      `base_url of "${id}": not a plain URL`,
      `write it as ${provider.defaultBase}`,
    );
  }
  return {
    provider,
    rules: {
      ...(include !== undefined && { include: [include].flat() }),
      ...(exclude !== undefined && { exclude: [exclude].flat() }),
      ...(variants !== undefined && { variants: [variants].flat() }),
      ...(retired !== undefined && { keepRetired: retired === "keep" }),
      ...(limit !== undefined && { limit }),
      ...(min_context !== undefined && { minContextTokens: min_context }),
    },
    ...(name !== undefined && { nameTemplate: name }),
    ...(key !== undefined && { keyVariable: key }),
    ...(baseUrl && { baseUrl }),
  };
}

function isPlainUrl(url: URL): boolean {
  return /^https?:$/.test(url.protocol) && url.username === "" &&
    url.password === "" && url.search === "" && url.hash === "";
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

function checkTemplate(
  template: string,
  fault: (message: string, hint: string) => SettingsError,
): void {
  const places: readonly string[] = template.match(/\{[^}]*\}/g) ?? [];
  const unknown = places.find((place) => !PLACES.includes(place));
  if (unknown !== undefined) {
    throw fault("a place in braces that is not known", meant(unknown, PLACES));
  }
  if (looksLikeKey(template)) {
    throw fault(
      "it looks like a key",
      'write a text such as "{provider}/{id}"',
    );
  }
  if (!places.includes("{id}")) {
    throw fault(
      "no {id} in it, so all models would have one name",
      "write {id} where the model's id belongs",
    );
  }
  if (!MODEL_ID.test(template.replace(/\{\w+\}/g, "x"))) {
    throw fault(
      "a character that no name can have",
      "use letters, digits and . _ : / @ + -",
    );
  }
}

const PLACES: readonly string[] = ["{id}", "{provider}"];
