/**
 * What single bytes mean in YAML 1.1. All that decide anything are ASCII.
 *
 * @module
 */

/** The bytes that decide something. */
export const Byte = {
  tab: 0x09,
  lf: 0x0a,
  cr: 0x0d,
  space: 0x20,
  exclamation: 0x21,
  doubleQuote: 0x22,
  hash: 0x23,
  percent: 0x25,
  ampersand: 0x26,
  singleQuote: 0x27,
  asterisk: 0x2a,
  plus: 0x2b,
  comma: 0x2c,
  dash: 0x2d,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  less: 0x3c,
  greater: 0x3e,
  question: 0x3f,
  at: 0x40,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  backtick: 0x60,
  openBrace: 0x7b,
  pipe: 0x7c,
  closeBrace: 0x7d,
  /** In cp1252. */
  noBreakSpace: 0xa0,
} as const;

/** Whether a byte is LF or CR (a lone CR ends a line, too). */
export function isBreak(byte: number): boolean {
  return byte === Byte.lf || byte === Byte.cr;
}

/** Whether a byte is a space, a tab, a line end, or the end of the file. */
export function isBlank(byte: number): boolean {
  return byte <= Byte.space &&
    (byte === Byte.space || byte === Byte.lf || byte === Byte.cr ||
      byte === Byte.tab || byte === 0);
}

/** Whether a byte is one of `,` `[` `]` `{` `}`. */
export function isFlowMark(byte: number): boolean {
  return byte === Byte.comma || byte === Byte.openBracket ||
    byte === Byte.closeBracket || byte === Byte.openBrace ||
    byte === Byte.closeBrace;
}

/** ASCII letters, digits, `-` and `_`. */
export function isNameByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) || byte === Byte.dash || byte === 0x5f;
}

const NEVER_PLAIN: ReadonlySet<number> = new Set([
  Byte.comma,
  Byte.openBracket,
  Byte.closeBracket,
  Byte.openBrace,
  Byte.closeBrace,
  Byte.hash,
  Byte.ampersand,
  Byte.asterisk,
  Byte.exclamation,
  Byte.pipe,
  Byte.greater,
  Byte.singleQuote,
  Byte.doubleQuote,
  Byte.percent,
  Byte.at,
  Byte.backtick,
]);

/** Whether a plain scalar may start with `byte`, followed by `next`. */
export function mayStartPlain(
  byte: number,
  next: number,
  inFlow: boolean,
): boolean {
  if (byte === Byte.dash) return !isBlank(next);
  if (byte === Byte.question || byte === Byte.colon) {
    return !inFlow && !isBlank(next);
  }
  return !isBreak(byte) && !NEVER_PLAIN.has(byte);
}

/** Whether the file starts with the byte order mark of UTF-8. */
export function hasBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** All parts, one behind the other, as one copy. */
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

const LATIN1 = new TextDecoder("latin1");

/** One character for each byte: text to compare, not to write. */
export function sliceText(
  bytes: Uint8Array,
  start: number,
  end: number,
): string {
  return LATIN1.decode(bytes.subarray(start, end));
}

/** Byte offsets of a part that counts as not there. */
export interface Range {
  readonly start: number;
  readonly end: number;
}
