/**
 * The settings of the providers that are on: what is chosen of their models, how
 * these are named, and where the key and the base are.
 *
 * @module
 */

import type { Provider } from "../providers/provider.ts";
import { DEFAULT_PROVIDERS } from "../providers/default.ts";
import { byTable } from "../providers/table.ts";
import { FIRST_CHOICE, STAND_IN } from "../catalog/first_choice.ts";
import { CLIENT_NAME } from "../providers/claude.ts";
import type { SelectionRules } from "../catalog/select.ts";
import type { ProviderOwn } from "../catalog/own_settings.ts";
import type { ProviderValue } from "./provider_schema.ts";

/** The settings of a provider that is on. */
export interface ProviderSettings {
  /** Of the table, or a local server under the name it has here. */
  readonly provider: Provider;
  readonly rules: SelectionRules;
  readonly nameTemplate: string;
  /** The turn of its Claudes where two providers have the same. */
  readonly claudeOrder?: number;
  /** Whether a list that lost most of its models is accepted. */
  readonly acceptsShrink: boolean;
  /** The variable that `key` names: then the only one for the key. */
  readonly keyVariable?: string | undefined;
  readonly baseUrl?: string | undefined;
  /** What is set on its entries. */
  readonly own?: ProviderOwn | undefined;
  /** Named in `discover.yaml`, so that a missing key is a failure. */
  readonly isExplicit: boolean;
}

/** The settings of a provider that `discover.yaml` does not name. */
export function defaultSettings(provider: Provider): ProviderSettings {
  return { ...settingsOf(provider, {}), isExplicit: false };
}

/** The enabled providers in the table's order: those named, and the default three. */
export function enabledProviders(
  named: readonly ProviderSettings[] = [],
  off: ReadonlySet<string> = new Set(),
): ProviderSettings[] {
  const ids = named.map(({ provider }) => provider.id);
  const others = DEFAULT_PROVIDERS
    .filter(({ id }) => !ids.includes(id) && !off.has(id));
  return [...named, ...others.map(defaultSettings)]
    .toSorted((a, b) => byTable(a.provider, b.provider));
}

/**
 * LiteLLM asks Anthropic first and OpenRouter while that fails, as soon as
 * Anthropic is on: which of them answers a run makes no difference.
 */
export function withClaudeOrder(
  enabled: readonly ProviderSettings[],
): readonly ProviderSettings[] {
  const turns = [FIRST_CHOICE, STAND_IN];
  if (!enabled.some(({ provider: { id } }) => id === FIRST_CHOICE)) {
    return enabled;
  }
  return enabled.map((one) => {
    const at = turns.indexOf(one.provider.id);
    return at < 0 ? one : { ...one, claudeOrder: at + 1 };
  });
}

/** A local server needs a key only where the file names one. */
export function needsKey({ provider, keyVariable }: ProviderSettings): boolean {
  return provider.kind !== "local" || keyVariable !== undefined;
}

/** No two providers have the same. */
const PREFIXED_NAME = "{provider}/{id}";

function usesClientNames({ id, kind }: Provider): boolean {
  return kind === "default" || id === FIRST_CHOICE;
}

/** What `discover.yaml` says of a provider, and the defaults. */
export function settingsOf(
  provider: Provider,
  value: ProviderValue,
): ProviderSettings {
  const { key, name } = value;
  return {
    provider: key === undefined
      ? provider
      : { ...provider, keyVariables: [key] },
    rules: {
      include: [value.include ?? provider.include].flat(),
      exclude: [value.exclude ?? []].flat(),
      variants: [value.variants ?? []].flat(),
      keepRetired: value.retired === "keep",
      limit: value.limit,
      minContextTokens: value.min_context,
      maxPrice: maxPriceOf(value),
      free: value.free,
    },
    nameTemplate: name ??
      (usesClientNames(provider) ? CLIENT_NAME : PREFIXED_NAME),
    acceptsShrink: value.shrink === "accept",
    keyVariable: key,
    baseUrl: value.base_url,
    isExplicit: true,
  };
}

/** A number is the highest price of both. */
function maxPriceOf(
  { max_price: most }: ProviderValue,
): SelectionRules["maxPrice"] {
  if (typeof most !== "number") return most;
  return { input: most, output: most };
}
