/**
 * A change to the block as a unified diff that `patch` accepts. The whole
 * change lies in one range of lines, so nothing outside it is compared, or
 * shown: hand-written lines may hold keys.
 *
 * @module
 */

import { type Edit, editScript } from "./edit_script.ts";

/** Bytes before and after, and the one range in which they differ. */
export interface Change {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** Where both ranges begin. */
  readonly start: number;
  readonly endBefore: number;
  readonly endAfter: number;
}

const CONTEXT_LINES = 3;
const LF = 0x0a;

/** The diff as bytes: its lines keep the file's encoding and line ends. */
export function unifiedDiff(change: Change): Uint8Array {
  const { before, after, start, endBefore, endAfter } = change;
  const old = linesOf(before.subarray(start, endBefore));
  // A final newline that the last hand-written line lacked comes with the
  // block; `patch` adds it by itself, and the line need not be shown. (In a
  // CRLF file it adds LF, and a removed block does not take it along: that one
  // line end is the price for not showing a line in which a key may stand.)
  const isInLine = start > 0 && before[start - 1] !== LF;
  const skipped = isInLine ? lineEndLength(after, start) : 0;
  const now = linesOf(after.subarray(start + skipped, endAfter));
  const firstLine = countLines(before, start) + (isInLine ? 1 : 0);
  const edits = editScript(old.map(textOf), now.map(textOf));
  const isAtEnd = endBefore === before.length;
  const hunks = hunksOf(edits, isAtEnd);
  if (hunks.length === 0) return new Uint8Array();
  const name = fileName(change.path);
  const parts: Uint8Array[] = [ascii(`--- ${name}\n+++ ${name}\n`)];
  for (const hunk of hunks) pushHunk(parts, hunk, old, now, firstLine);
  return concat(parts);
}

/** Lines with their ends; the last one may have none. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(LF, at);
    const next = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(at, next));
    at = next;
  }
  return lines;
}

/** `\n` or `\r\n`, as far as it stands there. */
function lineEndLength(bytes: Uint8Array, at: number): number {
  if (bytes[at] === LF) return 1;
  return bytes[at] === 0x0d && bytes[at + 1] === LF ? 2 : 0;
}

function countLines(bytes: Uint8Array, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0 && at < end; count++) {
    at = bytes.indexOf(LF, at + 1);
  }
  return count;
}

/** To compare by; every byte has a character of its own in this encoding. */
const windows1252 = new TextDecoder("windows-1252");

function textOf(line: Uint8Array): string {
  return windows1252.decode(line);
}

interface Hunk {
  readonly edits: Edit[];
}

/** Changes and the unchanged lines around them, as far as they are ours. */
function hunksOf(edits: readonly Edit[], isAtEnd: boolean): Hunk[] {
  const changed = edits.flatMap(({ kind }, at) => kind === "same" ? [] : [at]);
  const ranges: { from: number; to: number }[] = [];
  for (const at of changed) {
    const last = ranges.at(-1);
    if (last && at - last.to <= 2 * CONTEXT_LINES) last.to = at + 1;
    else ranges.push({ from: at, to: at + 1 });
  }
  return ranges.map(({ from, to }) => {
    const below = Math.min(CONTEXT_LINES, edits.length - to);
    // Fewer lines below than above would mean the end of the file to `patch`.
    const most = isAtEnd && to + below === edits.length ? CONTEXT_LINES : below;
    const above = Math.min(most, from);
    return { edits: edits.slice(from - above, to + below) };
  });
}

function pushHunk(
  parts: Uint8Array[],
  { edits }: Hunk,
  old: readonly Uint8Array[],
  now: readonly Uint8Array[],
  firstLine: number,
): void {
  const [first] = edits;
  if (!first) return;
  const removed = edits.filter(({ kind }) => kind !== "added").length;
  const added = edits.filter(({ kind }) => kind !== "removed").length;
  const from = rangeOf(firstLine + first.oldAt, removed);
  const to = rangeOf(firstLine + first.newAt, added);
  parts.push(ascii(`@@ -${from} +${to} @@\n`));
  for (const { kind, oldAt, newAt } of edits) {
    const line = kind === "added" ? now[newAt] : old[oldAt];
    if (!line) continue;
    const mark = kind === "same" ? " " : kind === "added" ? "+" : "-";
    parts.push(ascii(mark), line);
    if (line.at(-1) !== LF) {
      parts.push(ascii("\n\\ No newline at end of file\n"));
    }
  }
}

/** 1-based; an empty range is named after the line before it. */
function rangeOf(zeroBased: number, count: number): string {
  return `${count === 0 ? zeroBased : zeroBased + 1},${count}`;
}

/** The bare name, so that `patch` run in the file's folder finds it. */
function fileName(path: string): string {
  const name = path.replace(/^.*[\\/]/s, "") || path;
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

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
