/**
 * Which provider an entry of the user is called at, and what its model is called
 * there, as far as that is sure: LiteLLM goes by the prefix of the model, by
 * `custom_llm_provider`, or for bare names by its list of models.
 *
 * Read from LiteLLM 1.108.7: `litellm_core_utils/get_llm_provider_logic.py`.
 *
 * @module
 */

import type { UserModel } from "../config/user_models.ts";
import { variableIn } from "../litellm/references.ts";
import type { Provider } from "../providers/provider.ts";
import { isOwnBase } from "../providers/own_hosts.ts";
import { PROVIDERS } from "../providers/table.ts";
import { field, type JsonObject, textField } from "../text/fields.ts";
import { ENDED_PROVIDERS, type EndedProvider } from "./ended_providers.ts";

/** Where the calls for an entry go. */
export type Upstream =
  /** To a provider of the table. */
  | {
    readonly kind: "known";
    readonly provider: Provider;
    /** As its list has it. */
    readonly id: string;
    /** Where LiteLLM calls it. */
    readonly base: URL;
  }
  | { readonly kind: "ended"; readonly provider: EndedProvider }
  /** To one that only LiteLLM's list of models knows: a name for that list. */
  | { readonly kind: "unknown"; readonly model: string }
  /** To a deployment of the user's own naming: its `base_model`, likewise. */
  | { readonly kind: "deployment"; readonly model: string };

/** What LiteLLM calls a provider, and the model after that. */
interface Named {
  readonly prefix: string;
  readonly id: string;
}

/**
 * Nothing where it is not sure: another server, a wildcard, a preset of the
 * user's at OpenRouter, a deployment whose name is the user's own.
 */
export function upstreamOf(
  { params, model, info }: Omit<UserModel, "path" | "name">,
  bases: ReadonlyMap<string, URL>,
): Upstream | undefined {
  const isElsewhere = ELSEWHERE.some((name) => Boolean(field(params, name)));
  if (isElsewhere || !NAMES_ONE_MODEL.test(model)) return undefined;
  const named = namedIn(model, textField(params, "custom_llm_provider"));
  if (named.prefix.startsWith("azure")) {
    return deploymentAtAzure(named, params, info);
  }
  const base = statedBase(params);
  const ended = ENDED_PROVIDERS.find((one) => isAtEnded(one, named, base));
  if (ended) return { kind: "ended", provider: ended };
  const providers = PROVIDERS.filter((one) => isFor(one, named, base));
  if (providers.length > 0) {
    return providers.map((one) => knownAt(one, named, base, bases))
      .find((known) => known !== undefined);
  }
  if (base !== undefined) return undefined;
  const { prefix, id } = named;
  return { kind: "unknown", model: prefix === "" ? id : `${prefix}/${id}` };
}

function knownAt(
  provider: Provider,
  { id }: Named,
  stated: string | undefined,
  bases: ReadonlyMap<string, URL>,
): Upstream | undefined {
  const unstated = isUnstated(provider, stated)
    ? bases.get(provider.id)
    : undefined;
  const base = ownBase(provider, stated) ?? unstated;
  return base && { kind: "known", provider, id: idAt(provider, id), base };
}

/** What sends the calls elsewhere, or nowhere. */
const ELSEWHERE = [
  "litellm_credential_name",
  "use_litellm_proxy",
  "mock_response",
] as const;

/** No wildcard, and no preset, which may name any model. */
const NAMES_ONE_MODEL = /^(?!.*@preset\/)[^*]+$/;

/** Names of LiteLLM's for a provider that has another one in the table. */
const OTHER_PREFIXES: ReadonlyMap<string, string> = new Map([
  ["cohere", "cohere_chat"],
  ["text-completion-openai", "openai"],
]);

/** Bare names of which it is sure whose they are. */
const BARE: readonly (readonly [RegExp, string])[] = [
  [/^(?:ft:)?(?:gpt-|chatgpt-|o\d|dall-e-|tts-|whisper-)/, "openai"],
  [/^claude-/, "anthropic"],
];

function namedIn(model: string, custom: string | undefined): Named {
  const slash = model.indexOf("/");
  const first = slash < 0 ? "" : model.slice(0, slash);
  const inferred = BARE.find(([names]) => names.test(model))?.[1] ?? "";
  const prefix = custom ?? (slash < 0 ? inferred : first);
  const id = first !== "" && first === prefix ? model.slice(slash + 1) : model;
  return { prefix: OTHER_PREFIXES.get(prefix) ?? prefix, id };
}

/** The user names deployments at Azure: only `base_model` says what they are. */
function deploymentAtAzure(
  { prefix }: Named,
  params: JsonObject,
  info: JsonObject,
): Upstream | undefined {
  const model = textField(info, "base_model") ??
    textField(params, "base_model");
  if (model === undefined) return undefined;
  const isFull = model.includes("/");
  return { kind: "deployment", model: isFull ? model : `${prefix}/${model}` };
}

/** To LiteLLM the two are the same. */
function statedBase(params: JsonObject): string | undefined {
  const text = field(params, "api_base") || field(params, "base_url");
  return text ? String(text) : undefined;
}

/**
 * Also where OpenAI's client is pointed at the provider's own address. One that
 * LiteLLM does not know is known by that alone.
 */
function isFor(
  provider: Provider,
  { prefix }: Named,
  base: string | undefined,
): boolean {
  if (provider.kind === "local") return false;
  const isNamed = `${prefix}/` === provider.prefix;
  if (isNamed && !provider.isBaseWritten) return true;
  return (isNamed || prefix === "openai") &&
    ownBase(provider, base) !== undefined;
}

/** The provider's own API where that is stated: its usual base, or a region's. */
function ownBase(
  provider: Provider,
  stated: string | undefined,
): URL | undefined {
  const base = URL.parse(stated ?? "");
  if (!base || !isOwnBase(provider, base)) return undefined;
  const usual = new URL(provider.defaultBase);
  return base.hostname === usual.hostname ? usual : base;
}

/** A variable that LiteLLM looks into by itself says nothing more. */
function isUnstated(
  { baseVariables }: Provider,
  base: string | undefined,
): boolean {
  return base === undefined || baseVariables.includes(variableIn(base) ?? "");
}

function isAtEnded(
  { prefix, hosts }: EndedProvider,
  named: Named,
  base: string | undefined,
): boolean {
  return base === undefined
    ? named.prefix === prefix
    : [prefix, "openai"].includes(named.prefix) &&
      hosts.includes(URL.parse(base)?.hostname ?? "");
}

/**
 * OpenRouter's routing is chosen by an ending that is in no list; every other
 * ending is part of the id. Sources:
 * https://openrouter.ai/docs/features/provider-routing,
 * https://openrouter.ai/docs/features/web-search
 */
function idAt({ id: provider }: Provider, id: string): string {
  const plain = id.replace(/^responses\//, "");
  if (provider === "openrouter") {
    return plain.replace(/(?::(?:nitro|floor|exacto|online))+$/, "");
  }
  const isShort = provider === "fireworks" && !plain.startsWith("accounts/");
  return isShort ? `accounts/fireworks/models/${plain}` : plain;
}
