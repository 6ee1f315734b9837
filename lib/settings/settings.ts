/**
 * Flags, environment, `discover.yaml` and the files with keys become
 * `Settings`: what is asked, where, with which key and for how long. Nothing is
 * left undecided.
 *
 * @module
 */

import { type AliasRule, DEFAULT_ALIASES } from "../catalog/aliases.ts";
import type { RunFlags } from "../cli/args.ts";
import type { Source } from "../catalog/catalog.ts";
import { findProxyLoops } from "./proxy_loops.ts";
import type { ProxyLoop } from "../catalog/proxy_loop.ts";
import { UsageError } from "../errors.ts";
import type { ProviderRequest } from "../fetch/fetch.ts";
import { quoted } from "../text/key_look.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import { nearest } from "../text/suggest.ts";
import { PROVIDERS } from "../providers/table.ts";
import type { Warning } from "../warning.ts";
import { type EnabledProvider, enabledProviders } from "./enabled.ts";
import {
  leftOut,
  localNamesOf,
  type RejectedProvider,
  type SettingsContext,
  type SkippedProvider,
  standingOf,
} from "./requests.ts";
import { UNKNOWN_PROXY } from "./this_proxy.ts";
import { DEFAULT_TIMEOUT_MS } from "../text/duration.ts";

/** Everything that a run needs to know beside the config itself. */
export interface Settings {
  readonly timeoutMs: number;
  readonly sources: readonly Source[];
  /** Providers whose sections go. */
  readonly off: ReadonlySet<string>;
  readonly requests: readonly ProviderRequest[];
  /** Providers that are not asked, since their base may not be one. */
  readonly rejected: readonly RejectedProvider[];
  readonly skipped: readonly SkippedProvider[];
  /** Providers for which LiteLLM would call itself where an entry has no base. */
  readonly proxyLoops: readonly ProxyLoop[];
  readonly aliases: readonly AliasRule[];
  readonly claudeCodeNames: boolean;
  /** Whether names are written that hand-written wildcards answer. */
  readonly overWildcards: boolean;
  /** The day as `YYYY-MM-DD`. */
  readonly today: string;
  readonly warnings: readonly Warning[];
  /** Where keys were looked for, in words. */
  readonly keyPlaces: readonly string[];
}

/** What settings are made of beside flags and keys. */
export interface SettingsOptions extends SettingsContext {
  /** The day as `YYYY-MM-DD`; without it no model is past its end. */
  readonly today?: string;
}

/** Puts settings together. Throws {@linkcode UsageError}. */
export function resolveSettings(
  flags: Pick<RunFlags, "only" | "timeoutMs">,
  keys: KeyRing,
  options: SettingsOptions = {},
): Settings {
  const { file, today = "" } = options;
  const candidates = enabledProviders(file);
  const only = checkedOnly(flags.only, candidates);
  const context = { ...options, localNames: localNamesOf(candidates) };
  const standings = candidates.map((candidate) =>
    only.length > 0 && !only.includes(candidate.provider.id)
      ? leftOut(candidate, keys, options)
      : standingOf(candidate, keys, context)
  );
  const requests = standings.flatMap(({ request }) => request ?? []);
  return {
    timeoutMs: flags.timeoutMs ?? file?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    sources: standings.map(({ source }) => source),
    off: file?.off ?? new Set(),
    requests,
    rejected: standings.flatMap(({ rejected }) => rejected ?? []),
    skipped: standings.flatMap(({ skipped }) => skipped ?? []),
    proxyLoops: findProxyLoops(
      keys,
      options.proxy ?? UNKNOWN_PROXY,
      candidates,
    ),
    keyPlaces: keys.places,
    aliases: file?.aliases ?? DEFAULT_ALIASES,
    today,
    claudeCodeNames: file?.claudeCodeNames ?? true,
    overWildcards: file?.overWildcards ?? false,
    warnings: [
      ...keys.warnings(
        requests.flatMap(({ provider }) => provider.keyVariables),
      ),
      ...standings.flatMap(({ warning }) => warning ?? []),
    ],
  };
}

function checkedOnly(
  ids: readonly string[],
  candidates: readonly EnabledProvider[],
): readonly string[] {
  const on = candidates.map(({ provider }) => provider.id);
  for (const id of ids) {
    if (on.includes(id)) continue;
    if (PROVIDERS.some((provider) => provider.id === id)) {
      throw new UsageError(
        `provider "${id}": not on`,
        `add ${id}: {} below providers in discover.yaml`,
      );
    }
    const close = nearest(id, on);
    throw new UsageError(
      `provider ${quoted(id)}: not known`,
      close ? `did you mean ${close}?` : `known are ${on.join(", ")}`,
    );
  }
  return ids;
}
