/**
 * Where lines end in a YAML file: at LF, at CR LF and at a CR alone. The one
 * place that knows, so that no two disagree.
 *
 * @module
 */
import { Byte, isBreak } from "./bytes.ts";

/** A line end in decoded text. */
const LINE_END = /\r\n|\r|\n/;

/** How lines end. */
export type Eol = "\n" | "\r\n" | "\r";

/** The line end of the first line that has an LF; a lone CR if none has one. */
export function firstEol(bytes: Uint8Array): Eol {
  const at = bytes.indexOf(Byte.lf);
  if (at < 0 && bytes.includes(Byte.cr)) return "\r";
  return at > 0 && bytes[at - 1] === Byte.cr ? "\r\n" : "\n";
}

/** How many bytes the line end at `at` has; 0 if there is none. */
export function breakLength(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === Byte.lf) return 1;
  if (byte !== Byte.cr) return 0;
  return bytes[at + 1] === Byte.lf ? 2 : 1;
}

/** Whether a line starts at `at`, or the file ends after a line end there. */
export function isLineStart(bytes: Uint8Array, at: number): boolean {
  return at === 0 || isBreak(bytes[at - 1] ?? 0);
}

/** Where the line of the byte at `at` begins. */
export function lineStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (!isLineStart(bytes, start)) start--;
  return start;
}

/** Start of the line after the one at `from`, or the end of the file. */
export function nextLine(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && !isBreak(bytes[at] ?? 0)) at++;
  return at + breakLength(bytes, at);
}

/** The bytes without their final line end. */
export function withoutBreak(bytes: Uint8Array): Uint8Array {
  const last = bytes.at(-1);
  if (last === undefined || !isBreak(last)) return bytes;
  const isPair = last === Byte.lf && bytes.at(-2) === Byte.cr;
  return bytes.subarray(0, isPair ? -2 : -1);
}

/** 1-based number of the line of the byte at `offset`. */
export function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset; at++) {
    const byte = bytes[at];
    const loneCr = byte === Byte.cr && bytes[at + 1] !== Byte.lf;
    if (byte === Byte.lf || loneCr) line++;
  }
  return line;
}

/** Lines of bytes with their ends; the last one may have none. */
export function byteLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const next = nextLine(bytes, at);
    lines.push(bytes.subarray(at, next));
    at = next;
  }
  return lines;
}

/** Lines of decoded text without their ends; after a final end an empty one. */
export function textLines(text: string): string[] {
  return text.split(LINE_END);
}
