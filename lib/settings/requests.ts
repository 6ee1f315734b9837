/**
 * How it stands with one provider in a run: it is asked, or refused since its
 * base may not be one, or silent, and what its entries say beside the models.
 *
 * @module
 */

import type { Source } from "../catalog/catalog.ts";
import type { Ask } from "../fetch/fetch.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import type { Failure } from "../fetch/outcome.ts";
import type { Provider } from "../providers/provider.ts";
import type { NameShape } from "../providers/proxy_list.ts";
import type { Warning } from "../report/report.ts";
import { type ThisProxy, UNKNOWN_PROXY } from "./this_proxy.ts";
import { apiBaseOf, type MayReach, type Place, placeOf } from "./base_url.ts";
import { type Candidate, needsKey } from "./enabled.ts";
import type { DiscoverFile } from "./file.ts";
import { keyOf, type ProviderKey } from "./provider_key.ts";

/** A provider that is not asked in this run. */
export interface Silent {
  readonly provider: Provider;
  readonly why: "no-key" | "not-asked";
  readonly key: ProviderKey;
  /** Named in `discover.yaml`, so that a missing key is a failure. */
  readonly isNamed: boolean;
}

/** A provider that counts as failed before it is asked. */
export interface Refused {
  readonly provider: Provider;
  readonly failure: Failure;
}

/** What decides beside keys and wishes. */
export interface Surroundings {
  readonly file?: DiscoverFile | undefined;
  readonly mayReach?: MayReach;
  readonly proxy?: ThisProxy;
  /** What the names of one's own servers look like, all of them. */
  readonly ownNames?: readonly NameShape[];
}

/** How it stands with one provider: it is asked, refused or silent. */
export interface Standing {
  readonly source: Source;
  readonly ask?: Ask;
  readonly refused?: Refused;
  readonly silent?: Silent;
  readonly warning?: Warning;
}

/** A provider that `--only` leaves out. */
export function leftOut(
  candidate: Candidate,
  keys: KeyRing,
  { proxy = UNKNOWN_PROXY }: Surroundings,
): Standing {
  const { provider, isNamed } = candidate;
  const key = keyOf(candidate, keys, proxy);
  const silent = { provider, why: "not-asked", isNamed, key } as const;
  return { source: sourceOf(candidate, key), silent };
}

/** Any other. Throws `SettingsError` for a base of the file that may not be one. */
export function standingOf(
  candidate: Candidate,
  keys: KeyRing,
  options: Surroundings,
): Standing {
  const { file, mayReach = () => false, proxy = UNKNOWN_PROXY } = options;
  const { ownNames = [] } = options;
  const { provider, isNamed } = candidate;
  const key = keyOf(candidate, keys, proxy);
  const source = sourceOf(candidate, key);
  if (key.kind !== "usable" && needsKey(candidate)) {
    return { source, silent: { provider, why: "no-key", isNamed, key } };
  }
  const place = placeOf(candidate, keys, { file, mayReach, proxy });
  return place.kind === "refused"
    ? { source, refused: { provider, failure: place.failure } }
    : {
      source: { ...source, ...toldBase(candidate, place) },
      ask: askFor(source, key, place, ownNames),
      ...ownAddressWarning(provider, place),
    };
}

function askFor(
  { provider }: Source,
  key: ProviderKey,
  { base }: Usable,
  ownNames: readonly NameShape[],
): Ask {
  return {
    provider,
    base,
    include: provider.include,
    ownNames,
    ...(key.kind === "usable" && { key: key.found.value }),
  };
}

/**
 * LiteLLM knows the other providers' bases, and their variables, by itself;
 * but a variable that leads to itself it would follow.
 */
function toldBase(
  { provider, baseUrl }: Candidate,
  { base, passedOver }: Usable,
): Pick<Source, "apiBase"> {
  const isTold = provider.kind === "own" || baseUrl !== undefined ||
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

function sourceOf(candidate: Candidate, key: ProviderKey): Source {
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

function templateOf({ provider, nameTemplate }: Candidate): string {
  return nameTemplate ??
    (provider.kind === "default" ? "{id}" : "{provider}/{id}");
}

/** What the names of one's own servers look like, whatever the model is. */
export function ownNamesOf(candidates: readonly Candidate[]): NameShape[] {
  return candidates.filter(({ provider }) => provider.kind === "own")
    .map((candidate) => {
      const { id } = candidate.provider;
      const template = templateOf(candidate).replaceAll("{provider}", () => id);
      const [before = "", ...after] = template.split("{id}");
      return { before, after: after.join("{id}") };
    });
}
