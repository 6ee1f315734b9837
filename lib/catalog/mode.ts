/**
 * How LiteLLM calls a model of ours. It keeps the mode `responses` for the
 * upstream model, whoever stated it: every entry that calls that model gets it,
 * and every wildcard that may do so. Measured with LiteLLM 1.108.7.
 *
 * @module
 */

import type { CallTarget } from "../config/call_targets.ts";
import type { UserEntries } from "../config/user_entries.ts";
import type { Model, Provider } from "../providers/provider.ts";
import { matches } from "../text/glob.ts";

/** Which provider has the model, and the base that its entry states. */
interface Place {
  readonly provider: Provider;
  readonly apiBase?: string;
}

/**
 * The mode to write; none where an entry of the user calls that model at another
 * base, which may have nothing but chat completions.
 */
export function modeOf(
  { mode, id }: Model,
  { provider, apiBase }: Place,
  { upstreams }: Pick<UserEntries, "upstreams">,
): Model["mode"] {
  if (mode === undefined) return undefined;
  const bases = [provider.defaultBase, apiBase];
  const isElsewhere = (target: CallTarget): boolean =>
    target.isElsewhere || !bases.includes(target.base?.replace(/\/+$/, ""));
  const isTaken = upstreams.entries().some(([model, targets]) =>
    mayCall(model, provider.prefix, id) && targets.some(isElsewhere)
  );
  return isTaken ? undefined : mode;
}

/** One without a prefix has its provider elsewhere in the entry, or none. */
function mayCall(model: string, prefix: string, id: string): boolean {
  return model === id || model === prefix + id ||
    model.includes("*") && matches(model, prefix + id);
}
