/**
 * What an alias stands for: the newest model of its families, and a dying one
 * only where there is no other.
 *
 * @module
 */

import { isDying } from "../providers/lifecycle.ts";
import type { Model } from "../providers/provider.ts";
import { matches } from "../text/glob.ts";
import type { AliasRule, Family } from "./aliases.ts";
import { newestFirst } from "./newest.ts";
import type { Selection } from "./select.ts";

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

/** What a provider offers, and what it lists although it has ended. */
type Listed = Pick<Selection, "models" | "retired">;

/**
 * The newest model of the first family that has one which is not dying; where
 * all are, the one that lasts longest. `lists` has the enabled providers,
 * without a list if one gave no answer: then the families after it do not count.
 */
export function resolveAlias(
  { families }: AliasRule,
  lists: ReadonlyMap<string, Listed | undefined>,
  today: string,
): Resolution {
  const enabled = families.filter(({ provider }) => lists.has(provider));
  const silent = enabled.findIndex(({ provider }) => !lists.get(provider));
  const known = enabled.slice(0, silent < 0 ? enabled.length : silent)
    .map((family) => newestIn(family, lists.get(family.provider)));
  const offered = known.flatMap(({ offered }) => offered);
  const [first] = known.flatMap(({ first }) => first ?? []);
  const living = offered.find(({ model }) => !isDying(model, today));
  const found = living ?? lastToEnd(offered);
  const isPassedOver = found && first && first.model !== found.model &&
    isDying(first.model, today);
  return {
    target: isPassedOver ? { ...found, passedOver: first } : found,
    isCertain: living !== undefined || silent < 0,
  };
}

/** What a family has. */
interface Ranked {
  /** The newest first; what was shut down has no say in that. */
  readonly offered: readonly Candidate[];
  /** The newest of all, shut down or not. */
  readonly first: Candidate | undefined;
}

function newestIn(
  { provider, glob }: Family,
  { models, retired }: Listed = { models: [], retired: [] },
): Ranked {
  const newest = (list: readonly Model[]): Candidate[] =>
    newestFirst(list).map((model) => ({ provider, model }));
  const isIn = ({ id }: Model): boolean => matches(glob, id);
  const inFamily = models.filter(isIn);
  const ended = retired.filter(isIn);
  const offered = newest(inFamily);
  const all = ended.length > 0 ? newest([...inFamily, ...ended]) : offered;
  return { offered, first: all[0] };
}

/** The first of those that end on the latest day. */
function lastToEnd(candidates: readonly Candidate[]): Candidate | undefined {
  const end = ({ model }: Candidate): string => model.endsOn ?? "";
  return candidates.toSorted((a, b) =>
    end(a) < end(b) ? 1 : end(a) > end(b) ? -1 : 0
  )[0];
}
