/**
 * What happens to each enabled provider in a run: it is asked, rejected because
 * its base URL is not allowed, or skipped. All that a request needs is decided
 * here, so that it can be sent before anything else is known.
 *
 * @module
 */

import type { Source } from "../catalog/offer.ts";
import type { RunFlags } from "../cli/command.ts";
import { UsageError } from "../errors.ts";
import type { ProviderRequest } from "../fetch/fetch.ts";
import type { Failure } from "../fetch/outcome.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import type { Provider } from "../providers/provider.ts";
import type { NameShape } from "../providers/proxy_list.ts";
import { PROVIDERS } from "../providers/table.ts";
import { DEFAULT_TIMEOUT_MS } from "../text/duration.ts";
import { quoted } from "../text/key_look.ts";
import type { Warning } from "../warning.ts";
import {
  apiBaseOf,
  type Place,
  placeOf,
  type SettingsContext,
} from "./base_url.ts";
import { expected } from "./errors.ts";
import type { DiscoverFile } from "./file.ts";
import {
  enabledProviders,
  needsKey,
  type ProviderSettings,
} from "./provider_settings.ts";
import { keyOf, type ProviderKey } from "./provider_key.ts";
import { type ThisProxy, UNKNOWN_PROXY } from "./this_proxy.ts";

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

/** What settings are made of, apart from flags and keys. */
export interface SettingsOptions {
  readonly file?: DiscoverFile | undefined;
  /** Whether the program was built to reach `host:port`; by default nothing. */
  readonly canConnect?: (host: string) => boolean;
  readonly proxy?: ThisProxy;
  /** The day as `YYYY-MM-DD`; without it no model is past its end. */
  readonly today?: string;
}

/** The flags that the settings of a run come from. */
export type SettingsFlags = Pick<
  RunFlags,
  "only" | "timeoutMs" | "acceptShrink"
>;

/** What is asked of whom, and how long that may take. */
export interface Asking {
  readonly requests: readonly ProviderRequest[];
  readonly timeoutMs: number;
}

/** All that is known of a run's providers when the requests are sent. */
export interface Decided extends Asking {
  readonly enabled: readonly ProviderSettings[];
  readonly context: SettingsContext;
  readonly decisions: readonly Decision[];
}

/** Decides about all providers. Throws {@linkcode UsageError}. */
export function decideOnProviders(
  { only, timeoutMs, acceptShrink }: SettingsFlags,
  keys: KeyRing,
  { file, proxy = UNKNOWN_PROXY, canConnect = () => false }: SettingsOptions,
): Decided {
  const context = { keys, file, canConnect, proxy };
  const enabled = file?.enabled ?? enabledProviders();
  assertEnabled(only, enabled);
  const localNames = localNamesOf(enabled);
  const decisions = enabled.map((one) => {
    const isAsked = only.length === 0 || only.includes(one.provider.id);
    return decisionOn(one, context, { localNames, isAsked, acceptShrink });
  });
  return {
    enabled,
    context,
    decisions,
    requests: decisions.flatMap((one) =>
      one.kind === "asked" ? [one.request] : []
    ),
    timeoutMs: timeoutMs ?? file?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  };
}

/** Throws for what `--only` names and is not on. */
function assertEnabled(
  ids: readonly string[],
  enabled: readonly ProviderSettings[],
): void {
  const on = enabled.map(({ provider }) => provider.id);
  const wrong = ids.find((id) => !on.includes(id));
  if (wrong === undefined) return;
  throw PROVIDERS.some(({ id }) => id === wrong)
    ? new UsageError(
      `provider "${wrong}" is not enabled`,
      `set ${wrong}: {} under providers in discover.yaml`,
    )
    : new UsageError(`unknown provider ${quoted(wrong)}`, expected(wrong, on));
}

/** Decides about one provider. */
function decisionOn(
  enabled: ProviderSettings,
  context: SettingsContext,
  { isAsked, localNames, acceptShrink }: {
    /** Not left out by `--only`. */
    readonly isAsked: boolean;
    /** Whether lists that lost most of their models are accepted. */
    readonly acceptShrink: boolean;
    /** What the names of local servers look like, all of them. */
    readonly localNames: readonly NameShape[];
  },
): Decision {
  const { provider, isExplicit } = enabled;
  const key = keyOf(enabled, context);
  const acceptsShrink = acceptShrink || enabled.acceptsShrink;
  const source = { ...sourceOf(enabled, key), acceptsShrink };
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
    source: { ...source, ...statedBase(provider, place) },
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
  provider: Provider,
  { base, isStated }: Usable,
): Pick<Source, "apiBase"> {
  return isStated || provider.isBaseWritten
    ? { apiBase: apiBaseOf(provider, base) }
    : {};
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
  { provider, rules, nameTemplate, claudeOrder, own }: ProviderSettings,
  key: ProviderKey,
): Source {
  return {
    provider,
    rules,
    nameTemplate,
    ...(claudeOrder && { claudeOrder }),
    ...(own && { own }),
    ...(key.kind === "usable" &&
      { keyVariable: key.found.variable, keyFrom: key.found.from }),
  };
}

/** What the names of local servers look like, whatever the model is. */
function localNamesOf(
  enabled: readonly ProviderSettings[],
): NameShape[] {
  return enabled.filter(({ provider }) => provider.kind === "local")
    .map(({ provider: { id }, nameTemplate }) => {
      const [before = "", ...after] = nameTemplate
        .replaceAll("{provider}", () => id).split(/\{id\}|\{name\}/);
      return { before, after: after.join("{id}") };
    });
}
