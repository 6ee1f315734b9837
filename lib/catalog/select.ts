/**
 * Which of a provider's chat models go into the config: the filters of the
 * user, or the provider's own defaults.
 *
 * @module
 */

import { matchesAny } from "../text/glob.ts";
import { newestFirst } from "./newest.ts";
import { hasEnded, isDying } from "../providers/lifecycle.ts";
import { type Model, plainId, type Price } from "../providers/provider.ts";

/** In US dollars per million tokens; what has no number may cost anything. */
type MaxPrice = { readonly [Part in keyof Price]?: number | undefined };

/** What is wanted of one provider. */
export interface SelectionRules {
  /** Globs on the provider's id; at least one must match. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Variants that are wanted in addition to plain models: `free`, `latest`, … */
  readonly variants: readonly string[];
  readonly keepRetired: boolean;
  /** At most so many, the newest first. */
  readonly limit?: number | undefined;
  /** Smallest input limit in tokens; models without a stated one are kept. */
  readonly minContextTokens?: number | undefined;
  /** Highest price; models without a stated one are kept. */
  readonly maxPrice?: MaxPrice | undefined;
  /** Whether what costs nothing is all that is wanted, or not wanted. */
  readonly free?: "only" | "never" | undefined;
}

/** The models that are wanted, as they are listed, and what was left out. */
export interface Selection {
  readonly models: readonly Model[];
  /** Those that match, but were shut down. */
  readonly retired: readonly Model[];
  /** How many matching variants were not asked for. */
  readonly variants: number;
  /** How many do not pass the filters, `variants` and `limit` apart. */
  readonly filtered: number;
  /** How many are beyond `limit`. */
  readonly overLimit: number;
}

/** Applies the rules to the chat models of one answer, as of a day. */
export function selectModels(
  models: readonly Model[],
  rules: SelectionRules,
  today: string,
): Selection {
  const matching = models.filter((model) => isWanted(model, rules));
  const plain = matching.filter((model) => isOffered(model, rules));
  const isAlive = (model: Model): boolean =>
    rules.keepRetired || !hasEnded(model, today);
  const alive = plain.filter(isAlive);
  const kept = newest(alive, rules.limit, today);
  return {
    models: kept,
    retired: plain.filter((model) => !isAlive(model)),
    variants: matching.length - plain.length,
    filtered: models.length - matching.length,
    overLimit: alive.length - kept.length,
  };
}

function isWanted(model: Model, rules: SelectionRules): boolean {
  const id = plainId(model.id);
  return matchesAny(rules.include, id) && !matchesAny(rules.exclude, id) &&
    (model.maxInputTokens ?? Infinity) >= (rules.minContextTokens ?? 0) &&
    tooDear(model, rules) === undefined && !isUnwantedPrice(model, rules);
}

/** The part of a price that is above the highest one, if one is. */
export function tooDear(
  { price }: Model,
  { maxPrice }: SelectionRules,
): keyof Price | undefined {
  return (["output", "input"] as const).find((part) =>
    price && price[part] > (maxPrice?.[part] ?? Infinity)
  );
}

/** Whether `free` leaves the model out. A price that is not stated is not 0. */
export function isUnwantedPrice(
  { price }: Model,
  { free }: SelectionRules,
): boolean {
  const isFree = price?.input === 0 && price.output === 0;
  return free === "only" ? !isFree : free === "never" && isFree;
}

/** Whether it is no variant, or one that is asked for, be it by `free: only`. */
export function isOffered(
  { variant }: Model,
  { variants, free }: SelectionRules,
): boolean {
  return variant === undefined || variants.includes(variant) ||
    variant === "free" && free === "only";
}

/**
 * Those that will stay come before those that are dying; of models that tie the
 * same are kept, whatever the order of the list.
 */
function newest(
  models: Model[],
  limit: number | undefined,
  today: string,
): Model[] {
  if (limit === undefined) return models;
  const shortFirst = models.toSorted((a, b) =>
    a.id.length - b.id.length || (a.id < b.id ? -1 : 1)
  );
  const lastingFirst = newestFirst(shortFirst).toSorted((a, b) =>
    Number(isDying(a, today)) - Number(isDying(b, today))
  );
  const kept = new Set(lastingFirst.slice(0, limit));
  return models.filter((model) => kept.has(model));
}
