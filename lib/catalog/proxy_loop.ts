/**
 * Entries of an earlier run that would make LiteLLM call itself, and how to
 * prevent that.
 *
 * @module
 */

import type { Entry } from "../block/entry.ts";
import {
  keyVariableOf,
  withApiBase,
  withoutApiBase,
} from "../block/entry_lines.ts";
import type { PreviousBlock } from "../block/previous.ts";
import type { Provider } from "../providers/provider.ts";

/** A provider whose models LiteLLM would call at its own address. */
export interface ProxyLoop {
  readonly provider: Provider;
  /** The variable that leads there, and where it is set, in words. */
  readonly source: string;
  /** All of its variables that lead there. */
  readonly variables: readonly string[];
  /** What an entry must say to be called at the provider instead. */
  readonly apiBase: string;
  /** Its key variables that hold this proxy's own key: not to be sent there. */
  readonly ownKeys: readonly string[];
  /** Those that may hold it, since a script computes them. */
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
 * An entry of an earlier run, with a base if it now needs one. If its key is the
 * proxy's own, it gets none: the key must not go to the provider. If its key
 * cannot be known, it stays as it is.
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

/** If an entry names no key, LiteLLM looks into the same variables. */
function takesOneOf(variables: readonly string[], entry: Entry): boolean {
  const named = keyVariableOf(entry);
  return named === undefined ? variables.length > 0 : variables.includes(named);
}
