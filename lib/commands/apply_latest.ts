/**
 * Plans a change and applies it. A config that somebody else changes meanwhile is
 * read again, and the change planned again for what it says now.
 *
 * @module
 */

import { ConfigError } from "../errors.ts";
import type { Snapshot, Store } from "../files/store.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import { type Applied, apply } from "./apply.ts";
import { type ConfigVersion, openVersion } from "./config_version.ts";
import type { RunContext } from "./context.ts";
import type { Plan } from "./plan.ts";

/** What a change is planned from. */
interface Basis {
  readonly version: ConfigVersion;
}

/** How a change is planned. */
interface Planning<B extends Basis> {
  /** Nothing where there is nothing to change. */
  readonly plan: (basis: B) => Promise<Plan | undefined>;
  /** The basis for a newer version. */
  readonly renew: (version: ConfigVersion) => B;
}

/** What was applied, if anything, and the basis of that. */
export interface AppliedLatest<B extends Basis> {
  readonly basis: B;
  readonly applied: Applied | undefined;
}

const MAX_ATTEMPTS = 3;

/** Throws `ConfigError` where it cannot be applied, or the file keeps changing. */
export async function applyLatest<B extends Basis>(
  context: RunContext,
  keys: KeyRing,
  first: B,
  { plan: planFor, renew }: Planning<B>,
): Promise<AppliedLatest<B>> {
  const { io: { store }, terminal, destination } = context;
  const target = { store, terminal, destination };
  const { snapshot: begun } = first.version;
  return await untilUnchanged(store, begun, async (snapshot) => {
    const basis = snapshot === begun
      ? first
      : renew(await openVersion(context, snapshot, keys));
    const plan = await planFor(basis);
    if (!plan) return { basis, applied: undefined };
    const applied = await apply(plan, snapshot, target);
    return applied && { basis, applied };
  });
}

/**
 * What `act` makes of a version of the config; where that was changed meanwhile,
 * which is nothing, of the latest one. Throws `ConfigError` where it keeps changing.
 */
export async function untilUnchanged<Result>(
  store: Store,
  first: Snapshot,
  act: (snapshot: Snapshot) => Promise<Result | undefined>,
): Promise<Result> {
  let snapshot = first;
  for (let attempt = 1;; attempt++) {
    const result = await act(snapshot);
    if (result !== undefined) return result;
    if (attempt === MAX_ATTEMPTS) throw neverStill();
    snapshot = await store.read(snapshot.path);
  }
}

function neverStill(): ConfigError {
  return new ConfigError(`the file kept changing (${MAX_ATTEMPTS} attempts)`, {
    hint: "run again when the other program is done with it",
  });
}
