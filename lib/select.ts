/**
 * Which of a provider's chat models go into the config: the filters of the
 * user, or the provider's own defaults.
 *
 * @module
 */

import { matchesAny } from "./glob.ts";
import type { Model } from "./provider.ts";

/** What is wanted of one provider. */
export interface SelectionRules {
  /** Globs on the provider's id; at least one must match. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Variants that are wanted beside plain models: `free`, `latest`, … */
  readonly variants: readonly string[];
  readonly keepRetired: boolean;
  /** At most so many, the newest first. */
  readonly limit?: number;
  /** Smallest input limit in tokens; models without a stated one are kept. */
  readonly minContextTokens?: number;
}

/** The models that are wanted, sorted by id, and what was left out. */
export interface Selection {
  readonly models: readonly Model[];
  /** Ids that match, but were shut down. */
  readonly retired: readonly string[];
  /** How many matching variants nobody asked for. */
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
  if (limit === undefined) return models;
  return models.toSorted((a, b) => compareAge(b, a)).slice(0, limit);
}

function byId(a: Model, b: Model): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * Older before newer: by the provider's date where both have one, else by the
 * version numbers in the ids (`gemini-3.10-flash` is newer than `3.9`).
 */
export function compareAge(a: Model, b: Model): number {
  if (a.createdAt !== undefined && b.createdAt !== undefined) {
    if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt;
  }
  const [left, right] = [versionOf(a.id), versionOf(b.id)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function versionOf(id: string): readonly number[] {
  return (id.match(/\d+/g) ?? []).map(Number);
}
