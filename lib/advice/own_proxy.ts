/**
 * Hand-written parts that make the proxy call itself, or that it does not read
 * though they look as if they kept strangers out.
 *
 * @module
 */

import { quoted } from "../text/key_look.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";
import type { ProxyLoop } from "../catalog/proxy_loop.ts";
import { inferredProviders } from "../config/wildcards.ts";
import type { Finding, StandingInput } from "./input.ts";

/** What there is to say of a proxy that calls itself, and of its key. */
export function ownProxyFindings(
  { config, settings }: Pick<StandingInput, "config" | "settings">,
): Finding[] {
  const whole = config.merged.value;
  return [
    ...settings.proxyLoops.flatMap((proxyLoops) =>
      callsItself(whole, proxyLoops)
    ),
    ...unreadMasterKeys(whole),
  ];
}

/** One finding for a variable: where its first entry stands, and the names. */
function callsItself(config: JsonObject, proxyLoops: ProxyLoop): Finding[] {
  const found = listField(config, "model_list").flatMap((item, at) =>
    isJsonObject(item) &&
      goesBy(objectField(item, "litellm_params"), proxyLoops)
      ? [{ at, name: textField(item, "model_name") ?? "" }]
      : []
  );
  const [first] = found;
  if (!first) return [];
  const names = listed(found.map(({ name }) => name));
  const { source, apiBase, ownKeys, unsureKeys } = proxyLoops;
  return [{
    code: "calls-itself",
    text: `${names} would call this proxy itself: ${source} is its own address`,
    hint: "set the variable only in the client's shell, or write below " +
      `litellm_params: api_base: ${apiBase}` +
      (ownKeys.length + unsureKeys.length > 0 ? OTHER_KEY : ""),
    path: ["model_list", first.at, "litellm_params", "model"],
  }];
}

/** Else LiteLLM would send there what calls this proxy. */
const OTHER_KEY = ", and an api_key that is not this proxy's own";

/** So many entries are named; the first one's line is told. */
const NAMED = 3;

function listed(names: readonly string[]): string {
  const others = names.length - NAMED;
  const named = names.slice(0, NAMED).map((name) => quoted(name)).join(", ");
  return others > 0 ? `${named} and ${others} more` : named;
}

/** Whether LiteLLM takes the provider's variable for this entry's base. */
function goesBy(
  params: JsonObject,
  { provider, variables }: ProxyLoop,
): boolean {
  const hasBase = ["api_base", "base_url", "litellm_credential_name"]
    .map((name) => textField(params, name))
    .some((text) =>
      text !== undefined &&
      !variables.some((variable) => text === `os.environ/${variable}`)
    );
  return !hasBase &&
    providersOf(params).some((one) => `${one}/` === provider.prefix);
}

/** Whose model it is, or may be, for LiteLLM. */
function providersOf(params: JsonObject): readonly string[] {
  const named = textField(params, "custom_llm_provider");
  if (named !== undefined) return [named];
  const model = textField(params, "model") ?? "";
  const [first = "", ...rest] = model.split("/");
  return rest.length > 0 ? [first] : inferredProviders(model);
}

/** Sections in which people write it, and LiteLLM does not look for it. */
const OTHER_SECTIONS = ["litellm_settings", "router_settings"] as const;

function unreadMasterKeys(config: JsonObject): Finding[] {
  const isElsewhere = hasMasterKey(objectField(config, "general_settings"));
  const hint = isElsewhere
    ? "take it out: the one below general_settings: counts"
    : "it belongs below general_settings:, or in LITELLM_MASTER_KEY";
  const sections = OTHER_SECTIONS
    .filter((name) => hasMasterKey(objectField(config, name)));
  return [
    ...hasMasterKey(config) ? [["master_key"]] : [],
    ...sections.map((name) => [name, "master_key"]),
  ].map((path) => ({
    code: "unread-master-key",
    text: "LiteLLM does not read master_key here",
    hint,
    path,
  }));
}

function hasMasterKey(section: JsonObject): boolean {
  const value = field(section, "master_key") ?? "";
  return value !== "";
}
