/**
 * Cuts a PowerShell script into tokens, just far enough that the literal
 * assignments in it can be told from everything else. It runs nothing, knows
 * no grammar, and looks at every character a bounded number of times, so that
 * no input makes it slow. Line ends must be LF.
 *
 * @module
 */

import { maxValueLength } from "./assignments.ts";

/** A piece of a script; `line` is where it begins, counted from 1. */
export type Token =
  /** A bare word, a parameter or an operator. */
  | { readonly kind: "word"; readonly text: string; readonly line: number }
  /** A quoted string or here-string; no value if it has to be computed. */
  | {
    readonly kind: "string";
    readonly value: string | undefined;
    readonly line: number;
  }
  /** `$name` or `${name}`, without the dollar sign and the braces. */
  | { readonly kind: "variable"; readonly name: string; readonly line: number }
  /** `=`, `+=` and their like. */
  | { readonly kind: "assign"; readonly text: string; readonly line: number }
  | { readonly kind: "mark"; readonly text: Mark; readonly line: number }
  /** A newline or a semicolon. */
  | { readonly kind: "end"; readonly text: "\n" | ";"; readonly line: number };

/** Brackets and separators; `(` stands for `$(` and `@(` too. */
export type Mark = "(" | ")" | "{" | "}" | "," | "|" | "&";

interface Piece {
  /** Where the piece ends in the text. */
  readonly end: number;
  readonly token?: Plain<Token>;
}

type Plain<T> = T extends Token ? Omit<T, "line"> : never;

interface Quoted {
  readonly end: number;
  readonly value: string | undefined;
}

/** Nesting of `$(...)` in a string beyond which the rest is not read. */
const maxDepth = 1000;

// PowerShell takes typographic quotes, as web pages have them, for plain ones.
const singleQuotes = "'\u2018\u2019\u201a\u201b";
const doubleQuotes = '"\u201c\u201d\u201e';

const blank = /[^\S\n]+/y;
const comment = /[^\n]*/y;
const assignment = /(?:[-+*/%]|\?\?)?=/y;
const variableName = /[\p{L}\p{N}_?:]+|[$^]/uy;
const word = /(?:`[^\n]|[^\s;|&(){},"'\u2018-\u201e$`])+/y;
const hereHeader = /@(["'\u2018-\u201e])[^\S\n]*\n/y;
const afterDollar = /[\p{L}\p{N}_?:{($^]/uy;

/** The tokens of a script, in order. Comments and blanks are left out. */
export function* powerShellTokens(text: string): Generator<Token> {
  let line = 1;
  let position = 0;
  let nextBreak = text.indexOf("\n");
  while (position < text.length) {
    const { end, token } = readPiece(text, position);
    if (token !== undefined) yield { ...token, line };
    position = end;
    while (nextBreak !== -1 && nextBreak < position) {
      line++;
      nextBreak = text.indexOf("\n", nextBreak + 1);
    }
  }
}

function readPiece(text: string, at: number): Piece {
  const char = text.charAt(at);
  if (char === "\n" || char === ";") {
    return { end: at + 1, token: { kind: "end", text: char } };
  }
  const skipped = matchAt(blank, text, at);
  if (skipped !== undefined) return { end: at + skipped.length };
  if (char === "`" && text.charAt(at + 1) === "\n") return { end: at + 2 };
  if (char === "#") {
    return { end: at + (matchAt(comment, text, at)?.length ?? 1) };
  }
  if (text.startsWith("<#", at)) return { end: after(text, "#>", at + 2) };
  return readToken(text, at);
}

function readToken(text: string, at: number): Piece {
  const char = text.charAt(at);
  const quoted = readQuoted(text, at);
  if (quoted !== undefined) {
    return { end: quoted.end, token: { kind: "string", value: quoted.value } };
  }
  if (char === "$") return readVariable(text, at);
  if (char === "@" && text.charAt(at + 1) === "(") return markPiece("(", at, 2);
  if (char === "@" && text.charAt(at + 1) === "{") return markPiece("{", at, 2);
  if (isMark(char)) return markPiece(char, at, 1);
  const operator = matchAt(assignment, text, at);
  if (operator !== undefined) {
    return {
      end: at + operator.length,
      token: { kind: "assign", text: operator },
    };
  }
  const bare = matchAt(word, text, at) ?? char;
  return { end: at + bare.length, token: { kind: "word", text: bare } };
}

function readVariable(text: string, at: number): Piece {
  const next = text.charAt(at + 1);
  if (next === "(") return markPiece("(", at, 2);
  if (next === "{") {
    const end = after(text, "}", at + 2);
    const name = text.slice(at + 2, end - 1);
    return { end, token: { kind: "variable", name } };
  }
  const name = matchAt(variableName, text, at + 1);
  if (name === undefined) {
    return { end: at + 1, token: { kind: "word", text: "$" } };
  }
  return { end: at + 1 + name.length, token: { kind: "variable", name } };
}

function readQuoted(text: string, at: number): Quoted | undefined {
  const char = text.charAt(at);
  if (char === "@") return readHereString(text, at);
  if (char !== "" && singleQuotes.includes(char)) {
    return readSingleQuoted(text, at + 1);
  }
  if (char !== "" && doubleQuotes.includes(char)) {
    return readExpandable(text, at + 1);
  }
  return undefined;
}

function readSingleQuoted(text: string, start: number): Quoted {
  const quote = /['\u2018-\u201b]/g;
  let value = "";
  let from = start;
  for (;;) {
    quote.lastIndex = from;
    const at = quote.exec(text)?.index;
    if (at === undefined) return { end: text.length, value: undefined };
    if (value.length <= maxValueLength) value += text.slice(from, at);
    const next = text.charAt(at + 1);
    if (next === "" || !singleQuotes.includes(next)) {
      return { end: at + 1, value };
    }
    if (value.length <= maxValueLength) value += next;
    from = at + 2;
  }
}

function readExpandable(text: string, start: number): Quoted {
  const special = /["\u201c-\u201e`$]/g;
  let value = "";
  let computed = false;
  let from = start;
  for (;;) {
    special.lastIndex = from;
    const at = special.exec(text)?.index;
    if (at === undefined) return { end: text.length, value: undefined };
    if (value.length > maxValueLength) computed = true;
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    let piece: string | undefined;
    let end = at + 2;
    if (char === "$") {
      end = next === "(" ? skipSubexpression(text, at + 2) : at + 1;
      piece = matchAt(afterDollar, text, at + 1) === undefined ? char : piece;
    } else if (char === "`") piece = unescape(next);
    else if (next !== "" && doubleQuotes.includes(next)) piece = next;
    else {
      value += text.slice(from, at);
      return { end: at + 1, value: computed ? undefined : value };
    }
    if (piece === undefined) computed = true;
    else if (!computed) value += text.slice(from, at) + piece;
    from = end;
  }
}

/** `@"` or `@'`, the rest of the line, and everything up to a closing line. */
function readHereString(text: string, at: number): Quoted | undefined {
  const header = matchAt(hereHeader, text, at);
  if (header === undefined) return undefined;
  const isSingle = singleQuotes.includes(header.charAt(1));
  const closing = isSingle ? /\n['\u2018-\u201b]@/g : /\n["\u201c-\u201e]@/g;
  // The closing line may follow at once: its newline is then the header's.
  const start = at + header.length;
  closing.lastIndex = start - 1;
  const close = closing.exec(text)?.index;
  if (close === undefined) return { end: text.length, value: undefined };
  const body = text.slice(start, Math.max(start, close));
  return { end: close + 3, value: isSingle ? body : expandHere(body) };
}

/** The text of a double-quoted here-string, where quotes are plain text. */
function expandHere(body: string): string | undefined {
  if (body.length > maxValueLength) return undefined;
  let value = "";
  let from = 0;
  for (const { index, 0: char } of body.matchAll(/[`$]/g)) {
    if (index < from) continue;
    value += body.slice(from, index);
    from = index + 1;
    if (char === "$") {
      if (matchAt(afterDollar, body, from) !== undefined) return undefined;
      value += char;
    } else {
      const escaped = unescape(body.charAt(from++));
      if (escaped === undefined) return undefined;
      value += escaped;
    }
  }
  return value + body.slice(from);
}

/**
 * Where a `$(...)` inside a string ends. It can hold strings, which can hold
 * the next `$(...)`: a list of what is open takes the place of recursion.
 */
function skipSubexpression(text: string, start: number): number {
  const special = /[()"\u201c-\u201e'\u2018-\u201b`$]/g;
  const open = ["("];
  special.lastIndex = start;
  for (let hit = special.exec(text); hit !== null; hit = special.exec(text)) {
    const char = hit[0];
    const inString = open.at(-1) === '"';
    if (char === "`") special.lastIndex++;
    else if (doubleQuotes.includes(char)) {
      if (inString) open.pop();
      else open.push('"');
    } else if (inString) {
      if (text.startsWith("$(", hit.index)) {
        open.push("(");
        special.lastIndex++;
      }
    } else if (singleQuotes.includes(char)) {
      special.lastIndex = readSingleQuoted(text, hit.index + 1).end;
    } else if (char === "(") open.push("(");
    else if (char === ")") open.pop();
    if (open.length === 0) return hit.index + 1;
    if (open.length > maxDepth) break;
  }
  return text.length;
}

/** What a backtick makes of a character; none where 5.1 and 7 differ. */
function unescape(char: string): string | undefined {
  switch (char) {
    case "0":
      return "\0";
    case "a":
      return "\x07";
    case "b":
      return "\b";
    case "f":
      return "\f";
    case "n":
      return "\n";
    case "r":
      return "\r";
    case "t":
      return "\t";
    case "v":
      return "\v";
    case "e":
    case "u":
    case "":
      return undefined;
    default:
      return char;
  }
}

function isMark(char: string): char is Mark {
  return char !== "" && "(){},|&".includes(char);
}

function markPiece(text: Mark, at: number, length: number): Piece {
  return { end: at + length, token: { kind: "mark", text } };
}

function matchAt(
  sticky: RegExp,
  text: string,
  at: number,
): string | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0];
}

function after(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from);
  return at === -1 ? text.length : at + closing.length;
}
