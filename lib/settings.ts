/**
 * Flags, environment and the files beside the config become `Settings`: what is
 * asked, where, with which key and for how long. Nothing is left undecided.
 *
 * @module
 */

import { type AliasRule, DEFAULT_ALIASES } from "./aliases.ts";
import type { RunFlags } from "./args.ts";
import type { Source } from "./catalog.ts";
import { UsageError } from "./errors.ts";
import type { Ask } from "./fetch_models.ts";
import type { KeyRing } from "./key_ring.ts";
import { nearest } from "./nearest.ts";
import type { Provider } from "./provider.ts";
import { PROVIDERS } from "./providers.ts";
import type { Warning } from "./run_report.ts";

/** A provider that is not asked in this run. */
export interface Silent {
  readonly provider: Provider;
  readonly why: "no-key" | "not-asked";
}

/** Everything that a run needs to know beside the config itself. */
export interface Settings {
  readonly timeoutMs: number;
  readonly sources: readonly Source[];
  readonly asks: readonly Ask[];
  readonly silent: readonly Silent[];
  readonly aliases: readonly AliasRule[];
  readonly claudeCodeNames: boolean;
  readonly warnings: readonly Warning[];
  /** Where keys were looked for, in words. */
  readonly keyPlaces: readonly string[];
}

/** Puts settings together. Throws {@linkcode UsageError}. */
export function resolveSettings(flags: RunFlags, keys: KeyRing): Settings {
  const only = checkedOnly(flags.only);
  const asks: Ask[] = [];
  const silent: Silent[] = [];
  const sources: Source[] = [];
  for (const provider of PROVIDERS) {
    const found = keys.find(provider.keyVariables);
    sources.push(sourceOf(provider, found?.variable));
    if (only.length > 0 && !only.includes(provider.id)) {
      silent.push({ provider, why: "not-asked" });
    } else if (!found) {
      silent.push({ provider, why: "no-key" });
    } else {
      const { include } = provider;
      const base = baseOf(provider, keys);
      asks.push({ provider, base, key: found.value, include });
    }
  }
  return {
    timeoutMs: readTimeout(flags.timeout),
    sources,
    asks,
    silent,
    keyPlaces: keys.places,
    aliases: DEFAULT_ALIASES,
    claudeCodeNames: true,
    warnings: keys.warnings(
      asks.flatMap(({ provider }) => provider.keyVariables),
    ),
  };
}

function sourceOf(provider: Provider, keyVariable?: string): Source {
  return {
    provider,
    rules: {
      include: provider.include,
      exclude: [],
      variants: [],
      keepRetired: false,
    },
    nameTemplate: "{id}",
    ...(keyVariable && { keyVariable }),
  };
}

function checkedOnly(ids: readonly string[]): readonly string[] {
  const known = PROVIDERS.map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const close = nearest(id, known);
    throw new UsageError(
      `provider "${id}": not known`,
      close ? `did you mean ${close}?` : `known are ${known.join(", ")}`,
    );
  }
  return ids;
}

/** The longest deadline that is taken for meant: a minute. */
const MAX_TIMEOUT_MS = 60_000;

function readTimeout(text = "2s"): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text);
  const timeoutMs = Number(found?.[1]) * (found?.[2] === "ms" ? 1 : 1000);
  if (timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS) return timeoutMs;
  throw new UsageError(
    `--timeout "${text}": not a time between 1ms and 60s`,
    "write 2, 2s or 1500ms",
  );
}

const LOOPBACK: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** The base that the variable names, which must not lead a key elsewhere. */
function baseOf(provider: Provider, keys: KeyRing): URL {
  const own = new URL(provider.defaultBase);
  const found = keys.find([provider.baseVariable]);
  if (!found) return own;
  const { variable, from } = found;
  const base = URL.parse(found.value.reveal());
  if (!base || !/^https?:$/.test(base.protocol)) {
    throw new UsageError(
      `${variable} from ${from}: not a URL`,
      `write it as ${provider.defaultBase}`,
    );
  }
  if (base.username || base.password || base.search || base.hash) {
    throw new UsageError(
      `${variable} from ${from}: more than a host and a path`,
      `write it as ${provider.defaultBase}`,
    );
  }
  if (base.origin === own.origin || LOOPBACK.includes(base.hostname)) {
    return base;
  }
  throw new UsageError(
    `${variable} names the host "${base.host}": not one that ${provider.title}'s key may go to`,
    `allowed are ${own.origin} and this machine's loopback; for another host, add it to lib/providers.ts and build again`,
  );
}
