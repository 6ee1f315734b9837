/**
 * Which of several models is the newest: plain ids before Lite ones, those before
 * previews, dated snapshots and variants, and all of them before models without
 * chat completions (`gpt-5-pro`, `gpt-5-codex`); then by the provider's date
 * where every model has one; then by the version numbers in the ids; then `gpt-5`
 * before `gpt-5-mini`, which is an edition of it; then the larger input limit;
 * then the provider's own order. Ids are not semantic versions (`gemini-2.5-pro`,
 * `grok-4-0709`), so a library for those is no help.
 *
 * @module
 */

import type { Model } from "../providers/provider.ts";

/**
 * Ids that are not a family's plain model: previews, snapshots with a date or a
 * running number, faster or reduced editions, models distilled from it by other
 * makers, variants after a colon.
 */
const NOT_PLAIN =
  /preview|beta|[-.]exp|customtools|latest|fast|distill|non-reasoning|:(?!\d+(?:\.\d+)?[bm]$)|-\d{3,}(?:-|$)|-\d{2}-\d{2}/;

/** Google's smallest; its newest may come before that of the others. */
const LITE = /-lite(?:-|$)/;

/** The models, the newest first; those that tie as they are listed. */
export function newestFirst(models: readonly Model[]): Model[] {
  return models.toSorted(newerFirst(models));
}

/** Orders two of the models, the newer one first. */
function newerFirst(
  models: readonly Model[],
): (a: Model, b: Model) => number {
  const areDated = models.every(({ createdAt }) => createdAt !== undefined);
  const ids = new Set(models.map(({ id }) => id));
  return (a, b) =>
    a === b ? 0 : rankOf(a) - rankOf(b) ||
      (areDated ? (b.createdAt ?? 0) - (a.createdAt ?? 0) : 0) ||
      compareVersions(b.id, a.id) ||
      Number(isEdition(a.id, ids)) - Number(isEdition(b.id, ids)) ||
      (b.maxInputTokens ?? 0) - (a.maxInputTokens ?? 0);
}

/** Whether one of the ids goes on in this one. */
function isEdition(id: string, ids: ReadonlySet<string>): boolean {
  for (let at = id.indexOf("-"); at >= 0; at = id.indexOf("-", at + 1)) {
    if (ids.has(id.slice(0, at))) return true;
  }
  return false;
}

function rankOf({ id, variant, mode }: Model): number {
  const isPlain = variant === undefined && !NOT_PLAIN.test(id);
  const rank = isPlain ? Number(LITE.test(id)) : 2;
  return mode === undefined ? rank : rank + 3;
}

/** Number by number: 3.10 is newer than 3.9, and 3.9 newer than 3. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [versionOf(a), versionOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Sizes such as `70b`, `8x7b` and `128k` say nothing about the age. */
function versionOf(id: string): readonly number[] {
  const plain = id.replace(/(?:\d+x)?\d+(?:\.\d+)?[bkm](?![a-z0-9])/gi, "");
  return (plain.match(/\d+/g) ?? []).map(Number);
}
