/**
 * xAI: https://docs.x.ai/developers/rest-api-reference/inference/models
 *
 * @module
 */

import {
  AS_OPENAI,
  type Facts,
  hasValue,
  listIn,
  rowsOf,
  under,
} from "../common.ts";
import { centsPer100Million, priceOf } from "../price.ts";
import type { KeyBar, KeyInfo, Provider } from "../provider.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  textField,
  tokensField,
} from "../../text/fields.ts";

/**
 * The plainer list has all kinds, and rows have prices only since May 2026, so
 * ids must be able to decide alone. `multi-agent` answers no chat completions:
 * https://docs.x.ai/developers/model-capabilities/text/multi-agent
 */
const XAI_NOT_CHAT = /imagine|-image|-video|voice|embed|multi-agent/;

/** xAI. */
export const XAI: Provider = {
  ...AS_OPENAI,
  id: "xai",
  title: "xAI",
  kind: "default",
  defaultBase: "https://api.x.ai/v1",
  // Regions come and go: https://docs.x.ai/developers/regions
  ownHosts: ["*.api.x.ai"],
  baseVariables: ["XAI_API_BASE"],
  keyVariables: ["XAI_API_KEY"],
  prefix: "xai/",
  statesPrices: true,
  include: ["grok-*"],
  modelsUrl: (base) => under(base, "language-models"),
  plainModelsUrl: (base) => under(base, "models"),
  // https://docs.x.ai/developers/rest-api-reference/inference/other
  keyInfo: {
    url: (base) => under(base, "api-key"),
    read: readKeyInfo,
    page: "https://console.x.ai",
  },
  page: (body) => listIn("data")(body) ?? listIn("models")(body),
  read: rowsOf({ isChat: isXaiChat, notChat: XAI_NOT_CHAT, more: xaiFacts }),
  isWrongKey: (status, body) =>
    status === 401 ||
    status === 400 && isJsonObject(body) &&
      (textField(body, "error") ?? "").startsWith("Incorrect API key"),
};

function isXaiChat(row: JsonObject): boolean {
  const isPriced = field(row, "image_price") !== undefined &&
    field(row, "prompt_text_token_price") === undefined;
  const outputs = listField(row, "output_modalities");
  const isText = outputs.length === 0 || outputs.includes("text");
  return !isPriced && isText;
}

function xaiFacts(row: JsonObject): Facts {
  return {
    maxInputTokens: tokensField(row, "max_prompt_length") ??
      tokensField(row, "context_length"),
    supportsVision: hasValue(row, "input_modalities", "image"),
    price: priceOf(
      centsPer100Million(row, "prompt_text_token_price"),
      centsPer100Million(row, "completion_text_token_price"),
    ),
  };
}

/** The answer has ids of people and a part of the key, which are left there. */
function readKeyInfo(body: unknown): KeyInfo | undefined {
  if (!isJsonObject(body)) return undefined;
  const rules = listField(body, "acls").filter((rule) =>
    typeof rule === "string"
  );
  const bar = barIn(body) ?? endpointBar(rules);
  if (bar) return { kind: "barred", bar };
  return limitOf(namesIn(rules, "api-key:model:"));
}

/** `*` or names are documented; of any other pattern nobody knows the meaning. */
function limitOf(allowed: readonly string[]): KeyInfo | undefined {
  const names = new Set(allowed);
  if (names.has("*")) return { kind: "limited", allows: () => true };
  return names.size === 0 || allowed.some((name) => name.includes("*"))
    ? undefined
    : { kind: "limited", allows: (name) => names.has(name) };
}

function barIn(body: JsonObject): KeyBar | undefined {
  const is = (name: string): boolean => field(body, name) === true;
  if (is("api_key_disabled")) return "disabled";
  if (is("api_key_blocked")) return "blocked";
  return is("team_blocked") ? "team blocked" : undefined;
}

/**
 * `api-key:endpoint:chat` is for chat and vision models:
 * https://docs.x.ai/developers/management-api-guide
 */
function endpointBar(rules: readonly string[]): KeyBar | undefined {
  const endpoints = namesIn(rules, "api-key:endpoint:");
  const isChat = endpoints.includes("*") || endpoints.includes("chat");
  return endpoints.length === 0 || isChat ? undefined : "no chat";
}

/** Without any rule of a kind nothing is known of it. */
function namesIn(rules: readonly string[], start: string): string[] {
  return rules.filter((rule) => rule.startsWith(start))
    .map((rule) => rule.slice(start.length));
}
