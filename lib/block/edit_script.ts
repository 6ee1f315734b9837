/**
 * The shortest way from one list of lines to another, after Myers (1986), with
 * a limit: lists that differ in too much are replaced as a whole, so that the
 * cost stays linear.
 *
 * @module
 */

/** One line of the way; both positions are those before the step. */
export interface Edit {
  readonly kind: "same" | "removed" | "added";
  readonly oldAt: number;
  readonly newAt: number;
}

/** So many lines may differ before the rest is replaced as a whole. */
const MAX_DIFFERENCES = 800;

type Kind = Edit["kind"];

/** The steps, in order; of one change the removals come first. */
export function editScript(
  old: readonly string[],
  now: readonly string[],
): Edit[] {
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)
  ) tail++;
  const oldMiddle = old.slice(head, old.length - tail);
  const newMiddle = now.slice(head, now.length - tail);
  const trace = search(oldMiddle, newMiddle);
  return numbered([
    ...times(head, "same"),
    ...(trace ? walkBack(trace, oldMiddle.length, newMiddle.length) : [
      ...times(oldMiddle.length, "removed"),
      ...times(newMiddle.length, "added"),
    ]),
    ...times(tail, "same"),
  ]);
}

function times(count: number, kind: Kind): Kind[] {
  return new Array<Kind>(count).fill(kind);
}

function numbered(kinds: readonly Kind[]): Edit[] {
  const edits: Edit[] = [];
  let [oldAt, newAt, from] = [0, 0, 0];
  while (from < kinds.length) {
    let to = from;
    while (to < kinds.length && kinds[to] !== "same") to++;
    const run = to > from ? kinds.slice(from, to) : ["same"] as const;
    for (const wanted of ["same", "removed", "added"] as const) {
      for (const kind of run) {
        if (kind !== wanted) continue;
        edits.push({ kind, oldAt, newAt });
        if (kind !== "added") oldAt++;
        if (kind !== "removed") newAt++;
      }
    }
    from += run.length;
  }
  return edits;
}

/**
 * For each number of differences, how far in the old list each diagonal gets;
 * nothing when there are too many. Diagonal `k` is at index `k + differences`.
 */
function search(
  old: readonly string[],
  now: readonly string[],
): Int32Array[] | undefined {
  const trace: Int32Array[] = [];
  const most = Math.min(MAX_DIFFERENCES, old.length + now.length);
  for (let differences = 0; differences <= most; differences++) {
    const row = new Int32Array(2 * differences + 1);
    for (let k = -differences; k <= differences; k += 2) {
      let x = firstStep(trace[differences - 1], differences, k);
      while (x < old.length && x - k < now.length && old[x] === now[x - k]) x++;
      row[k + differences] = x;
      if (x >= old.length && x - k >= now.length) return [...trace, row];
    }
    trace.push(row);
  }
  return undefined;
}

/** Where the step onto diagonal `k` leads: down adds a line, right removes one. */
function firstStep(
  before: Int32Array | undefined,
  differences: number,
  k: number,
): number {
  if (!before) return 0;
  return isAddition(before, differences, k)
    ? reach(before, differences - 1, k + 1)
    : reach(before, differences - 1, k - 1) + 1;
}

function isAddition(
  before: Int32Array,
  differences: number,
  k: number,
): boolean {
  if (k === -differences) return true;
  if (k === differences) return false;
  return reach(before, differences - 1, k - 1) <
    reach(before, differences - 1, k + 1);
}

function reach(row: Int32Array, differences: number, k: number): number {
  return row[k + differences] ?? -1;
}

/** Reads the way out of the trace, from its end. */
function walkBack(
  trace: readonly Int32Array[],
  oldLength: number,
  newLength: number,
): Kind[] {
  const kinds: Kind[] = [];
  let [x, y] = [oldLength, newLength];
  for (let differences = trace.length - 1; differences > 0; differences--) {
    const before = trace[differences - 1] ?? new Int32Array();
    const isAdded = isAddition(before, differences, x - y);
    const k = x - y + (isAdded ? 1 : -1);
    const fromX = reach(before, differences - 1, k);
    const matched = x - fromX - (isAdded ? 0 : 1);
    for (let count = 0; count < matched; count++) kinds.push("same");
    kinds.push(isAdded ? "added" : "removed");
    [x, y] = [fromX, fromX - k];
  }
  return [...times(x, "same"), ...kinds.reverse()];
}
