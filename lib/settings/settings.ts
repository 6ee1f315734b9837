/**
 * Flags, environment, `discover.yaml` and the files with keys become
 * `Settings`: what is asked, where, with which key and for how long. Nothing is
 * left undecided.
 *
 * @module
 */

import { DEFAULT_ALIASES } from "../catalog/aliases.ts";
import { FIRST_CHOICE } from "../catalog/first_choice.ts";
import type { CatalogSettings } from "../catalog/input.ts";
import type { ProviderRequest } from "../fetch/fetch.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import { PROVIDERS } from "../providers/table.ts";
import { MASTER_KEY } from "../providers/variables.ts";
import { quoted } from "../text/key_look.ts";
import type { Warning } from "../warning.ts";
import type { Advice } from "./advice_settings.ts";
import { findProxyLoops, litellmBases } from "./proxy_loops.ts";
import {
  type Asking,
  type Decided,
  decideOnProviders,
  type RejectedProvider,
  type SettingsFlags,
  type SettingsOptions,
  type SkippedProvider,
} from "./decisions.ts";
import { keyOf } from "./provider_key.ts";
import { type ThisProxy, UNKNOWN_PROXY } from "./this_proxy.ts";

/** Everything a run needs to know apart from the config itself. */
export interface Settings extends CatalogSettings, Asking {
  /** Providers that are not asked because their base URL is not allowed. */
  readonly rejected: readonly RejectedProvider[];
  readonly skipped: readonly SkippedProvider[];
  readonly warnings: readonly Warning[];
  /** The variable with a key of Anthropic's, where nobody said yes or no to it. */
  readonly idleKey: string | undefined;
  /** Findings in the config that are not shown: none at a run, or not these. */
  readonly advice: Advice;
  /** Where LiteLLM calls the providers of the table: {@linkcode litellmBases}. */
  readonly litellmBases: ReadonlyMap<string, URL>;
  /** Where keys were looked for, in words. */
  readonly keyPlaces: readonly string[];
}

/** Puts settings together. Throws `UsageError`. */
export function resolveSettings(
  flags: SettingsFlags,
  keys: KeyRing,
  options: SettingsOptions = {},
): Settings {
  const { file, today = "", proxy = UNKNOWN_PROXY } = options;
  const decided = decideOnProviders(flags, keys, options);
  const { decisions, requests, timeoutMs, enabled, context } = decided;
  const asked = decisions.filter((one) => one.kind === "asked");
  return {
    timeoutMs,
    sources: decisions.map(({ source }) => source),
    off: file?.off ?? new Set(),
    requests,
    rejected: decisions.filter((one) => one.kind === "rejected"),
    skipped: decisions.filter((one) => one.kind === "skipped"),
    proxyLoops: findProxyLoops(enabled, context),
    litellmBases: litellmBases(context),
    idleKey: idleKeyIn(decided, file),
    advice: file?.advice ?? new Set(),
    keyPlaces: keys.places,
    aliases: file?.aliases ?? DEFAULT_ALIASES,
    ownAliases: file?.ownAliases ?? new Set(),
    today,
    claudeCodeNames: file?.claudeCodeNames ?? false,
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

function idleKeyIn(
  { enabled, context }: Decided,
  file: SettingsOptions["file"],
): string | undefined {
  const isDecided = file?.off.has(FIRST_CHOICE) ||
    enabled.some(({ provider: { id } }) => id === FIRST_CHOICE);
  const provider = PROVIDERS.find(({ id }) => id === FIRST_CHOICE);
  if (isDecided || !provider) return undefined;
  const key = keyOf({ provider }, context);
  return key.kind === "usable" ? key.found.variable : undefined;
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
