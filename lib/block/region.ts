/**
 * The one place in a config where the block is, or where it belongs.
 *
 * @module
 */
import { checkForm } from "./forms.ts";
import { type Added, parseHeader } from "./header.ts";
import type { MarkerPair } from "./marker_pair.ts";
import { readOutline } from "./outline_builder.ts";
import { isOwnComment } from "./own_lines.ts";
import { findPlacedPair, type Placed } from "./placed_pair.ts";
import { placeBlock, placeKeyAndBlock } from "./placement.ts";
import { concat, sliceText } from "../yaml/bytes.ts";
import { type Eol, firstEol, nextLine, textLines } from "../yaml/lines.ts";

/** Items of a list by their indexes: from `from` to just before `to`. */
export interface ItemRange {
  readonly from: number;
  readonly to: number;
}

/** What the new block replaces, and what it has to look like. */
export interface Region {
  readonly kind: "existing" | "new";
  /**
   * Byte offsets: what is replaced. Equal for a new block. An existing one
   * starts with the line of its begin marker and ends after the line end of
   * its end marker.
   */
  readonly start: number;
  readonly end: number;
  /** Spaces in front of every line of the block, as of the list's items. */
  readonly indent: number;
  readonly eol: Eol;
  /**
   * What a new block needs outside its markers; for an existing one, what its
   * header says that it added.
   */
  readonly added: readonly Added[];
  /**
   * The text after the key's colon, such as ` []`, that a new block replaces;
   * for an existing one, what its header says that it replaced.
   */
  readonly instead: string;
  /** Byte offset after the key's colon; absent where the key has to be added. */
  readonly colonEnd: number | undefined;
  /**
   * An existing block's lines between the markers, without line ends and the
   * block's indent. Read as cp1252, one character for each byte.
   */
  readonly inner: readonly string[];
  /** Items of `model_list` outside the markers. */
  readonly userItems: number;
  /** Which items of `model_list` are between the markers; the end excluded. */
  readonly blockItems: ItemRange;
}

/**
 * Finds the place of the block. Throws `ConfigError` for a file that cannot take
 * one, and for markers that are damaged or misplaced.
 */
export function findRegion(bytes: Uint8Array): Region {
  const outline = readOutline(bytes);
  const { rootIndent, modelList, instead } = checkForm(bytes, outline);
  if (outline.markers.length > 0) {
    return existingRegion(bytes, findPlacedPair(bytes, outline, modelList));
  }
  const place = modelList
    ? placeBlock(bytes, modelList, rootIndent)
    : placeKeyAndBlock(bytes, outline, rootIndent);
  const items = modelList?.items.length ?? 0;
  const colonEnd = modelList?.colonEnd;
  // A later run cannot see the line end of a value that was replaced.
  const kept = colonEnd === undefined || instead === "" ? bytes : concat([
    bytes.subarray(0, colonEnd),
    bytes.subarray(colonEnd + instead.length),
  ]);
  return {
    kind: "new",
    start: place.at,
    end: place.at,
    indent: place.indent,
    eol: firstEol(kept),
    added: place.added,
    instead,
    colonEnd,
    inner: [],
    userItems: items,
    blockItems: { from: items, to: items },
  };
}

function existingRegion(
  bytes: Uint8Array,
  { key, pair, indent }: Placed,
): Region {
  const { begin, end } = pair;
  const start = begin.start - begin.column;
  const afterEnd = nextLine(bytes, end.start);
  const inner = innerLines(bytes, pair, indent);
  const { added, instead } = outsideChanges(inner, begin.line + 1);
  const blockItems = {
    from: key.items.filter((item) => item.start < begin.start).length,
    to: key.items.filter((item) => item.start < end.start).length,
  };
  return {
    kind: "existing",
    start,
    end: afterEnd,
    indent,
    eol: firstEol(bytes),
    added,
    // Nothing is restored between a colon and an anchor that is there now.
    instead: key.hasProperties ? "" : instead,
    colonEnd: key.colonEnd,
    inner,
    userItems: key.items.length - (blockItems.to - blockItems.from),
    blockItems,
  };
}

function innerLines(
  bytes: Uint8Array,
  { begin, end }: MarkerPair,
  columns: number,
): string[] {
  const from = nextLine(bytes, begin.start);
  const to = end.start - end.column;
  if (from >= to) return [];
  // After the last line end there is no line.
  const lines = textLines(sliceText(bytes, from, to)).slice(0, -1);
  const indent = " ".repeat(columns);
  // A rewriter may leave blank lines in front of the end marker.
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return lines.slice(0, last + 1).map((line) =>
    line.startsWith(indent) && !isOwnComment(line.trimStart())
      ? line.slice(indent.length)
      : line.trimStart()
  );
}

/** The header is looked for in every line: somebody may have put one above. */
function outsideChanges(
  inner: readonly string[],
  firstLine: number,
): Pick<Region, "added" | "instead"> {
  for (const [at, line] of inner.entries()) {
    const header = parseHeader(line, firstLine + at);
    if (header) return header;
  }
  return { added: [], instead: "" };
}
