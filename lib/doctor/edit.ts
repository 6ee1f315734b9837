/**
 * Edits that a hint may promise line by line: each was tried on the bytes, and
 * the result means what it should. Where none does, a hint states the rule only.
 *
 * @module
 */

// @ts-types="../types/std_assert_equal.d.ts"
import { equal } from "@std/assert/equal";
import { readOutline } from "../block/outline_builder.ts";
import { ConfigError } from "../errors.ts";
import {
  Byte,
  concat,
  hasBom,
  isBreak,
  type Range,
  sliceText,
} from "../yaml/bytes.ts";
import { isUtf8 } from "../yaml/encoding.ts";
import { byteLines, firstEol, withoutBreak } from "../yaml/lines.ts";
import { parseYaml } from "../yaml/parse.ts";

/** Lines to replace, or (`to` = `from` - 1) to insert. 1-based, inclusive. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
  /** Where only this part of the one line changes: the rest may hold keys. */
  readonly part?: LinePart;
}

/** What to write right after a text of the line, and what it replaces there. */
export interface LinePart {
  readonly after: string;
  readonly add: string;
  readonly instead?: string;
}

/** In larger files every try would take too long. */
const MAX_BYTES = 512 * 1024;

const MAX_TRIES = 20;

/**
 * The first candidate after which the file means `expected` (the order of keys
 * aside) and that leaves the block alone; none where the file is too large, or
 * where LiteLLM may read it otherwise than this program.
 */
export function provenEdit(
  bytes: Uint8Array,
  candidates: readonly Edit[],
  expected: unknown,
): Edit | undefined {
  if (bytes.length > MAX_BYTES || !isUtf8(bytes)) return undefined;
  const fixed = fixedLines(bytes);
  return fixed && candidates.slice(0, MAX_TRIES).find((edit) =>
    // An insertion right before or after such lines does not touch them.
    fixed.every(({ first, last }) => edit.from > last || edit.to < first) &&
    means(applyEdit(bytes, edit), expected)
  );
}

interface Lines {
  readonly first: number;
  readonly last: number;
}

/** Lines that no edit may touch; nothing for what cannot be outlined. */
function fixedLines(bytes: Uint8Array): readonly Lines[] | undefined {
  return ifReadable(() => {
    const { markers, keys } = readOutline(bytes);
    const [first, last] = [markers.at(0), markers.at(-1)];
    const block = first && last ? [{ first: first.line, last: last.line }] : [];
    // A line end after it would become part of the text for PyYAML, while this
    // parser takes it to be there.
    const isOpenText = keys.at(-1)?.endsInBlockScalar === true &&
      withoutBreak(bytes) === bytes;
    const end = byteLines(bytes).length + 1;
    return isOpenText ? [...block, { first: end - 1, last: end }] : block;
  });
}

function means(bytes: Uint8Array, expected: unknown): boolean {
  return ifReadable(() => {
    readOutline(bytes);
    return equal(parseYaml(bytes), expected);
  }) ?? false;
}

/** What `read` returns; nothing where the file cannot be read. */
export function ifReadable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/**
 * The file with spaces for all entries of the block but the last, which shows
 * how the list goes on. Edits outside the block are tried much faster on it,
 * and all lines keep their numbers.
 */
export function withBlankEntries(
  bytes: Uint8Array,
  { start, end }: Range,
): Uint8Array {
  const block = sliceText(bytes, start, end);
  const [first] = /^ *- /m.exec(block) ?? [];
  if (first === undefined) return bytes;
  const before = block.search(/^ *- /m);
  const last = [...block.matchAll(/^ *- /gm)].findLast(([one]) =>
    one === first
  );
  const blank = bytes.slice();
  for (let at = start + before; at < start + (last?.index ?? 0); at++) {
    if (!isBreak(blank[at])) blank[at] = Byte.space;
  }
  return blank;
}

/** The file after the edit. New lines end as the file's do. */
export function applyEdit(
  bytes: Uint8Array,
  { from, to, lines }: Edit,
): Uint8Array {
  const start = hasBom(bytes) ? 3 : 0;
  const old = byteLines(bytes.subarray(start));
  const eol = firstEol(bytes);
  const added = new TextEncoder().encode(
    lines.map((line) => line + eol).join(""),
  );
  const before = concat(old.slice(0, from - 1));
  const after = concat(old.slice(to));
  const isOpen = before.length > 0 && withoutBreak(before) === before;
  return concat([
    bytes.subarray(0, start),
    before,
    new TextEncoder().encode(isOpen ? eol : ""),
    after.length === 0 && withoutBreak(bytes) === bytes
      ? withoutBreak(added)
      : added,
    after,
  ]);
}

/** The edit as a hint says it; what to paste is on lines of its own. */
export function inWords(
  { from, to, lines, part }: Edit,
  place?: string,
): string {
  const of = place === undefined ? "" : ` of ${place}`;
  if (part) {
    const { after, add, instead } = part;
    return instead === undefined
      ? `on line ${from}${of}, right after \`${after}\`, insert:\n${add}`
      : `on line ${from}${of}, right after \`${after}\`, write instead of ` +
        `\`${instead}\`:\n${add}`;
  }
  const text = ["", ...lines].join("\n");
  if (to >= from) {
    const which = to === from ? `line ${from}` : `lines ${from}-${to}`;
    return `replace ${which}${of} with:${text}`;
  }
  return from === 1
    ? `before line 1${of}, add:${text}`
    : `after line ${from - 1}${of}, add:${text}`;
}
