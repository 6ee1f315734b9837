/**
 * The one place in a config where the block is, or where it belongs.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { checkForm } from "./forms.ts";
import { type Added, parseHeader } from "./header.ts";
import { findMarkerPair, type MarkerPair } from "./marker_pair.ts";
import { findPairPlace, mendMarkers } from "./mend_markers.ts";
import { isAroundOurs } from "./moved_markers.ts";
import type { MarkerLine, Outline, TopKey } from "./outline.ts";
import { readOutline } from "./outline_builder.ts";
import { isOwnComment } from "./own_lines.ts";
import { placeBlock, placeKeyAndBlock } from "./placement.ts";
import { counted } from "../text/plural.ts";
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
    return existingRegion(
      bytes,
      explained(bytes, () => placedPair(bytes, outline, modelList)),
    );
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

/** An existing pair of markers in a good place. */
interface Placed {
  readonly key: TopKey;
  readonly pair: MarkerPair;
  /** That of the items; the markers may have another one. */
  readonly indent: number;
}

function placedPair(
  bytes: Uint8Array,
  outline: Outline,
  modelList: TopKey | undefined,
): Placed {
  const pair = findMarkerPair(outline.markers, () => findPairPlace(bytes));
  const key = listAround(outline, modelList, pair.begin);
  listAround(outline, modelList, pair.end);
  const isMoved = isAtOtherIndent(key, pair) &&
    isAroundOurs(bytes, key, pair, keyEnd(outline, key));
  if (!isMoved) checkPair(outline, key, pair);
  return { key, pair, indent: key.items[0]?.column ?? pair.begin.column };
}

/** Names the way out where `--repair` can mend the markers. */
function explained<Result>(bytes: Uint8Array, find: () => Result): Result {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof ConfigError) || !mendMarkers(bytes)) throw error;
    const { message, line } = error;
    const hint = `${error.hint}; or run discover --repair`;
    throw new ConfigError(message, { line, hint });
  }
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

function listAround(
  outline: Outline,
  key: TopKey | undefined,
  { start, line }: MarkerLine,
): TopKey {
  if (key && start >= key.colonEnd && start < keyEnd(outline, key)) return key;
  throw new ConfigError("marker outside model_list", {
    line,
    hint: "move the block with its markers to the end of the list, or delete " +
      "it and run again",
  });
}

/** Where the next key starts, or the document ends. */
function keyEnd(outline: Outline, key: TopKey): number {
  const next = outline.keys[outline.keys.indexOf(key) + 1];
  return next?.start ?? outline.documentEnd;
}

function isAtOtherIndent(
  { items }: TopKey,
  { begin, end }: MarkerPair,
): boolean {
  const [item] = items;
  return item !== undefined &&
    (begin.column !== item.column || end.column !== item.column);
}

function checkPair(
  outline: Outline,
  key: TopKey,
  { begin, end }: MarkerPair,
): void {
  checkPlace(outline, key, begin);
  if (begin.column !== end.column) throw indentError(end, begin.column);
  checkPlace(outline, key, end);
}

/** At the items' column, and in front of an item or the list's end. */
function checkPlace(
  outline: Outline,
  key: TopKey,
  marker: MarkerLine,
): void {
  const [item] = key.items;
  const rootIndent = outline.root.kind === "mapping" ? outline.root.indent : 0;
  if (item ? marker.column !== item.column : marker.column < rootIndent) {
    throw indentError(marker, item?.column ?? rootIndent);
  }
  if (marker.next >= keyEnd(outline, key)) return;
  if (key.items.some(({ start }) => start === marker.next)) return;
  throw new ConfigError("marker inside an item of model_list", {
    line: marker.line,
    hint: "move it: the next line must be a `- ` in the same column, or the " +
      "end of the list",
  });
}

function indentError({ line }: MarkerLine, column: number): ConfigError {
  return new ConfigError("marker is not indented like the list items", {
    line,
    hint:
      `put ${
        counted(column, "space")
      } in front of both markers and of every \`- \` of ` +
      "the list",
  });
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
  return lines.map((line) =>
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
