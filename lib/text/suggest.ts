/**
 * The word that a mistyped one most likely meant.
 *
 * Why not a library: `@std/text` counts a swap of neighbors as two edits and has
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
 * Edits from one word to the other, a swap of neighbors counting as one; or any
 * number above `most`, once it is sure to be more.
 */
export function distance(a: string, b: string, most: number): number {
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

/** Row `i` of the table of Levenshtein, from the row before it. */
export function nextRow(
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
