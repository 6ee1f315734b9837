/**
 * Which entries are a Claude at one of its hosts: not every model with "claude"
 * in its name is one.
 *
 * @module
 */

import { type JsonObject, textField } from "../text/fields.ts";

/**
 * The hosts, by LiteLLM's prefix, and how their ids begin. OpenRouter is left
 * out: a fallback there would be the same provider.
 */
const CLAUDE_AT: ReadonlyMap<string, RegExp> = new Map([
  ["anthropic", /^claude-/],
  ["vertex_ai", /^claude-/],
  ["vertex_ai_beta", /^claude-/],
  ["azure_ai", /^claude-/],
  // With the region, as in `us.anthropic.claude-…`.
  ["bedrock", /^(?:[a-z-]+\.)?anthropic\.claude-/],
  ["bedrock_converse", /^(?:[a-z-]+\.)?anthropic\.claude-/],
]);

/** The hosts' own addresses. */
const OWN_BASE =
  /^https:\/\/(?:[\w.-]+\.)?(?:anthropic\.com|azure\.com|googleapis\.com|amazonaws\.com)(?:[:/]|$)/i;

/**
 * Whether `litellm_params` call a Claude at one of its hosts; nobody else's
 * server, whatever it calls its models.
 */
export function isHostedClaude(params: JsonObject): boolean {
  const model = textField(params, "model") ?? "";
  const named = textField(params, "custom_llm_provider");
  const [first = "", ...rest] = model.split("/");
  // LiteLLM knows a Claude without a prefix as Anthropic's.
  const host = named ?? (rest.length > 0 ? first : "anthropic");
  const id = rest.at(-1) ?? first;
  return (CLAUDE_AT.get(host)?.test(id) ?? false) && !isElsewhere(params, host);
}

function isElsewhere(params: JsonObject, host: string): boolean {
  if (textField(params, "litellm_credential_name") !== undefined) return true;
  // Every user of Azure has an address of their own.
  const bases = ["api_base", "base_url"].map((key) => textField(params, key))
    .filter((base) => base !== undefined)
    .filter((base) => host !== "azure_ai" || /^https?:/.test(base));
  return bases.some((base) => !OWN_BASE.test(base));
}
