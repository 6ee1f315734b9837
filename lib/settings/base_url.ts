/**
 * The base URL of a provider's API: where it is written, which of several
 * counts, and whether the provider may be asked there. The proxy must not ask
 * itself; what else may be wrong is in `base_problem.ts`.
 *
 * @module
 */

import type { Failure } from "../fetch/outcome.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import type { Provider } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import type { Path } from "../yaml/positions.ts";
import { OWN_ADDRESS, type Problem, problemWith } from "./base_problem.ts";
import type { SettingsText } from "./errors.ts";
import type { ProviderSettings } from "./provider_settings.ts";
import { isItsAddress, type ThisProxy } from "./this_proxy.ts";

/** What decides, apart from the settings of the provider itself. */
export interface SettingsContext {
  readonly keys: KeyRing;
  readonly file: SettingsText | undefined;
  /** Whether the program was built with the permission to reach `host:port`. */
  readonly canConnect: (host: string) => boolean;
  readonly proxy: ThisProxy;
}

/** Where a provider is asked, or why it is not, and what was passed over. */
export type Place =
  | {
    readonly kind: "usable";
    readonly base: URL;
    readonly passedOver: readonly WrittenBase[];
    /** LiteLLM would not find it by itself: entries name it. */
    readonly isStated: boolean;
  }
  | {
    readonly kind: "refused";
    readonly failure: Failure;
    /** The bases that are this proxy itself and do not count. */
    readonly passedOver: readonly WrittenBase[];
  };

/** A base as it was written, and where. */
interface WrittenBase {
  readonly text: string;
  /** Where, in words. */
  readonly source: string;
  /** Absent where it is in the settings. */
  readonly variable?: string;
  /** Where in the settings, whose path and line a mistake is told with. */
  readonly path?: Path;
}

type PlacedProvider = Pick<ProviderSettings, "provider" | "baseUrl">;

/** Where the provider is asked, or why not: that is its own failure alone. */
export function placeOf(
  settings: PlacedProvider,
  { keys, file, canConnect, proxy }: SettingsContext,
): Place {
  const { provider } = settings;
  const { passedOver, ...first } = writtenBase(settings, { keys, proxy });
  const written = first.written ?? usualBase(provider);
  const { text, variable } = written;
  const isStated = provider.kind === "local" ||
    settings.baseUrl !== undefined || passedOver.length > 0;
  const undo = variable === undefined ? "remove base_url" : `unset ${variable}`;
  const problem = isItself(written, proxy)
    ? OWN_ADDRESS
    : problemWith(text, { provider, undo, isStated, canConnect });
  return problem
    ? {
      kind: "refused",
      failure: failureOf(problem, written, file),
      passedOver,
    }
    : { kind: "usable", base: new URL(text), passedOver, isStated };
}

/**
 * The base that counts where any is written, and those before it that do not: they
 * lead to this proxy itself. A local server has no other host to go to.
 */
export function writtenBase(
  settings: PlacedProvider,
  { keys, proxy }: Pick<SettingsContext, "keys" | "proxy">,
): {
  readonly written: WrittenBase | undefined;
  readonly passedOver: readonly WrittenBase[];
} {
  const { provider } = settings;
  const all = [...basesInVariables(provider, keys), ...baseInFile(settings)];
  const passedOver = provider.kind === "local"
    ? []
    : leadingToItself(all, proxy);
  return { written: all[passedOver.length], passedOver };
}

function failureOf(
  { state, hint }: Problem,
  { source, path }: WrittenBase,
  file: SettingsText | undefined,
): Failure {
  const told = path && file
    ? file.errorAt(path, state, hint).message
    : `${source}: ${state}`;
  return { reason: "bad-base", state: told, hint };
}

/** The `api_base` with which LiteLLM calls a provider at `base`. */
export function apiBaseOf(provider: Provider, base: URL): string {
  const apiBase = provider.apiBase?.(base) ?? base;
  return apiBase.href.replace(/\/+$/, "");
}

/** LiteLLM reads them, so they win; none is for a server that the user named. */
function basesInVariables(provider: Provider, keys: KeyRing): WrittenBase[] {
  if (!PROVIDERS.some(({ id }) => id === provider.id)) return [];
  return provider.baseVariables.flatMap((name) => keys.findAtCall(name) ?? [])
    .map(({ variable, from, value }) => ({
      text: value.reveal(),
      source: `${variable} from ${from}`,
      variable,
    }));
}

function baseInFile(
  { provider: { id }, baseUrl: text }: PlacedProvider,
): WrittenBase[] {
  if (text === undefined) return [];
  const path = ["providers", id, "base_url"];
  return [{ text, source: `base_url of "${id}"`, path }];
}

function usualBase(
  { id, defaultBase, isPlacedByUser }: Provider,
): WrittenBase {
  return isPlacedByUser
    ? { text: "", source: `provider "${id}"`, path: ["providers", id] }
    : { text: defaultBase, source: "its usual address" };
}

/** Those before the first that is another server; LiteLLM uses the first. */
function leadingToItself(
  all: readonly WrittenBase[],
  proxy: ThisProxy,
): readonly WrittenBase[] {
  const first = all.findIndex((written) => !isItself(written, proxy));
  return first === -1 ? all : all.slice(0, first);
}

function isItself({ text }: WrittenBase, proxy: ThisProxy): boolean {
  const base = URL.parse(text);
  return base !== null && isItsAddress(proxy, base);
}
