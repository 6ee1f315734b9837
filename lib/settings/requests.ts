/**
 * What happens to each enabled provider in a run: it is asked, rejected because
 * its base URL is not allowed, or skipped.
 *
 * @module
 */

import type { Source } from "../catalog/catalog.ts";
import type { ProviderRequest } from "../fetch/fetch.ts";
import type { Failure } from "../fetch/outcome.ts";
import type { Provider } from "../providers/provider.ts";
import type { NameShape } from "../providers/proxy_list.ts";
import type { Warning } from "../warning.ts";
import {
  apiBaseOf,
  type Place,
  placeOf,
  type SettingsContext,
} from "./base_url.ts";
import { needsKey, type ProviderSettings } from "./provider_settings.ts";
import { keyOf, type ProviderKey } from "./provider_key.ts";

interface AskedProvider {
  readonly kind: "asked";
  readonly source: Source;
  readonly request: ProviderRequest;
  readonly warnings: readonly Warning[];
}

/** A provider that counts as failed before it is asked. */
export interface RejectedProvider {
  readonly kind: "rejected";
  readonly source: Source;
  readonly provider: Provider;
  readonly failure: Failure;
}

/** A provider that is not asked in this run. */
export interface SkippedProvider {
  readonly kind: "skipped";
  readonly source: Source;
  readonly provider: Provider;
  readonly reason: "no-key" | "not-asked";
  readonly key: ProviderKey;
  /** Named in `discover.yaml`, so that a missing key is a failure. */
  readonly isExplicit: boolean;
}

export type Decision = AskedProvider | RejectedProvider | SkippedProvider;

/** Decides about one provider. Throws `SettingsError` for its `base_url`. */
export function decisionOn(
  enabled: ProviderSettings,
  context: SettingsContext,
  { isAsked, localNames }: {
    /** Not left out by `--only`. */
    readonly isAsked: boolean;
    /** What the names of local servers look like, all of them. */
    readonly localNames: readonly NameShape[];
  },
): Decision {
  const { provider, isExplicit } = enabled;
  const key = keyOf(enabled, context);
  const source = sourceOf(enabled, key);
  const lacksKey = key.kind !== "usable" && needsKey(enabled);
  if (!isAsked || lacksKey) {
    const reason = isAsked ? "no-key" : "not-asked";
    return { kind: "skipped", source, provider, reason, isExplicit, key };
  }
  const place = placeOf(enabled, context);
  if (place.kind === "refused") {
    return { kind: "rejected", source, provider, failure: place.failure };
  }
  return {
    kind: "asked",
    source: { ...source, ...statedBase(enabled, place) },
    request: {
      provider,
      base: place.base,
      include: provider.include,
      localNames,
      ...(key.kind === "usable" && { key: key.found.value }),
    },
    warnings: ownAddressWarnings(provider, place),
  };
}

type Usable = Place & { readonly kind: "usable" };

/**
 * LiteLLM knows the other providers' bases, and their variables, by itself;
 * but a variable that leads to itself it would follow.
 */
function statedBase(
  { provider, baseUrl }: ProviderSettings,
  { base, passedOver }: Usable,
): Pick<Source, "apiBase"> {
  const isStated = provider.kind === "local" || baseUrl !== undefined ||
    passedOver.length > 0;
  return isStated ? { apiBase: apiBaseOf(provider, base) } : {};
}

function ownAddressWarnings(
  { title }: Provider,
  { base, passedOver }: Usable,
): Warning[] {
  if (passedOver.length === 0) return [];
  const what = passedOver.map(({ source }) => source).join(" and ");
  const state = passedOver.length === 1 ? "is" : "are";
  const isVariable = passedOver.some(({ variable }) => variable !== undefined);
  const advice = isVariable
    ? "set it only in the client's shell"
    : "remove it there";
  return [{
    code: "own-address",
    text: `${what} ${state} this proxy's own address: ${title} is asked, ` +
      `and called, at ${base.origin}`,
    hint: `${advice}; if LiteLLM listens on another port, say so: ` +
      "discover -- --port N",
  }];
}

function sourceOf(
  { provider, rules, nameTemplate }: ProviderSettings,
  key: ProviderKey,
): Source {
  return {
    provider,
    rules,
    nameTemplate,
    ...(key.kind === "usable" && { keyVariable: key.found.variable }),
  };
}

/** What the names of local servers look like, whatever the model is. */
export function localNamesOf(
  enabled: readonly ProviderSettings[],
): NameShape[] {
  return enabled.filter(({ provider }) => provider.kind === "local")
    .map(({ provider: { id }, nameTemplate }) => {
      const [before = "", ...after] = nameTemplate
        .replaceAll("{provider}", () => id).split("{id}");
      return { before, after: after.join("{id}") };
    });
}
