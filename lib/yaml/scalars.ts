/**
 * Where the scalars of a YAML 1.1 file end: plain, quoted and block ones, by the
 * rules that PyYAML follows. The text has one character for each byte (see
 * `sliceText()`): every significant character is ASCII, and indentation is made
 * of spaces only. What a scalar means does not matter here.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";

/** A place in the text that knows its line and column. */
export class Cursor {
  readonly text: string;
  at: number;
  /** 1-based. */
  line = 1;
  lineStart: number;

  constructor(text: string, start: number) {
    this.text = text;
    this.at = start;
    this.lineStart = start;
  }

  /** 0-based; exact where indentation counts, since that is ASCII. */
  get column(): number {
    return this.at - this.lineStart;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** A character from here on; none after the end. */
  peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  skipSpaces(beforeColumn = Infinity): void {
    const last = this.lineStart + beforeColumn;
    while (this.at < last && this.peek() === " ") this.at++;
  }

  /** Goes to the next match of a global pattern of one character. */
  skipTo(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    const isFound = pattern.test(this.text);
    this.at = isFound ? pattern.lastIndex - 1 : this.text.length;
  }

  skipToBreak(): void {
    this.skipTo(BREAK);
  }

  /** Steps over one line end, if there is one here: LF, CR LF or a lone CR. */
  takeBreak(): boolean {
    const char = this.peek();
    if (char !== "\n" && char !== "\r") return false;
    this.at += char === "\r" && this.peek(1) === "\n" ? 2 : 1;
    this.line++;
    this.lineStart = this.at;
    return true;
  }

  /** Whether there is a `---` or `...` here, followed by a blank or nothing. */
  isAtDocumentMark(): boolean {
    const char = this.peek();
    return (char === "-" || char === ".") && this.column === 0 &&
      this.peek(1) === char && this.peek(2) === char && isBlank(this.peek(3));
  }
}

/** Whether it is a space, a tab or a line end, or nothing: the file's end. */
export function isBlank(char: string): boolean {
  return " \n\r\t".includes(char);
}

const BREAK = /[\r\n]/g;
const PLAIN_END = /[ \t\r\n]|:(?=[ \t\r\n]|$)/g;
const PLAIN_END_IN_FLOW = /[ \t\r\n,[\]{}?]|:(?=[ \t\r\n,[\]{}]|$)/g;

/** Where a plain scalar ended, and whether a new line has begun since. */
export interface PlainEnd {
  readonly end: number;
  readonly onNewLine: boolean;
}

/** Steps over a plain scalar and the blanks after it. */
export function skipPlain(
  cursor: Cursor,
  minColumn: number,
  inFlow: boolean,
): PlainEnd {
  let end = cursor.at;
  let onNewLine = false;
  while (cursor.peek() !== "#") {
    const before = cursor.at;
    cursor.skipTo(inFlow ? PLAIN_END_IN_FLOW : PLAIN_END);
    if (cursor.at === before) break;
    end = cursor.at;
    const line = cursor.line;
    const goesOn = skipPlainGap(cursor);
    onNewLine = cursor.line > line;
    if (!goesOn || (!inFlow && cursor.column < minColumn)) break;
  }
  return { end, onNewLine };
}

/** Says whether the scalar may go on after the gap. */
function skipPlainGap(cursor: Cursor): boolean {
  const before = cursor.at;
  cursor.skipSpaces();
  while (cursor.takeBreak()) {
    if (cursor.isAtDocumentMark()) return false;
    cursor.skipSpaces();
  }
  return cursor.at > before;
}

const IN_DOUBLE_QUOTES = /["\\\r\n]/g;
const IN_SINGLE_QUOTES = /['\r\n]/g;

/** Steps over a quoted scalar, its quotes included. */
export function skipQuoted(cursor: Cursor): void {
  const { line } = cursor;
  const quote = cursor.peek();
  for (cursor.at++; !cursor.isAtEnd;) {
    cursor.skipTo(quote === '"' ? IN_DOUBLE_QUOTES : IN_SINGLE_QUOTES);
    if (cursor.takeBreak()) {
      if (cursor.isAtDocumentMark()) break;
    } else if (cursor.peek() === "\\") {
      // An escaped line end still ends the line.
      cursor.at += isBlank(cursor.peek(1)) ? 1 : 2;
    } else if (!cursor.isAtEnd) {
      cursor.at++;
      if (quote === '"' || cursor.peek() !== quote) return;
      cursor.at++;
    }
  }
  throw new ConfigError("unterminated quote", { line });
}

/**
 * Steps over a block scalar (`|` or `>`), with the empty lines that belong to
 * it, and returns where it ends: the start of the line after it.
 */
export function skipBlockScalar(cursor: Cursor, parentIndent: number): number {
  const step = readBlockHeader(cursor);
  const headerEnd = cursor.at;
  const minIndent = Math.max(parentIndent + 1, 1);
  const indent = step === undefined
    ? Math.max(minIndent, skipLeadingLines(cursor))
    : minIndent + step - 1;
  skipEmptyLines(cursor, indent);
  while (cursor.column === indent && !cursor.isAtEnd) {
    cursor.skipToBreak();
    // The last line has no line end: it is the scalar's up to the last byte.
    if (!cursor.takeBreak()) return cursor.at;
    skipEmptyLines(cursor, indent);
  }
  return Math.max(cursor.lineStart, headerEnd);
}

const BLOCK_HEADER = /^[|>][+-]*([1-9]?)[+-]*$/;

/** Reads the rest of the header's line; returns the indentation it states. */
function readBlockHeader(cursor: Cursor): number | undefined {
  const { line, at, text } = cursor;
  while (!isBlank(cursor.peek())) cursor.at++;
  const header = BLOCK_HEADER.exec(text.slice(at, cursor.at));
  if (!header) {
    throw new ConfigError("unexpected text after `|` or `>`", { line });
  }
  cursor.skipSpaces();
  if (cursor.peek() === "#") cursor.skipToBreak();
  if (!cursor.takeBreak() && !cursor.isAtEnd) {
    throw new ConfigError("unexpected text after `|` or `>`", { line });
  }
  return header[1] ? Number(header[1]) : undefined;
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
