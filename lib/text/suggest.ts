/**
 * The word that a mistyped one most likely meant, and the ids closest to a glob
 * that matches nothing.
 *
 * Why not a library: `@std/text` counts a swap of neighbours as two edits and has
 * no distance to a part of a text.
 *
 * @module
 */

/** The nearest of `known`, if it is near enough to be a typing mistake. */
export function nearest(
  word: string,
  known: readonly string[],
): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const lower = word.toLowerCase();
  let best: string | undefined;
  let most = limit;
  for (const candidate of known) {
    const edits = distance(lower, candidate.toLowerCase(), most);
    if (edits > most) continue;
    best = candidate;
    // Of several as near, the first.
    most = edits - 1;
  }
  return best;
}

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
 * Edits from one word to the other, a swap of neighbours counting as one; or any
 * number above `most`, once it is sure to be more.
 */
function distance(a: string, b: string, most: number): number {
  const [left, right] = [a.slice(0, 64), b.slice(0, 64)];
  const longer = Math.abs(left.length - right.length);
  if (longer > most) return longer;
  let above: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i++) {
    const next = nextRow(left, right, i, row);
    for (let j = 2; i > 1 && j <= right.length; j++) {
      const isSwap = left[i - 1] === right[j - 2] &&
        left[i - 2] === right[j - 1];
      const swapped = (above[j - 2] ?? 0) + 1;
      if (isSwap && swapped < (next[j] ?? 0)) next[j] = swapped;
    }
    // A swap builds on the row before the last.
    const least = Math.min(...row, ...next);
    if (least > most) return least;
    [above, row] = [row, next];
  }
  return row[right.length] ?? 0;
}

/** One more row of Levenshtein's table. */
function nextRow(
  left: string,
  right: string,
  i: number,
  row: readonly number[],
): number[] {
  const next = [i];
  for (let j = 1; j <= right.length; j++) {
    const same = left[i - 1] === right[j - 1] ? 0 : 1;
    const above = row[j] ?? 0;
    const before = next[j - 1] ?? 0;
    const diagonal = row[j - 1] ?? 0;
    next.push(Math.min(above + 1, before + 1, diagonal + same));
  }
  return next;
}

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
