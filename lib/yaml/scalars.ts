/**
 * How far the scalars of a YAML 1.1 file reach: plain, quoted and block ones,
 * by the rules that PyYAML follows. Works on bytes and never decodes them:
 * every character that decides something is ASCII, and indentation is made of
 * spaces only. What a scalar means is no concern of this file.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { Byte, isBlank, isBreak, isFlowMark } from "./bytes.ts";
import { breakLength } from "./lines.ts";

/** A place in the bytes that knows its line and column. */
export class Cursor {
  readonly bytes: Uint8Array;
  at: number;
  /** 1-based. */
  line = 1;
  lineStart: number;

  constructor(bytes: Uint8Array, start: number) {
    this.bytes = bytes;
    this.at = start;
    this.lineStart = start;
  }

  /** 0-based; exact where indentation counts, since only ASCII stands there. */
  get column(): number {
    return this.at - this.lineStart;
  }

  /** A byte from here on; 0 behind the end (NUL bytes are refused before). */
  peek(ahead = 0): number {
    const at = this.at + ahead;
    return at < this.bytes.length ? this.bytes[at] ?? 0 : 0;
  }

  skipSpaces(beforeColumn = Infinity): void {
    const { bytes } = this;
    const last = this.lineStart + beforeColumn;
    let { at } = this;
    while (bytes[at] === Byte.space && at < last) at++;
    this.at = at;
  }

  skipToBreak(): void {
    const { bytes } = this;
    let { at } = this;
    while (at < bytes.length && !isBreak(bytes[at] ?? 0)) at++;
    this.at = at;
  }

  /** Steps over one line end, if there is one here. */
  takeBreak(): boolean {
    const length = breakLength(this.bytes, this.at);
    if (length === 0) return false;
    this.at += length;
    this.line++;
    this.lineStart = this.at;
    return true;
  }

  /** Whether `---` or `...` stands here as a word of its own. */
  atDocumentMark(): boolean {
    const byte = this.peek();
    return (byte === Byte.dash || byte === Byte.dot) && this.column === 0 &&
      this.peek(1) === byte && this.peek(2) === byte && isBlank(this.peek(3));
  }
}

/** Where a plain scalar ended, and whether a new line has begun since. */
export interface PlainEnd {
  readonly end: number;
  readonly onNewLine: boolean;
}

/** Steps over a plain scalar and the blanks behind it. */
export function skipPlain(
  cursor: Cursor,
  minColumn: number,
  inFlow: boolean,
): PlainEnd {
  let end = cursor.at;
  let onNewLine = false;
  while (cursor.peek() !== Byte.hash) {
    const before = cursor.at;
    skipPlainWord(cursor, inFlow);
    if (cursor.at === before) break;
    end = cursor.at;
    const line = cursor.line;
    const goesOn = skipPlainGap(cursor);
    onNewLine = cursor.line > line;
    if (!goesOn || (!inFlow && cursor.column < minColumn)) break;
  }
  return { end, onNewLine };
}

function skipPlainWord(cursor: Cursor, inFlow: boolean): void {
  const { bytes } = cursor;
  let { at } = cursor;
  for (;; at++) {
    const byte = bytes[at] ?? 0;
    if (byte <= Byte.space && isBlank(byte)) break;
    if (byte === Byte.colon) {
      const next = bytes[at + 1] ?? 0;
      if (isBlank(next) || (inFlow && isFlowMark(next))) break;
    }
    if (inFlow && (isFlowMark(byte) || byte === Byte.question)) break;
  }
  cursor.at = at;
}

/** Says whether the scalar may go on behind the gap. */
function skipPlainGap(cursor: Cursor): boolean {
  const before = cursor.at;
  cursor.skipSpaces();
  while (cursor.takeBreak()) {
    if (cursor.atDocumentMark()) return false;
    cursor.skipSpaces();
  }
  return cursor.at > before;
}

/** Steps over a quoted scalar, its quotes included. */
export function skipQuoted(cursor: Cursor): void {
  const line = cursor.line;
  const quote = cursor.peek();
  cursor.at++;
  while (cursor.at < cursor.bytes.length) {
    const byte = cursor.peek();
    if (byte === quote) {
      cursor.at++;
      if (quote === Byte.doubleQuote || cursor.peek() !== quote) return;
      cursor.at++;
    } else if (byte === Byte.backslash && quote === Byte.doubleQuote) {
      cursor.at++;
      if (!isBreak(cursor.peek())) cursor.at++;
    } else if (!cursor.takeBreak()) {
      cursor.at++;
    } else if (cursor.atDocumentMark()) {
      break;
    }
  }
  throw new ConfigError("quote that is never closed", { line });
}

/**
 * Steps over a block scalar (`|` or `>`), with the empty lines that belong to
 * it, and returns where it ends: the start of the line behind it.
 */
export function skipBlockScalar(cursor: Cursor, parentIndent: number): number {
  const step = readBlockHeader(cursor);
  const headerEnd = cursor.at;
  const minIndent = Math.max(parentIndent + 1, 1);
  const indent = step === undefined
    ? Math.max(minIndent, skipLeadingLines(cursor))
    : minIndent + step - 1;
  skipEmptyLines(cursor, indent);
  while (cursor.column === indent && cursor.at < cursor.bytes.length) {
    cursor.skipToBreak();
    // The last line has no line end: it is the scalar's up to the last byte.
    if (!cursor.takeBreak()) return cursor.at;
    skipEmptyLines(cursor, indent);
  }
  return Math.max(cursor.lineStart, headerEnd);
}

/** Reads the rest of the header's line; returns the indentation it states. */
function readBlockHeader(cursor: Cursor): number | undefined {
  const line = cursor.line;
  let step: number | undefined;
  for (cursor.at++; !isBlank(cursor.peek()); cursor.at++) {
    const byte = cursor.peek();
    if (byte > Byte.zero && byte <= Byte.nine && step === undefined) {
      step = byte - Byte.zero;
    } else if (byte !== Byte.plus && byte !== Byte.dash) {
      throw new ConfigError("block scalar with an unreadable header", { line });
    }
  }
  cursor.skipSpaces();
  if (cursor.peek() === Byte.hash) cursor.skipToBreak();
  if (!cursor.takeBreak() && cursor.at < cursor.bytes.length) {
    throw new ConfigError("block scalar with text behind its header", { line });
  }
  return step;
}

/** The deepest column among the empty lines and the first line with text. */
function skipLeadingLines(cursor: Cursor): number {
  let deepest = 0;
  do {
    cursor.skipSpaces();
    deepest = Math.max(deepest, cursor.column);
  } while (cursor.takeBreak());
  return deepest;
}

function skipEmptyLines(cursor: Cursor, indent: number): void {
  do cursor.skipSpaces(indent); while (cursor.takeBreak());
}
