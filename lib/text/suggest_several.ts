/**
 * The words that may have been meant where there may be several, and the ids
 * closest to a glob that matches nothing: said only once the answers are in.
 *
 * @module
 */

import { distance, nextRow } from "./suggest.ts";

/**
 * At most `count` of the known words, the nearest first: those that may be the
 * word mistyped, then those that hold it or that it holds. One that differs in
 * capitals alone is the only one.
 */
export function nearestFew(
  word: string,
  known: readonly string[],
  count: number,
): string[] {
  const lower = word.toLowerCase();
  const same = known.find((one) => one.toLowerCase() === lower);
  if (same !== undefined) return [same];
  const limit = Math.max(1, Math.floor(word.length / 3));
  const rankOf = (other: string): number => {
    const edits = distance(lower, other, limit);
    if (edits <= limit) return edits;
    return isPartOf(lower, other) || isPartOf(other, lower) ? limit : Infinity;
  };
  return known.map((one) => ({ one, rank: rankOf(one.toLowerCase()) }))
    .filter(({ rank }) => rank <= limit)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, count).map(({ one }) => one);
}

function isPartOf(part: string, text: string): boolean {
  return part.length >= MIN_PART && text.includes(part);
}

/** Shorter words are parts of too many others. */
const MIN_PART = 4;

/**
 * The ids of which a part is near enough to a glob to be what was meant, the
 * nearest first.
 */
export function nearestIds(
  glob: string,
  ids: readonly string[],
  count: number,
): string[] {
  const word = glob.replace(/\[[^\]]*\]|[*?]/g, "").toLowerCase();
  // A part that is close to a few letters is in nearly every id.
  const most = Math.min(Math.floor(word.length / 3), MOST_EDITS);
  return ids.map((id) => ({ id, edits: partDistance(word, id.toLowerCase()) }))
    .filter(({ edits }) => word.length > 3 && edits <= most)
    .sort((a, b) =>
      a.edits - b.edits || a.id.length - b.id.length || (a.id < b.id ? -1 : 1)
    ).slice(0, count).map(({ id }) => id);
}

/** More edits in a long glob make another id. */
const MOST_EDITS = 4;

/** The distance from `word` to the part of `text` that is nearest to it. */
function partDistance(word: string, text: string): number {
  const left = word.slice(0, 64);
  let row = Array.from({ length: text.length + 1 }, () => 0);
  for (let i = 1; i <= left.length; i++) row = nextRow(left, text, i, row);
  return Math.min(...row);
}
