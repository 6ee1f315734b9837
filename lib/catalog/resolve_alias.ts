/**
 * What an alias stands for: the newest model of its families, and a dying one
 * only where there is no other.
 *
 * @module
 */

import { isDying } from "../providers/lifecycle.ts";
import type { Model } from "../providers/provider.ts";
import { matches } from "../text/glob.ts";
import type { AliasRule } from "./aliases.ts";
import { newestFirst } from "./newest.ts";
import type { Selection } from "./select.ts";

/** What a provider offers, and what it lists although it has ended. */
export type Listed = Pick<Selection, "models" | "retired">;

/** A model of a provider. */
interface Candidate {
  readonly provider: string;
  readonly model: Model;
}

/** What an alias resolves to. */
export interface Target extends Candidate {
  /** The newest one, where it was left out because of its end. */
  readonly passedOver?: Candidate;
}

/** The target, if there is one, as far as the answers tell. */
export interface Resolution {
  readonly target: Target | undefined;
  /** Whether it is that whatever a provider without an answer offers. */
  readonly isCertain: boolean;
}

/**
 * The newest model of the first family that has one which is not dying; where
 * all are, the one that lasts longest. `offered` has the enabled providers,
 * without a list if one gave no answer: then the families after it do not count.
 */
export function resolveAlias(
  { families }: AliasRule,
  offered: ReadonlyMap<string, Listed | undefined>,
  today: string,
): Resolution {
  const enabled = families.filter(({ provider }) => offered.has(provider));
  const silent = enabled.findIndex(({ provider }) => !offered.get(provider));
  const listed = enabled.slice(0, silent < 0 ? enabled.length : silent)
    .flatMap(({ provider, glob }) => {
      const { models = [], retired = [] } = offered.get(provider) ?? {};
      return newestFirst(
        [...models, ...retired].filter(({ id }) => matches(glob, id)),
      ).map((model) => ({ provider, model }));
    });
  const retired = new Set(
    [...offered.values()].flatMap((one) => one?.retired ?? []),
  );
  const candidates = listed.filter(({ model }) => !retired.has(model));
  const living = candidates.find(({ model }) => !isDying(model, today));
  const found = living ?? lastToEnd(candidates);
  const [newest] = listed;
  const isPassedOver = found && newest && newest.model !== found.model &&
    isDying(newest.model, today);
  return {
    target: isPassedOver ? { ...found, passedOver: newest } : found,
    isCertain: living !== undefined || silent < 0,
  };
}

/** The first of those that end on the latest day. */
function lastToEnd(candidates: readonly Candidate[]): Candidate | undefined {
  const end = ({ model }: Candidate): string => model.endsOn ?? "";
  return candidates.toSorted((a, b) =>
    end(a) < end(b) ? 1 : end(a) > end(b) ? -1 : 0
  )[0];
}
