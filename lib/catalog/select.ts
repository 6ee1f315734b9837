/**
 * Which of a provider's chat models go into the config: the filters of the
 * user, or the provider's own defaults.
 *
 * @module
 */

import { matchesAny } from "../text/glob.ts";
import { newestFirst } from "./newest.ts";
import { hasEnded, isDying } from "../providers/lifecycle.ts";
import type { Model } from "../providers/provider.ts";

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
}

/** The models that are wanted, as they are listed, and what was left out. */
export interface Selection {
  readonly models: readonly Model[];
  /** Those that match, but were shut down. */
  readonly retired: readonly Model[];
  /** How many matching variants were not asked for. */
  readonly variants: number;
  /** How many do not pass `include`, `exclude` and `min_context`. */
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
  const plain = matching.filter((model) =>
    model.variant === undefined || rules.variants.includes(model.variant)
  );
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
  const id = model.id.replace(/^~/, "");
  return matchesAny(rules.include, id) && !matchesAny(rules.exclude, id) &&
    (model.maxInputTokens ?? Infinity) >= (rules.minContextTokens ?? 0);
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
