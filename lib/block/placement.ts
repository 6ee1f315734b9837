/**
 * Where the first block goes in a config that has none, and what it needs
 * outside its markers there.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import type { Added } from "./header.ts";
import type { Outline, TopKey } from "./outline.ts";
import { Byte, sliceText } from "../yaml/bytes.ts";
import { isLineStart, nextLine, withoutBreak } from "../yaml/lines.ts";
import { Cursor } from "../yaml/scalars.ts";

/** Where a new block goes. */
export interface Place {
  /** Byte offset. */
  readonly at: number;
  /** Spaces in front of its lines. */
  readonly indent: number;
  /** What it needs in front of it. */
  readonly added: readonly Added[];
}

/** How much deeper than its key a new list is indented. */
export const LIST_STEP = 2;

/** A block after the last item, or as the first content of an empty key. */
export function placeBlock(
  bytes: Uint8Array,
  key: TopKey,
  rootIndent: number,
): Place {
  const [item] = key.items;
  const indent = item ? item.column : rootIndent + LIST_STEP;
  const { contentEnd, endsInBlockScalar } = key;
  // A block scalar's end is the start of the line after it.
  const atNewLine = endsInBlockScalar && isLineStart(bytes, contentEnd);
  const afterContent = atNewLine ? contentEnd : nextLine(bytes, contentEnd);
  const stopsAtBlank = indent === rootIndent;
  const at = stopsAtBlank && isBlankLineBefore(bytes, afterContent)
    ? afterContent
    : afterComments(bytes, afterContent, indent, stopsAtBlank);
  return { at, indent, added: newlineAt(bytes, at, key) };
}

/** Without the key: it is added at the end of the document, with the block. */
export function placeKeyAndBlock(
  bytes: Uint8Array,
  outline: Outline,
  rootIndent: number,
): Place {
  const at = outline.documentEnd;
  const newline = newlineAt(bytes, at, outline.keys.at(-1));
  const indent = rootIndent + LIST_STEP;
  return { at, indent, added: ["model_list", ...newline] };
}

/** A newline is part of a block scalar's text: none may be added to it. */
function newlineAt(
  bytes: Uint8Array,
  at: number,
  key: TopKey | undefined,
): readonly Added[] {
  if (isLineStart(bytes, at)) return [];
  const isOpen = key?.endsInBlockScalar &&
    /^ *$/.test(sliceText(bytes, key.contentEnd));
  if (!isOpen) return ["newline"];
  throw new ConfigError(
    "the file ends in a text block without a final newline",
    {
      line: key.line,
      hint: "add a newline at the end of the file",
    },
  );
}

/**
 * Steps over the comments that belong to the list: those at least as deep as
 * its items. Where items and keys share a column, a blank line ends them.
 */
function afterComments(
  bytes: Uint8Array,
  from: number,
  minColumn: number,
  stopsAtBlank: boolean,
): number {
  const cursor = new Cursor(sliceText(bytes, from), 0);
  let end = 0;
  while (!cursor.isAtEnd) {
    cursor.skipSpaces();
    if (cursor.peek() === "#") {
      if (cursor.column < minColumn) break;
      cursor.skipToBreak();
      cursor.takeBreak();
      end = cursor.at;
    } else if (stopsAtBlank || !cursor.takeBreak()) {
      break;
    }
  }
  return from + end;
}

/** Empty lines of a block scalar also separate the list from a heading. */
function isBlankLineBefore(bytes: Uint8Array, at: number): boolean {
  let start = withoutBreak(bytes.subarray(0, at)).length;
  while (bytes[start - 1] === Byte.space) start--;
  return isLineStart(bytes, at) && isLineStart(bytes, start);
}
