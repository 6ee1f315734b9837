/**
 * Flags, environment, `discover.yaml` and the files with keys become
 * `Settings`: what is asked, where, with which key and for how long. Nothing is
 * left undecided.
 *
 * @module
 */

import { DEFAULT_ALIASES } from "../catalog/aliases.ts";
import type { RunFlags } from "../cli/args.ts";
import type { CatalogSettings } from "../catalog/catalog.ts";
import { findProxyLoops } from "./proxy_loops.ts";
import { UsageError } from "../errors.ts";
import type { ProviderRequest } from "../fetch/fetch.ts";
import { quoted } from "../text/key_look.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import { PROVIDERS } from "../providers/table.ts";
import { MASTER_KEY } from "../providers/variables.ts";
import type { Warning } from "../warning.ts";
import { expected } from "./errors.ts";
import type { DiscoverFile } from "./file.ts";
import {
  enabledProviders,
  type ProviderSettings,
} from "./provider_settings.ts";
import {
  decisionOn,
  localNamesOf,
  type RejectedProvider,
  type SkippedProvider,
} from "./requests.ts";
import { type ThisProxy, UNKNOWN_PROXY } from "./this_proxy.ts";
import { DEFAULT_TIMEOUT_MS } from "../text/duration.ts";

/** Everything a run needs to know apart from the config itself. */
export interface Settings extends CatalogSettings {
  readonly timeoutMs: number;
  readonly requests: readonly ProviderRequest[];
  /** Providers that are not asked because their base URL is not allowed. */
  readonly rejected: readonly RejectedProvider[];
  readonly skipped: readonly SkippedProvider[];
  readonly warnings: readonly Warning[];
  /** Where keys were looked for, in words. */
  readonly keyPlaces: readonly string[];
}

/** What settings are made of, apart from flags and keys. */
export interface SettingsOptions {
  readonly file?: DiscoverFile | undefined;
  /** Whether the program was built to reach `host:port`; by default nothing. */
  readonly canConnect?: (host: string) => boolean;
  readonly proxy?: ThisProxy;
  /** The day as `YYYY-MM-DD`; without it no model is past its end. */
  readonly today?: string;
}

/** Puts settings together. Throws {@linkcode UsageError}. */
export function resolveSettings(
  flags: Pick<RunFlags, "only" | "timeoutMs">,
  keys: KeyRing,
  options: SettingsOptions = {},
): Settings {
  const { file, today = "", proxy = UNKNOWN_PROXY } = options;
  const { canConnect = () => false } = options;
  const context = { keys, file, canConnect, proxy };
  const enabled = file?.enabled ?? enabledProviders();
  assertEnabled(flags.only, enabled);
  const localNames = localNamesOf(enabled);
  const isAsked = (id: string): boolean =>
    flags.only.length === 0 || flags.only.includes(id);
  const decisions = enabled.map((one) =>
    decisionOn(one, context, {
      localNames,
      isAsked: isAsked(one.provider.id),
    })
  );
  const asked = decisions.filter((one) => one.kind === "asked");
  const requests = asked.map(({ request }) => request);
  return {
    timeoutMs: flags.timeoutMs ?? file?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    sources: decisions.map(({ source }) => source),
    off: file?.off ?? new Set(),
    requests,
    rejected: decisions.filter((one) => one.kind === "rejected"),
    skipped: decisions.filter((one) => one.kind === "skipped"),
    proxyLoops: findProxyLoops(enabled, context),
    keyPlaces: keys.places,
    aliases: file?.aliases ?? DEFAULT_ALIASES,
    today,
    claudeCodeNames: file?.claudeCodeNames ?? true,
    overWildcards: file?.overWildcards ?? false,
    warnings: [
      ...keys.warnings(
        requests.flatMap(({ provider }) => provider.keyVariables),
      ),
      ...asked.flatMap(({ warnings }) => warnings),
      ...unreadableMasterKey(proxy, requests),
    ],
  };
}

/** What is sent to a local server is the same owner's. */
function unreadableMasterKey(
  { unreadable }: ThisProxy,
  requests: readonly ProviderRequest[],
): Warning[] {
  const isSent = requests.some(({ provider }) => provider.kind !== "local");
  if (unreadable === undefined || !isSent) return [];
  return [{
    code: "unreadable-master-key",
    text: `master_key is in ${quoted(unreadable)}, which discover may not read`,
    hint: "if a provider's key is the same, it is sent to that provider; " +
      `keep it in ${MASTER_KEY}`,
  }];
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
      `add ${wrong}: {} under providers in discover.yaml`,
    )
    : new UsageError(`unknown provider ${quoted(wrong)}`, expected(wrong, on));
}
