/**
 * Hand-written parts that make the proxy call itself, or that it does not read
 * though they look as if they kept strangers out.
 *
 * @module
 */

import { isRow, listField, type Row, rowField, textField } from "../row.ts";
import type { Misled } from "../settings/base_url.ts";
import type { Finding, StandingFacts } from "./facts.ts";

/** What there is to say of a proxy that calls itself, and of its key. */
export function ownProxyFindings(
  { config, settings }: StandingFacts,
): Finding[] {
  const whole = config.merged.value;
  return [
    ...settings.misled.flatMap((misled) => callsItself(whole, misled)),
    ...unreadMasterKeys(whole),
  ];
}

/** One finding for a variable: where its first entry stands, and the names. */
function callsItself(
  config: Row,
  { provider, source, apiBase, isKeyOwn }: Misled,
): Finding[] {
  const items = listField(config, "model_list");
  const found = items.flatMap((item, at) =>
    isRow(item) && goesBy(rowField(item, "litellm_params"), provider.prefix)
      ? [{ at, name: textField(item, "model_name") ?? "" }]
      : []
  );
  const [first] = found;
  if (!first) return [];
  const names = found.slice(0, NAMED).map(({ name }) => `"${name}"`).join(", ");
  const others = found.length - NAMED;
  return [{
    code: "calls-itself",
    text:
      `${names}${others > 0 ? ` and ${others} more` : ""} would call this ` +
      `proxy itself: ${source} is its own address`,
    hint: "set the variable in the client's shell alone, or write below " +
      `litellm_params: api_base: ${apiBase}${isKeyOwn ? OTHER_KEY : ""}`,
    path: ["model_list", first.at, "litellm_params", "model"],
  }];
}

/** Else LiteLLM would send there what calls this proxy. */
const OTHER_KEY = ", and an api_key that is not this proxy's own";

/** So many entries are named; the first one's line is told. */
const NAMED = 3;

/** Whether LiteLLM takes the provider's variable for this entry's base. */
function goesBy(params: Row, prefix: string): boolean {
  const hasBase = ["api_base", "base_url", "litellm_credential_name"]
    .some((name) => textField(params, name) !== undefined);
  const model = textField(params, "model") ?? "";
  const provider = textField(params, "custom_llm_provider");
  return !hasBase &&
    (provider === undefined
      ? model.startsWith(prefix)
      : `${provider}/` === prefix);
}

/** Sections in which people write it, and LiteLLM does not look for it. */
const OTHER_SECTIONS = ["litellm_settings", "router_settings"] as const;

function unreadMasterKeys(config: Row): Finding[] {
  const general = rowField(config, "general_settings");
  if (textField(general, "master_key") !== undefined) return [];
  const paths = [
    ["master_key"],
    ...OTHER_SECTIONS.map((name) => [name, "master_key"]),
  ].filter(([first = "", second]) =>
    textField(second ? rowField(config, first) : config, second ?? first) !==
      undefined
  );
  return paths.map((path) => ({
    code: "unread-master-key",
    text: "LiteLLM does not read master_key here",
    hint: "it belongs below general_settings:, or in LITELLM_MASTER_KEY",
    path,
  }));
}
