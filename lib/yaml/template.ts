/**
 * Tells a template of Jinja, Go or Helm from YAML, so that its author hears what
 * is wrong and not where a YAML parser gave up. A tag in a text is none of it:
 * prompts have them.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { sliceText } from "./bytes.ts";
import { templateError } from "./errors.ts";
import { textLines } from "./lines.ts";
import { type Token, TokenReader } from "./tokens.ts";

/** In a line that is refused, a comment of Jinja is a tag, too. */
const TAG = /\{[{%]|\{#.*#\}/;
const TAG_IN_FRONT = /^\s*(?:\{[{%]|\{#.*#\})/;

/**
 * The error, or what explains it: its line has a tag of a template, or the one
 * before begins with one and is no text.
 */
export function asTemplateError(
  bytes: Uint8Array,
  error: ConfigError,
): ConfigError {
  const { line } = error;
  if (line === undefined) return error;
  const lines = textLines(sliceText(bytes));
  // A parser may be on the blank line after what it could not read.
  const at = lastWritten(lines, line - 1);
  const here = TAG.exec(lines[at] ?? "")?.[0];
  if (here !== undefined && (at === line - 1 || !isInText(bytes, at + 1))) {
    return templateError(here, at + 1);
  }
  const before = lastWritten(lines, at - 1);
  const tag = TAG_IN_FRONT.exec(lines[before] ?? "")?.[0].trim();
  return tag === undefined || isInText(bytes, before + 1)
    ? error
    : templateError(tag, before + 1);
}

/** The last line that is not blank, up to this one. */
function lastWritten(lines: readonly string[], upTo: number): number {
  return lines.findLastIndex((text, at) => at <= upTo && text.trim() !== "");
}

/** Of a file with a line that begins with a tag, be it in a text. */
export function templateLineError(bytes: Uint8Array): ConfigError | undefined {
  const lines = textLines(sliceText(bytes));
  const at = lines.findIndex((line) => /^\s*\{[{%]/.test(line));
  const tag = lines[at]?.trim();
  return tag === undefined ? undefined : templateError(tag, at + 1);
}

/** Whether the line is inside quotes or a block scalar. */
function isInText(bytes: Uint8Array, line: number): boolean {
  const reader = new TokenReader(bytes);
  const endsAfter = (token: Token): boolean => {
    const text = reader.text.slice(token.start, token.end).trimEnd();
    return token.line + textLines(text).length > line;
  };
  try {
    let token = reader.next();
    for (; token.kind !== "end" && token.line < line; token = reader.next()) {
      const { kind } = token;
      const isText = kind === "block scalar" || kind === "quoted";
      if (isText && endsAfter(token)) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}
