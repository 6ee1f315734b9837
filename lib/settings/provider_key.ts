/**
 * Which key a provider is asked with. A key of this proxy is never sent to
 * another host, whichever variable holds it.
 *
 * @module
 */

import type { Found, KeyRing } from "../keys/key_ring.ts";
import type { Provider } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import { isItsKey, type ThisProxy } from "./this_proxy.ts";
import type { ProviderSettings } from "./provider_settings.ts";

/** A provider's key, or why there is none. */
export type ProviderKey =
  | { readonly kind: "usable"; readonly found: Found }
  /** It is this proxy's own. */
  | { readonly kind: "own"; readonly found: Found }
  /** LiteLLM has it only after it has looked for what our entries name. */
  | { readonly kind: "late"; readonly found: Found }
  /** There is none, but a token of the kind that clients send. */
  | { readonly kind: "token"; readonly found: Found }
  | { readonly kind: "none" };

interface KeyContext {
  readonly keys: KeyRing;
  readonly proxy: ThisProxy;
}

/** Looks through the provider's variables, in LiteLLM's order. */
export function keyOf(
  { provider, keyVariable }: Pick<ProviderSettings, "provider" | "keyVariable">,
  { keys, proxy }: KeyContext,
): ProviderKey {
  // Another proxy of the same owner may well have the same key.
  const mayBeOwn = provider.kind === "local" && keyVariable !== undefined;
  const all = firstOfEach(provider.keyVariables, keys);
  const others = all.filter(({ value }) => mayBeOwn || !isItsKey(proxy, value));
  const usable = others.find((found) => !isLate(found, provider));
  if (usable) return { kind: "usable", found: usable };
  const [late] = others;
  if (late) return { kind: "late", found: late };
  const [own] = all;
  if (own) return { kind: "own", found: own };
  const [token] = firstOfEach(provider.tokenVariables ?? [], keys);
  return token ? { kind: "token", found: token } : { kind: "none" };
}

/**
 * Where the variable that an entry names has no value yet, LiteLLM takes the
 * provider's own variables at the call, when those of the config are set
 * (`tests/litellm/stated_keys.ts`). A variable of any other name is lost, and so
 * is one of a provider that LiteLLM does not know.
 */
function isLate({ variable, isStated }: Found, { prefix }: Provider): boolean {
  return isStated === true &&
    !PROVIDERS.some((one) =>
      one.prefix === prefix && !one.isBaseWritten &&
      one.keyVariables.includes(variable)
    );
}

/** Those of the variables that hold a key of this proxy. */
export function ownKeysOf(
  variables: readonly string[],
  { keys, proxy }: KeyContext,
): string[] {
  return firstOfEach(variables, keys)
    .flatMap(({ variable, value }) => isItsKey(proxy, value) ? [variable] : []);
}

/** What LiteLLM will find in each of the variables. */
function firstOfEach(variables: readonly string[], keys: KeyRing): Found[] {
  return variables.flatMap((variable) => keys.find([variable]) ?? []);
}
