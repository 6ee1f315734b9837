/**
 * A change to the block as a unified diff that `patch` accepts. The change is in
 * few ranges of lines, and nothing outside them is compared or shown: the
 * user's lines may hold keys.
 *
 * The differences are jsdiff's; its patches are not used, since they would show
 * lines outside those ranges and do not treat a lone CR as a line end.
 *
 * @module
 */

import { diffArrays } from "diff";
import type { ChangedRange } from "./splice.ts";
import { Byte, concat, sliceText } from "../yaml/bytes.ts";
import { breakLength, byteLines, isLineStart, lineOf } from "../yaml/lines.ts";
import { fileName } from "../files/paths.ts";

/** Bytes before and after, and the ranges in which they differ. */
export interface Change {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** In their order; they do not touch. */
  readonly ranges: readonly ChangedRange[];
}

const CONTEXT_LINES = 3;
const { lf: LF, cr: CR } = Byte;

/** The diff as bytes: its lines keep the file's encoding and line ends. */
export function unifiedDiff(change: Change): Uint8Array {
  const hunks = change.ranges.flatMap((range) => rangeHunks(change, range));
  if (hunks.length === 0) return new Uint8Array();
  const name = shownName(change.path);
  return concat([ascii(`--- ${name}\n+++ ${name}\n`), ...hunks]);
}

function rangeHunks(
  { before, after }: Change,
  { startBefore, endBefore, startAfter, endAfter }: ChangedRange,
): Uint8Array[] {
  const old = byteLines(before.subarray(startBefore, endBefore));
  // A final newline that the user's last line lacked comes with the block;
  // `patch` adds it by itself, so the line need not be shown. (In a CRLF file
  // it adds LF, and removing the block leaves it: that one line end is the
  // price for not showing a line that may hold a key.)
  const isInLine = !isLineStart(before, startBefore);
  const skipped = isInLine ? breakLength(after, startAfter) : 0;
  const now = byteLines(after.subarray(startAfter + skipped, endAfter));
  const lines = isInLine ? 1 : 0;
  const edits = editScript(old, now, {
    oldAt: countLines(before, startBefore) + lines,
    newAt: countLines(after, startAfter) + lines,
  });
  return hunksOf(edits, endBefore === before.length).flatMap(hunkParts);
}

/** To `patch`, lines end in LF; a CR counts only if there is no LF at all. */
function countLines(bytes: Uint8Array, end: number): number {
  if (!bytes.includes(LF)) return lineOf(bytes, end) - 1;
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0 && at < end; count++) {
    at = bytes.indexOf(LF, at + 1);
  }
  return count;
}

/** How many lines there are before a place in either file. */
interface LineNumbers {
  readonly oldAt: number;
  readonly newAt: number;
}

/** One line of an edit script. */
interface Edit extends LineNumbers {
  readonly kind: "same" | "removed" | "added";
  readonly line: Uint8Array;
}

/** How many lines may differ before the rest is replaced as a whole. */
const MAX_DIFFERENCES = 800;

/** The edits from one list of lines to another; removals come first. */
function editScript(
  old: readonly Uint8Array[],
  now: readonly Uint8Array[],
  { oldAt, newAt }: LineNumbers,
): Edit[] {
  const before = old.map((line) => sliceText(line));
  const after = now.map((line) => sliceText(line));
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  const most = shorter - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const removed = before.slice(head, before.length - tail);
  const added = after.slice(head, after.length - tail);
  // Beyond the limit the cost would grow quadratically.
  const options = { maxEditLength: MAX_DIFFERENCES };
  const middle = diffArrays(removed, added, options) ?? [
    { count: removed.length, removed: true, added: false },
    { count: added.length, removed: false, added: true },
  ];
  const same = { removed: false, added: false };
  const steps = [{ count: head, ...same }, ...middle, { count: tail, ...same }];
  let [from, to] = [0, 0];
  return steps.flatMap(({ count, removed, added }) => {
    const kind = removed ? "removed" : added ? "added" : "same";
    const lines = added
      ? now.slice(to, to + count)
      : old.slice(from, from + count);
    const first = { oldAt: oldAt + from, newAt: newAt + to };
    if (!added) from += count;
    if (!removed) to += count;
    return lines.map((line, at): Edit => ({
      kind,
      line,
      oldAt: first.oldAt + (added ? 0 : at),
      newAt: first.newAt + (removed ? 0 : at),
    }));
  });
}

/** Changes and the unchanged lines around them, as far as they are ours. */
function hunksOf(edits: readonly Edit[], isAtEnd: boolean): Edit[][] {
  const changed = edits.flatMap(({ kind }, at) => kind === "same" ? [] : [at]);
  const ranges: { from: number; to: number }[] = [];
  for (const at of changed) {
    const last = ranges.at(-1);
    if (last && at - last.to <= 2 * CONTEXT_LINES) last.to = at + 1;
    else ranges.push({ from: at, to: at + 1 });
  }
  return ranges.map(({ from, to }) => {
    const below = Math.min(CONTEXT_LINES, edits.length - to);
    // To `patch`, fewer lines below than above would mean the end of the file.
    const most = isAtEnd && to + below === edits.length ? CONTEXT_LINES : below;
    const above = Math.min(most, from);
    return edits.slice(from - above, to + below);
  });
}

const MARKS = { same: " ", removed: "-", added: "+" } as const;

function hunkParts(edits: readonly Edit[]): Uint8Array[] {
  const [{ oldAt, newAt } = { oldAt: 0, newAt: 0 }] = edits;
  const removed = edits.filter(({ kind }) => kind !== "added").length;
  const added = edits.filter(({ kind }) => kind !== "removed").length;
  const ranges = `-${rangeOf(oldAt, removed)} +${rangeOf(newAt, added)}`;
  const lines = edits.flatMap(({ kind, line }) => [
    ascii(MARKS[kind]),
    line,
    ascii(missingEnd(line)),
  ]);
  return [ascii(`@@ ${ranges} @@\n`), ...lines];
}

/** What is missing of the LF that ends every line of a diff. */
function missingEnd(line: Uint8Array): string {
  if (line.at(-1) === LF) return "";
  // Such a diff is only for reading: `patch` does not know lines that end in CR.
  return line.at(-1) === CR ? "\n" : "\n\\ No newline at end of file\n";
}

/** 1-based; an empty range is named after the line before it. */
function rangeOf(zeroBased: number, count: number): string {
  return `${count === 0 ? zeroBased : zeroBased + 1},${count}`;
}

/** The bare name, so that `patch` run in the file's folder finds it. */
function shownName(path: string): string {
  const name = fileName(path) || path;
  if (/^[\x21-\x7e]+$/.test(name) && !/["\\]/.test(name)) return name;
  if (/^[^\p{C}"\\]+$/u.test(name)) return `${name}\t`;
  const bytes = [...new TextEncoder().encode(name)].map((byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
      ? `\\${byte.toString(8).padStart(3, "0")}`
      : String.fromCharCode(byte)
  );
  return `"${bytes.join("")}"`;
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
