/**
 * How it stands with one provider in a run: it is asked, or refused since its
 * base may not be one, or silent, and what its entries say beside the models.
 *
 * @module
 */

import type { Source } from "../catalog/catalog.ts";
import type { ProviderRequest } from "../fetch/fetch.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import type { Failure } from "../fetch/outcome.ts";
import type { Provider } from "../providers/provider.ts";
import type { NameShape } from "../providers/proxy_list.ts";
import type { Warning } from "../warning.ts";
import { type ThisProxy, UNKNOWN_PROXY } from "./this_proxy.ts";
import { apiBaseOf, type CanConnect, type Place, placeOf } from "./base_url.ts";
import { type EnabledProvider, needsKey } from "./enabled.ts";
import type { DiscoverFile } from "./file.ts";
import { keyOf, type ProviderKey } from "./provider_key.ts";

/** A provider that is not asked in this run. */
export interface SkippedProvider {
  readonly provider: Provider;
  readonly reason: "no-key" | "not-asked";
  readonly key: ProviderKey;
  /** Named in `discover.yaml`, so that a missing key is a failure. */
  readonly isExplicit: boolean;
}

/** A provider that counts as failed before it is asked. */
export interface RejectedProvider {
  readonly provider: Provider;
  readonly failure: Failure;
}

/** What decides beside keys and the providers' settings. */
export interface SettingsContext {
  readonly file?: DiscoverFile | undefined;
  readonly canConnect?: CanConnect;
  readonly proxy?: ThisProxy;
  /** What the names of local servers look like, all of them. */
  readonly localNames?: readonly NameShape[];
}

/** How it stands with one provider: it is asked, refused or silent. */
export interface Standing {
  readonly source: Source;
  readonly request?: ProviderRequest;
  readonly rejected?: RejectedProvider;
  readonly skipped?: SkippedProvider;
  readonly warning?: Warning;
}

/** A provider that `--only` leaves out. */
export function leftOut(
  candidate: EnabledProvider,
  keys: KeyRing,
  { proxy = UNKNOWN_PROXY }: SettingsContext,
): Standing {
  const { provider, isExplicit } = candidate;
  const key = keyOf(candidate, keys, proxy);
  const skipped = { provider, reason: "not-asked", isExplicit, key } as const;
  return { source: sourceOf(candidate, key), skipped };
}

/** Any other. Throws `SettingsError` for a base of the file that may not be one. */
export function standingOf(
  candidate: EnabledProvider,
  keys: KeyRing,
  options: SettingsContext,
): Standing {
  const { file, canConnect = () => false, proxy = UNKNOWN_PROXY } = options;
  const { localNames = [] } = options;
  const { provider, isExplicit } = candidate;
  const key = keyOf(candidate, keys, proxy);
  const source = sourceOf(candidate, key);
  if (key.kind !== "usable" && needsKey(candidate)) {
    return { source, skipped: { provider, reason: "no-key", isExplicit, key } };
  }
  const place = placeOf(candidate, keys, { file, canConnect, proxy });
  return place.kind === "refused"
    ? { source, rejected: { provider, failure: place.failure } }
    : {
      source: { ...source, ...toldBase(candidate, place) },
      request: askFor(source, key, place, localNames),
      ...ownAddressWarning(provider, place),
    };
}

function askFor(
  { provider }: Source,
  key: ProviderKey,
  { base }: Usable,
  localNames: readonly NameShape[],
): ProviderRequest {
  return {
    provider,
    base,
    include: provider.include,
    localNames,
    ...(key.kind === "usable" && { key: key.found.value }),
  };
}

/**
 * LiteLLM knows the other providers' bases, and their variables, by itself;
 * but a variable that leads to itself it would follow.
 */
function toldBase(
  { provider, baseUrl }: EnabledProvider,
  { base, passedOver }: Usable,
): Pick<Source, "apiBase"> {
  const isTold = provider.kind === "local" || baseUrl !== undefined ||
    passedOver.length > 0;
  return isTold ? { apiBase: apiBaseOf(provider, base) } : {};
}

type Usable = Place & { readonly kind: "usable" };

function ownAddressWarning(
  { title }: Provider,
  { base, passedOver }: Usable,
): Pick<Standing, "warning"> {
  if (passedOver.length === 0) return {};
  const what = passedOver.map(({ source }) => source).join(" and ");
  const state = passedOver.length === 1 ? "is" : "are";
  const isVariable = passedOver.some(({ variable }) => variable !== undefined);
  const warning: Warning = {
    code: "own-address",
    text: `${what} ${state} this proxy's own address: ${title} is asked, ` +
      `and called, at ${base.origin}`,
    hint: `${
      isVariable ? "set it only in the client's shell" : "take it out there"
    }; if LiteLLM listens on another port, say so: discover -- --port N`,
  };
  return { warning };
}

function sourceOf(candidate: EnabledProvider, key: ProviderKey): Source {
  const { provider, rules } = candidate;
  return {
    provider,
    rules: {
      include: provider.include,
      exclude: [],
      variants: [],
      keepRetired: false,
      ...rules,
    },
    nameTemplate: templateOf(candidate),
    ...(key.kind === "usable" && { keyVariable: key.found.variable }),
  };
}

function templateOf({ provider, nameTemplate }: EnabledProvider): string {
  return nameTemplate ??
    (provider.kind === "default" ? "{id}" : "{provider}/{id}");
}

/** What the names of local servers look like, whatever the model is. */
export function localNamesOf(
  candidates: readonly EnabledProvider[],
): NameShape[] {
  return candidates.filter(({ provider }) => provider.kind === "local")
    .map((candidate) => {
      const { id } = candidate.provider;
      const template = templateOf(candidate).replaceAll("{provider}", () => id);
      const [before = "", ...after] = template.split("{id}");
      return { before, after: after.join("{id}") };
    });
}
