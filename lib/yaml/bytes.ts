/**
 * Bytes as text to compare, and small helpers for bytes. Everything significant
 * in YAML 1.1 is ASCII.
 *
 * @module
 */

/** The bytes that decide where lines are. */
export const Byte = { lf: 0x0a, cr: 0x0d, space: 0x20 } as const;

/** Whether a byte is LF or CR (a lone CR also ends a line). */
export function isBreak(byte: number | undefined): boolean {
  return byte === Byte.lf || byte === Byte.cr;
}

/** Whether the file starts with the byte order mark of UTF-8. */
export function hasBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** All parts, one after the other, as one copy. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether the bytes are the same. */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length &&
    firstDifference(one, other) === undefined;
}

/** The offset of the first byte that is not the same in both, if any. */
export function firstDifference(
  one: Uint8Array,
  other: Uint8Array,
): number | undefined {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at++) if (one[at] !== other[at]) return at;
  return one.length === other.length ? undefined : shorter;
}

const LATIN1 = new TextDecoder("latin1");

/** One character for each byte: text to compare, not to write. */
export function sliceText(
  bytes: Uint8Array,
  start = 0,
  end = bytes.length,
): string {
  return LATIN1.decode(bytes.subarray(start, end));
}

/** Byte offsets of a part that counts as absent. */
export interface Range {
  readonly start: number;
  readonly end: number;
}
