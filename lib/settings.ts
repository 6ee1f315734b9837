/**
 * Flags, environment, `discover.yaml` and the files with keys become
 * `Settings`: what is asked, where, with which key and for how long. Nothing is
 * left undecided.
 *
 * @module
 */

import { type AliasRule, DEFAULT_ALIASES } from "./aliases.ts";
import type { RunFlags } from "./args.ts";
import { baseOf, type MayReach } from "./settings/base_url.ts";
import type { Source } from "./catalog.ts";
import type { DiscoverFile } from "./settings/discover_file.ts";
import { UsageError } from "./errors.ts";
import type { Ask } from "./fetch_models.ts";
import { quoted } from "./key_look.ts";
import type { KeyRing } from "./key_ring.ts";
import { nearest } from "./nearest.ts";
import type { Provider } from "./provider.ts";
import { PROVIDERS } from "./providers.ts";
import type { Warning } from "./run_report.ts";
import type { Wish } from "./settings/wish.ts";
import { DEFAULT_TIMEOUT_MS } from "./timeout.ts";

/** A provider that is not asked in this run. */
export interface Silent {
  readonly provider: Provider;
  readonly why: "no-key" | "not-asked";
  /** Named in `discover.yaml`, so that a missing key is a failure. */
  readonly isNamed: boolean;
}

/** Everything that a run needs to know beside the config itself. */
export interface Settings {
  readonly timeoutMs: number;
  readonly sources: readonly Source[];
  /** Providers whose sections go. */
  readonly off: ReadonlySet<string>;
  readonly asks: readonly Ask[];
  readonly silent: readonly Silent[];
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
export interface SettingsOptions {
  /** The day as `YYYY-MM-DD`; without it no model is past its end. */
  readonly today?: string;
  readonly file?: DiscoverFile | undefined;
  readonly mayReach?: MayReach;
}

/** Puts settings together. Throws {@linkcode UsageError}. */
export function resolveSettings(
  flags: RunFlags,
  keys: KeyRing,
  { file, mayReach = () => false, today = "" }: SettingsOptions = {},
): Settings {
  const candidates = candidatesOf(file);
  const only = checkedOnly(flags.only, candidates);
  const asks: Ask[] = [];
  const silent: Silent[] = [];
  const sources: Source[] = [];
  for (const candidate of candidates) {
    const { provider, isNamed } = candidate;
    const found = keys.find(provider.keyVariables);
    const source = sourceOf(candidate, found?.variable);
    if (only.length > 0 && !only.includes(provider.id)) {
      sources.push(source);
      silent.push({ provider, why: "not-asked", isNamed });
    } else if (!found && needsKey(candidate)) {
      sources.push(source);
      silent.push({ provider, why: "no-key", isNamed });
    } else {
      const base = baseOf(candidate, keys, { file, mayReach });
      sources.push({ ...source, ...toldBase(candidate, base) });
      const { include } = provider;
      asks.push({
        provider,
        base,
        include,
        ...(found && { key: found.value }),
      });
    }
  }
  return {
    timeoutMs: flags.timeoutMs ?? file?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    sources,
    off: file?.off ?? new Set(),
    asks,
    silent,
    keyPlaces: keys.places,
    aliases: file?.aliases ?? DEFAULT_ALIASES,
    today,
    claudeCodeNames: file?.claudeCodeNames ?? true,
    overWildcards: file?.overWildcards ?? false,
    warnings: keys.warnings(
      asks.flatMap(({ provider }) => provider.keyVariables),
    ),
  };
}

/** A provider that is on. */
export interface Candidate extends Wish {
  readonly isNamed: boolean;
}

/** The providers that are on: the default three, and those that the file names. */
export function candidatesOf(file: DiscoverFile | undefined): Candidate[] {
  const wishes = file?.wishes ?? [];
  const known = PROVIDERS.flatMap((provider): Candidate[] => {
    const wish = wishes.find((one) => one.provider.id === provider.id);
    if (wish) return [{ ...wish, isNamed: true }];
    const isOn = provider.kind === "default" && !file?.off.has(provider.id);
    return isOn ? [{ provider, rules: {}, isNamed: false }] : [];
  });
  const own = wishes.filter(({ provider }) =>
    !PROVIDERS.some(({ id }) => id === provider.id)
  ).map((wish) => ({ ...wish, isNamed: true }));
  return [...known, ...own].map(withKeyVariable);
}

function withKeyVariable(candidate: Candidate): Candidate {
  const { provider, keyVariable } = candidate;
  return keyVariable === undefined ? candidate : {
    ...candidate,
    provider: { ...provider, keyVariables: [keyVariable] },
  };
}

/** A server of the user's own needs a key only where the file names one. */
export function needsKey({ provider, keyVariable }: Candidate): boolean {
  return provider.kind !== "own" || keyVariable !== undefined;
}

/** LiteLLM knows the other providers' bases, and their variables, by itself. */
function toldBase(
  { provider, baseUrl }: Candidate,
  base: URL,
): Pick<Source, "apiBase"> {
  return provider.kind === "own" || baseUrl !== undefined
    ? { apiBase: base.href.replace(/\/+$/, "") }
    : {};
}

function sourceOf(
  { provider, rules, nameTemplate }: Candidate,
  keyVariable?: string,
): Source {
  const isDefault = provider.kind === "default";
  return {
    provider,
    rules: {
      include: provider.include,
      exclude: [],
      variants: [],
      keepRetired: false,
      ...rules,
    },
    nameTemplate: nameTemplate ?? (isDefault ? "{id}" : "{provider}/{id}"),
    ...(keyVariable && { keyVariable }),
  };
}

function checkedOnly(
  ids: readonly string[],
  candidates: readonly Candidate[],
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
