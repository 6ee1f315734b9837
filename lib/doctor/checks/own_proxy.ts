/**
 * Entries that make the proxy call itself, and a `master_key` that LiteLLM does
 * not read although it looks as if it protected the proxy.
 *
 * @module
 */

import { quotedFew } from "../../text/key_look.ts";
import { type JsonObject, textField } from "../../text/fields.ts";
import { variableIn } from "../../litellm/references.ts";
import type { ProxyLoop } from "../../catalog/proxy_loop.ts";
import { inferredProviders } from "../../config/wildcards.ts";
import type { Config } from "../../config/config.ts";
import { userModels } from "../../config/user_models.ts";
import type { DoctorInput, Found } from "../input.ts";
import { unreadKeys } from "../unread_keys.ts";

/** Findings about a proxy that calls itself, and about its key. */
export function ownProxyFindings(
  { config, settings }: Pick<DoctorInput, "config" | "settings">,
): Found[] {
  return [
    ...settings.proxyLoops.flatMap((loop) => callsItself(config, loop)),
    ...unreadMasterKeys({ config }),
  ];
}

/** One finding for each variable: the line of its first entry, and the names. */
function callsItself(config: Config, loop: ProxyLoop): Found[] {
  const found = userModels(config).filter(({ params }) =>
    takesBaseFrom(params, loop)
  );
  const [first] = found;
  if (!first) return [];
  const names = quotedFew(found.map(({ name }) => name));
  const { source, apiBase, ownKeys, unsureKeys } = loop;
  // Otherwise LiteLLM would send this proxy's own key there.
  const keyHint = ownKeys.length + unsureKeys.length > 0
    ? ", and an api_key that is not this proxy's own"
    : "";
  return [{
    code: "calls-itself",
    text: `${names} would call this proxy itself: ${source} is its own address`,
    hint: "set the variable only in the client's shell, or add under " +
      `litellm_params: api_base: ${apiBase}${keyHint}`,
    at: { path: [...first.path, "litellm_params", "model"] },
  }];
}

/** Whether LiteLLM takes the provider's variable for this entry's base. */
function takesBaseFrom(
  params: JsonObject,
  { provider, variables }: ProxyLoop,
): boolean {
  const hasBase = ["api_base", "base_url", "litellm_credential_name"]
    .map((name) => textField(params, name))
    .some((text) =>
      text !== undefined && !variables.includes(variableIn(text) ?? "")
    );
  return !hasBase &&
    providersOf(params).some((one) => `${one}/` === provider.prefix);
}

/** The provider of the model for LiteLLM, or all that it may be. */
function providersOf(params: JsonObject): readonly string[] {
  const named = textField(params, "custom_llm_provider");
  if (named !== undefined) return [named];
  const model = textField(params, "model") ?? "";
  const [first = "", ...rest] = model.split("/");
  return rest.length > 0 ? [first] : inferredProviders(model);
}

/** Sections where users put it, although LiteLLM does not look there. */
const OTHER_SECTIONS = ["litellm_settings", "router_settings"] as const;

function unreadMasterKeys(input: Pick<DoctorInput, "config">): Found[] {
  return unreadKeys(input, "master_key", {
    sections: OTHER_SECTIONS,
    readIn: ["general_settings"],
    code: "unread-master-key",
    hint: ({ other }) =>
      other?.[0] === "general_settings"
        ? "remove it: LiteLLM uses the one under general_settings:"
        : "move it to general_settings:, or set LITELLM_MASTER_KEY",
  });
}
