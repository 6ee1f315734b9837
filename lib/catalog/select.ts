/**
 * Which of a provider's chat models go into the config: the filters of the
 * user, or the provider's own defaults.
 *
 * @module
 */

import { matchesAny } from "../text/glob.ts";
import { newestFirst } from "./newest.ts";
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

/** The models that are wanted, sorted by id, and what was left out. */
export interface Selection {
  readonly models: readonly Model[];
  /** Ids that match, but were shut down. */
  readonly retired: readonly string[];
  /** How many matching variants were not asked for. */
  readonly variants: number;
}

/** Applies the rules to the chat models of one answer. */
export function selectModels(
  models: readonly Model[],
  rules: SelectionRules,
): Selection {
  const matching = models.filter((model) => isWanted(model, rules));
  const plain = matching.filter((model) =>
    model.variant === undefined || rules.variants.includes(model.variant)
  );
  const isAlive = (model: Model): boolean =>
    rules.keepRetired || !model.retired;
  return {
    models: newest(plain.filter(isAlive), rules.limit).sort(byId),
    retired: plain.filter((model) => !isAlive(model)).map(({ id }) => id)
      .sort(),
    variants: matching.length - plain.length,
  };
}

function isWanted(model: Model, rules: SelectionRules): boolean {
  const id = model.id.replace(/^~/, "");
  return matchesAny(rules.include, id) && !matchesAny(rules.exclude, id) &&
    (model.maxInputTokens ?? Infinity) >= (rules.minContextTokens ?? 0);
}

function newest(models: Model[], limit: number | undefined): Model[] {
  return limit === undefined ? models : newestFirst(models).slice(0, limit);
}

function byId(a: Model, b: Model): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
