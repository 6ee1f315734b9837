/**
 * Edits that may add something to a config, the plainest first. They are
 * guesses from the look of the lines: `provenEdit()` tries which is right. All
 * throw {@linkcode ConfigError} for a file that cannot be read.
 *
 * @module
 */

import { readOutline } from "../block/outline_builder.ts";
import { decodeText } from "../yaml/encoding.ts";
import { lineOf, textLines } from "../yaml/lines.ts";
import { type Path, Positions } from "../yaml/positions.ts";
import type { Edit } from "./edit.ts";

/**
 * Ways to write `key: value` into the mapping at `path`, a path of this file as
 * it is. A missing or empty section of the root is written as well. The value
 * is YAML on one line.
 */
export function waysToAddKey(
  bytes: Uint8Array,
  path: Path,
  key: string,
  value: string,
): Edit[] {
  const rule = `${key}: ${value}`;
  const [section] = path;
  const isMissing = new Positions(bytes).lineOf(path) === undefined;
  return isMissing && path.length === 1 && typeof section === "string"
    ? atTheEnd(bytes, section, rule)
    : waysInto(bytes, path, rule, `{${rule}}`);
}

/** Ways to write one more item, YAML on one line, into the list at `path`. */
export function waysToAddItem(
  bytes: Uint8Array,
  path: Path,
  item: string,
): Edit[] {
  return waysInto(bytes, path, `- ${item}`, `[${item}]`);
}

/** A new section: at the end of the document, and after its last value. */
function atTheEnd(bytes: Uint8Array, section: string, rule: string): Edit[] {
  const { root, keys, documentEnd } = readOutline(bytes);
  if (root.kind !== "mapping") return [];
  const indent = " ".repeat(root.indent);
  const lines = [`${indent}${section}:`, `${indent}  ${rule}`];
  const isWhole = documentEnd === bytes.length;
  const end = isWhole ? linesOf(bytes).length + 1 : lineOf(bytes, documentEnd);
  const last = keys.at(-1);
  const afterLast = last ? lineOf(bytes, last.contentEnd) + 1 : end;
  return [end, afterLast].map((from) => inserted(from, lines));
}

/** Into the value at a path that has a line: on lines, or in its brackets. */
function waysInto(
  bytes: Uint8Array,
  path: Path,
  block: string,
  flow: string,
): Edit[] {
  const line = new Positions(bytes).lineOf(path);
  const lines = linesOf(bytes);
  const text = line === undefined ? undefined : lines[line - 1];
  if (line === undefined || text === undefined) return [];
  const child = lines.findIndex((one, at) =>
    at >= line && !/^\s*(?:#|$)/.test(one)
  );
  const found = new KeyLine(line, text, String(path.at(-1)));
  return [
    ...indentsIn(text, lines[child] ?? "")
      .map((indent) => inserted(line + 1, [indent + block])),
    ...inBrackets(found.behind(`\\${flow.slice(0, 1)}`), lines, flow),
    ...inBrackets(firstBracket(child + 1, lines[child] ?? ""), lines, flow),
    ...insteadOfNull(found, flow),
  ];
}

/** The column of what is there already comes first, if it is in the value. */
function indentsIn(text: string, child: string): readonly string[] {
  const deeper = `${indentOf(text)}  `;
  const own = indentOf(child);
  const isInside = own.length > indentOf(text).length || /^\s*- /.test(child);
  return isInside && own !== deeper ? [own, deeper] : [deeper];
}

/** A place in a line: right behind `after`, which ends at `end`. */
interface Spot {
  readonly line: number;
  readonly text: string;
  readonly after: string;
  readonly end: number;
}

/** A line with a key: the only part of it that a hint quotes. */
class KeyLine {
  constructor(
    readonly line: number,
    readonly text: string,
    readonly key: string,
  ) {}

  /** After the colon, anchors and tags, and what matches `pattern`. */
  behind(pattern: string): Spot | undefined {
    const key = this.key.replace(/\W/g, "\\$&");
    const { text, line } = this;
    const found = new RegExp(
      `(?<![\\w-])(["']?)${key}\\1\\s*:\\s+(?:[!&]\\S*\\s+)*${pattern}`,
    ).exec(text);
    if (!found) return undefined;
    const [after] = found;
    return { line, text, after, end: found.index + after.length };
  }
}

/** Of a value in brackets that begins on the line after its key. */
function firstBracket(line: number, text: string): Spot | undefined {
  const [before] = /^\s*[[{]/.exec(text) ?? [];
  if (before === undefined) return undefined;
  return { line, text, after: before.trimStart(), end: before.length };
}

function inBrackets(
  spot: Spot | undefined,
  lines: readonly string[],
  flow: string,
): Edit[] {
  if (!spot) return [];
  const { line, text, end } = spot;
  const inner = flow.slice(1, -1);
  const tail = [text.slice(end), ...lines.slice(line)].join("\n");
  const isEmpty = /^(?:\s|#.*)*[\]}]/.test(tail);
  return [inLine(spot, isEmpty ? inner : `${inner},`)];
}

/** `null` and `~` become a value in brackets. */
function insteadOfNull(found: KeyLine, flow: string): Edit[] {
  const spot = found.behind("");
  const [instead] = spot
    ? /^(?:null|Null|NULL|~)(?=\s*(?:\s#|$))/.exec(spot.text.slice(spot.end)) ??
      []
    : [];
  return spot && instead ? [inLine(spot, flow, instead)] : [];
}

function inLine(
  { line, text, after, end }: Spot,
  add: string,
  instead?: string,
): Edit {
  const changed = text.slice(0, end) + add +
    text.slice(end + (instead ?? "").length);
  return {
    from: line,
    to: line,
    lines: [changed],
    part: { after, add, ...(instead !== undefined && { instead }) },
  };
}

function inserted(from: number, lines: readonly string[]): Edit {
  return { from, to: from - 1, lines };
}

function indentOf(text: string): string {
  return /^ */.exec(text)?.[0] ?? "";
}

/** Without the empty one after a final line end, and without a BOM. */
function linesOf(bytes: Uint8Array): string[] {
  const lines = textLines(decodeText(bytes));
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
