/**
 * Puts one pair of markers where there is none that can be trusted: one of them
 * is lost, they are repeated or reversed, or they are not between items. It only
 * takes away and adds lines that a block alone has.
 *
 * @module
 */
import { concat, sliceText } from "../yaml/bytes.ts";
import {
  firstEol,
  isLineStart,
  lineOf,
  lineStart,
  nextLine,
} from "../yaml/lines.ts";
import { type Token, TokenReader } from "../yaml/tokens.ts";
import { BEGIN_MARKER, END_MARKER } from "./markers.ts";
import type { Item, MarkerLine, TopKey } from "./outline.ts";
import { readOutline } from "./outline_builder.ts";
import { isOwnComment, ownItems } from "./own_lines.ts";

/** Where the pair belongs: around items of ours that follow one another. */
export interface PairPlace {
  /** Byte offsets, each where the line after the marker starts. */
  readonly begin: number;
  readonly end: number;
  /** 1-based lines of what is between them. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Spaces in front of them. */
  readonly indent: number;
}

/** What mending needs to know of a file. */
interface Parts {
  readonly bytes: Uint8Array;
  readonly items: readonly Item[];
  readonly areOurs: readonly boolean[];
  readonly markers: readonly MarkerLine[];
  /** Starts of the lines that only a block has. */
  readonly ownLines: ReadonlySet<number>;
  /** Starts of the items that another comment is in front of. */
  readonly commented: ReadonlySet<number>;
}

/**
 * The file with one pair of markers, around the items of ours next to the first
 * of its markers; with none where no such items are there. Nothing for a file
 * where this is not certain.
 */
export function mendMarkers(bytes: Uint8Array): Uint8Array | undefined {
  const parts = partsOf(bytes);
  if (!parts) return undefined;
  const { markers, ownLines } = parts;
  const place = placeOf(parts);
  const isLeft = (at: number): boolean =>
    place === undefined || at < place.begin || at >= place.end;
  const removed = new Set([
    // The mark of a BOM is no part of the first line.
    ...markers.map(({ start, column }) => start - column),
    ...[...ownLines].filter(isLeft),
  ]);
  const added = place ? markerLines(bytes, place) : new Map<number, string>();
  return edited(bytes, removed, added);
}

/** Where the pair of a file with broken markers belongs, if that is certain. */
export function findPairPlace(bytes: Uint8Array): PairPlace | undefined {
  const parts = partsOf(bytes);
  return parts && placeOf(parts);
}

function partsOf(bytes: Uint8Array): Parts | undefined {
  const { markers, keys } = readOutline(bytes);
  const isCertain = markers.length > 0 &&
    markers.every((marker) =>
      marker.kind !== "odd" && marker.isWholeLine && !marker.inFlow
    );
  const key = keys.find(({ name }) => name === "model_list");
  const areOurs = isCertain && key ? ownItems(bytes, key) : undefined;
  if (!key || !areOurs) return undefined;
  const { items } = key;
  const parts = { bytes, items, areOurs, markers };
  return { ...parts, ...commentsIn(bytes, key, markers) };
}

function commentsIn(
  bytes: Uint8Array,
  { start, items }: TopKey,
  markers: readonly MarkerLine[],
): Pick<Parts, "ownLines" | "commented"> {
  const ownLines = new Set<number>();
  const commented = new Set<number>();
  const starts = new Set(items.map((item) => item.start));
  const markerStarts = new Set(markers.map((marker) => marker.start));
  const reader = new TokenReader(bytes);
  let isCommented = false;
  for (let token = reader.next(); token.kind !== "end"; token = reader.next()) {
    if (token.kind === "comment") {
      if (token.start < start || markerStarts.has(token.start)) continue;
      if (!isWholeLine(bytes, token)) continue;
      const isOwn = isOwnComment(sliceText(bytes, token.start, token.end));
      if (isOwn) ownLines.add(token.start - token.column);
      else isCommented = true;
    } else {
      if (isCommented && starts.has(token.start)) commented.add(token.start);
      isCommented = false;
    }
  }
  return { ownLines, commented };
}

function isWholeLine(bytes: Uint8Array, { start, column }: Token): boolean {
  return /^ *$/.test(sliceText(bytes, start - column, start));
}

/** Around the run of items of ours that is next to one of the markers. */
function placeOf(parts: Parts): PairPlace | undefined {
  const { items, markers } = parts;
  const indexes = new Map(items.map(({ start }, index) => [start, index]));
  for (const { kind, next } of markers) {
    const after = indexes.get(next) ?? items.length;
    const run = kind === "begin"
      ? runFrom(parts, after, 1) ?? runFrom(parts, after - 1, -1)
      : runFrom(parts, after - 1, -1) ?? runFrom(parts, after, 1);
    if (run) return around(parts, ...run);
  }
  return undefined;
}

/** The first and last of the items from `at` on that are ours, in order. */
function runFrom(
  { items, areOurs, commented }: Parts,
  at: number,
  step: 1 | -1,
): readonly [Item, Item] | undefined {
  const from = items[at];
  if (!from || !areOurs[at]) return undefined;
  let last = from;
  for (let index = at + step; areOurs[index]; index += step) {
    const next = items[index];
    const lower = step > 0 ? next : last;
    if (!next || !lower || commented.has(lower.start)) break;
    last = next;
  }
  return step > 0 ? [from, last] : [last, from];
}

/** With the lines of ours above and below that nothing else parts from them. */
function around(
  { bytes, ownLines, markers }: Parts,
  first: Item,
  last: Item,
): PairPlace {
  const markerLines = new Set(
    markers.map(({ start }) => lineStart(bytes, start)),
  );
  const isPassed = (at: number): boolean =>
    ownLines.has(at) || markerLines.has(at) ||
    sliceText(bytes, at, nextLine(bytes, at)).trim() === "";
  let begin = lineStart(bytes, first.start);
  for (let at = begin; at > 0;) {
    at = lineStart(bytes, at - 1);
    if (!isPassed(at)) break;
    if (ownLines.has(at)) begin = at;
  }
  let end = endOfItem(bytes, last);
  for (let at = end; at < bytes.length && isPassed(at);) {
    const next = nextLine(bytes, at);
    if (ownLines.has(at)) end = next;
    at = next;
  }
  return {
    begin,
    end,
    firstLine: lineOf(bytes, begin),
    lastLine: lineOf(bytes, end - 1),
    indent: first.column,
  };
}

/** Start of the line after the item's last line of content. */
export function endOfItem(bytes: Uint8Array, { contentEnd }: Item): number {
  // Nothing but a block scalar ends at the start of a line.
  return isLineStart(bytes, contentEnd)
    ? contentEnd
    : nextLine(bytes, contentEnd);
}

function markerLines(
  bytes: Uint8Array,
  { begin, end, indent }: PairPlace,
): Map<number, string> {
  const eol = firstEol(bytes);
  const lead = " ".repeat(indent);
  const last = isLineStart(bytes, end)
    ? lead + END_MARKER + eol
    : eol + lead + END_MARKER;
  return new Map([[begin, lead + BEGIN_MARKER + eol], [end, last]]);
}

/** Lines removed by their starts, and text put in; everything else as it was. */
function edited(
  bytes: Uint8Array,
  removed: ReadonlySet<number>,
  added: ReadonlyMap<number, string>,
): Uint8Array {
  const parts: Uint8Array[] = [];
  let from = 0;
  const places = new Set([...removed, ...added.keys()]);
  for (const at of [...places].toSorted((a, b) => a - b)) {
    parts.push(bytes.subarray(from, at));
    parts.push(new TextEncoder().encode(added.get(at) ?? ""));
    from = removed.has(at) ? nextLine(bytes, at) : at;
  }
  return concat([...parts, bytes.subarray(from)]);
}
