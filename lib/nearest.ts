/**
 * The known word that a mistyped one most likely meant.
 *
 * @module
 */

/** The nearest of `known`, if it is near enough to be a typing mistake. */
export function nearest(
  word: string,
  known: readonly string[],
): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const [best] = known.map((candidate) => ({
    candidate,
    edits: distance(word.toLowerCase(), candidate.toLowerCase()),
  })).sort((a, b) => a.edits - b.edits);
  return best && best.edits <= limit ? best.candidate : undefined;
}

/** Levenshtein's distance, cut off at 64 characters of each word. */
function distance(a: string, b: string): number {
  const [left, right] = [a.slice(0, 64), b.slice(0, 64)];
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1;
      const above = row[j] ?? 0;
      const before = next[j - 1] ?? 0;
      const diagonal = row[j - 1] ?? 0;
      next.push(Math.min(above + 1, before + 1, diagonal + same));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
