/**
 * Where LiteLLM calls a provider if no entry says otherwise, and the providers
 * that it would call at its own address, since it follows a variable that is
 * meant for a client.
 *
 * @module
 */

import type { ProxyLoop } from "../catalog/proxy_loop.ts";
import { PROVIDERS } from "../providers/table.ts";
import { apiBaseOf, placeOf, type SettingsContext } from "./base_url.ts";
import type { ProviderSettings } from "./provider_settings.ts";
import { ownKeysOf } from "./provider_key.ts";

/**
 * The hosted providers of the table for which that is so, whether they are on or
 * not: LiteLLM follows the first of their variables that is set. For those that
 * are on, `key:` may name one more variable for a key.
 */
export function findProxyLoops(
  enabled: readonly ProviderSettings[],
  context: SettingsContext,
): ProxyLoop[] {
  return PROVIDERS.flatMap((provider) => {
    const place = placeOf({ provider }, context);
    const [first] = place.passedOver;
    if (!first) return [];
    const base = place.kind === "usable"
      ? place.base
      : new URL(provider.defaultBase);
    const named = enabled.find((one) => one.provider.id === provider.id);
    const keyVariables = provider.keyVariables.concat(named?.keyVariable ?? []);
    return [{
      provider,
      source: first.source,
      variables: place.passedOver.flatMap(({ variable }) => variable ?? []),
      apiBase: apiBaseOf(provider, base),
      ownKeys: ownKeysOf(keyVariables, context),
      unsureKeys: keyVariables.filter((name) => context.keys.isSetByCode(name)),
    }];
  });
}

/**
 * The bases at which LiteLLM calls the hosted providers of the table, by their
 * ids, whether they are on or not. Without those that a variable leads elsewhere.
 */
export function litellmBases(
  context: SettingsContext,
): ReadonlyMap<string, URL> {
  const hosted = PROVIDERS.filter(({ kind }) => kind !== "local");
  return new Map(hosted.flatMap((provider) => {
    const place = placeOf({ provider }, context);
    const isKnown = place.kind === "usable" && place.passedOver.length === 0;
    return isKnown ? [[provider.id, place.base]] : [];
  }));
}
