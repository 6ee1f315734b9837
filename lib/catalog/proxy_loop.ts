/**
 * Entries of an earlier run that LiteLLM would call at its own address, and what
 * keeps them from it.
 *
 * @module
 */

import {
  type Entry,
  keyVariableOf,
  withApiBase,
  withoutApiBase,
} from "../block/format.ts";
import type { PreviousBlock } from "../block/previous.ts";
import type { Provider } from "../providers/provider.ts";

/** A provider whose models LiteLLM would call at its own address. */
export interface ProxyLoop {
  readonly provider: Provider;
  /** The variable that leads there, and where it stands, in words. */
  readonly source: string;
  /** All of its variables that lead there. */
  readonly variables: readonly string[];
  /** What an entry must say to be called at the provider instead. */
  readonly apiBase: string;
  /** Its variables for a key that hold this proxy's own: no key for there. */
  readonly ownKeys: readonly string[];
  /** Those that may hold it, since a file sets them by code. */
  readonly unsureKeys: readonly string[];
}

/** Whether LiteLLM would call itself by an entry of an earlier run. */
export function hasProxyLoop(
  { sections }: PreviousBlock,
  proxyLoops: readonly ProxyLoop[],
): boolean {
  return [...sections.values()].some(({ entries }) =>
    entries.some((entry) => withNeededBase(entry, proxyLoops) !== entry)
  );
}

/**
 * An entry of an earlier run, with a base where it now needs one. With a key
 * that is the proxy's own, the call had better come back than go to the provider; with
 * one that cannot be known it stays as it is.
 */
export function withNeededBase(
  entry: Entry,
  proxyLoops: readonly ProxyLoop[],
): Entry {
  const found = proxyLoops.find(({ provider }) =>
    entry.model.startsWith(provider.prefix)
  );
  if (!found) return entry;
  const { apiBase, ownKeys, unsureKeys } = found;
  if (takesOneOf(ownKeys, entry)) return withoutApiBase(entry, apiBase);
  return takesOneOf(unsureKeys, entry) ? entry : withApiBase(entry, apiBase);
}

/** Where an entry names no key, LiteLLM looks into the same variables. */
function takesOneOf(variables: readonly string[], entry: Entry): boolean {
  const named = keyVariableOf(entry);
  return named === undefined ? variables.length > 0 : variables.includes(named);
}
