/**
 * Puts a block between two slices of a config, and removes it again. The slices
 * are copied as bytes: what is outside the block is never decoded.
 *
 * @module
 */
import { headerLine, parseHeader } from "./header.ts";
import {
  BEGIN_MARKER,
  END_MARKER,
  type MarkerKind,
  markerKind,
} from "./markers.ts";
import { readOutline } from "./outline_builder.ts";
import { LIST_STEP } from "./placement.ts";
import { findRegion, type ItemRange, type Region } from "./region.ts";
import { concat, isBreak, sliceText } from "../yaml/bytes.ts";
import { lineStart, nextLine, withoutBreak } from "../yaml/lines.ts";

export { type Added, BLOCK_FORMAT, type Header } from "./header.ts";
export { findRegion, headerLine, type ItemRange, parseHeader, type Region };

/**
 * The file with `lines` between the markers in place of the region. The lines
 * are ASCII, without indent and line ends; the first one is made by
 * {@linkcode headerLine}. Everything outside the region keeps its bytes, except
 * for the empty value of a key that its first block replaces.
 */
export function replaceBlock(
  bytes: Uint8Array,
  region: Region,
  lines: readonly string[],
): Uint8Array {
  for (const line of lines) assertPlainLine(line);
  const { kind, end, indent, eol, added } = region;
  const lead = " ".repeat(indent);
  const block = [BEGIN_MARKER, ...lines, END_MARKER]
    .map((line) => (line === "" ? "" : lead + line))
    .join(eol);
  let before = "";
  if (kind === "new") {
    if (added.includes("newline")) before += eol;
    if (added.includes("model_list")) {
      before += " ".repeat(indent - LIST_STEP) + "model_list:" + eol;
    }
  }
  // The user may have removed the newline of the file's last line.
  const isOpenEnd = kind === "existing" && !isBreak(bytes[end - 1] ?? 0);
  const text = before + block + (isOpenEnd ? "" : eol);
  return concat([
    ...headParts(bytes, region),
    new TextEncoder().encode(text),
    bytes.subarray(end),
  ]);
}

/** What is in front of the block, without the value that a new one replaces. */
function headParts(
  bytes: Uint8Array,
  { kind, start, colonEnd, instead }: Region,
): Uint8Array[] {
  if (kind === "existing" || colonEnd === undefined) {
    return [bytes.subarray(0, start)];
  }
  const goesOnAt = colonEnd + instead.length;
  return [bytes.subarray(0, colonEnd), bytes.subarray(goesOnAt, start)];
}

/** No name from the network may end the block or leave its line. */
function assertPlainLine(line: string): void {
  const kind: MarkerKind | undefined = markerKind(line.trimStart());
  if (kind !== undefined || !/^[\x20-\x7e]*$/.test(line)) {
    throw new Error("block line that is not plain ASCII, or is a marker");
  }
}

/** Where a file before and after a change differ, in bytes. */
export interface ChangedRange {
  readonly startBefore: number;
  readonly endBefore: number;
  readonly startAfter: number;
  readonly endAfter: number;
}

/**
 * The block, and the line of the key if that goes with it, or if its empty value
 * was replaced by the block or came back. Everything after the block is the same,
 * so that the lengths show where it ends.
 */
export function changedRanges(
  before: Uint8Array,
  after: Uint8Array,
  region: Region,
): readonly ChangedRange[] {
  const { start, end, colonEnd = 0, instead } = region;
  const isRestored = region.kind === "existing" && instead !== "" &&
    sliceText(after, colonEnd, colonEnd + instead.length) === instead;
  const isReplaced = region.kind === "new" && instead !== "";
  const shift = isRestored ? instead.length : isReplaced ? -instead.length : 0;
  const block = {
    startBefore: start,
    endBefore: end,
    startAfter: start + shift,
    endAfter: after.length - (before.length - end),
  };
  if (shift === 0) {
    const keyStart = lineStart(before, Math.max(0, start - 1));
    const isKeyGone = region.kind === "existing" && block.endAfter <= keyStart;
    return isKeyGone
      ? [{ ...block, startBefore: keyStart, startAfter: keyStart }]
      : [block];
  }
  const key = {
    startBefore: lineStart(before, colonEnd),
    endBefore: nextLine(before, colonEnd + (isReplaced ? instead.length : 0)),
    startAfter: lineStart(after, colonEnd),
    endAfter: nextLine(after, colonEnd + (isRestored ? instead.length : 0)),
  };
  // A comment there may hold one of the user's keys, which no diff may show.
  const shown = sliceText(before, key.startBefore, key.endBefore);
  if (shown.includes("#")) return [block];
  const { startBefore, startAfter } = key;
  return key.endBefore === start
    ? [{ ...block, startBefore, startAfter }]
    : [key, block];
}

/**
 * The file without the block, and outside its markers as it was before it. A
 * final newline or a `model_list:` that the user needs by now stays.
 */
export function removeBlock(bytes: Uint8Array, region: Region): Uint8Array {
  if (region.kind === "new") return bytes;
  const { end, added } = region;
  const before = withValueBack(bytes, region);
  const after = bytes.subarray(end);
  const bare = added.includes("model_list") && region.userItems === 0
    ? withoutKeyLine(before, after)
    : concat([before, after]);
  return added.includes("newline") && end === bytes.length
    ? withoutLineEnd(bare)
    : bare;
}

/** What is in front of the block, with the empty value that made way for it. */
function withValueBack(bytes: Uint8Array, region: Region): Uint8Array {
  const { start, colonEnd, instead, userItems } = region;
  if (colonEnd === undefined || instead === "" || userItems > 0) {
    return bytes.subarray(0, start);
  }
  return concat([
    bytes.subarray(0, colonEnd),
    new TextEncoder().encode(instead),
    bytes.subarray(colonEnd, start),
  ]);
}

/**
 * Removes the last line of `before` if it is nothing but `model_list:`, and
 * not the last key of the file.
 */
function withoutKeyLine(before: Uint8Array, after: Uint8Array): Uint8Array {
  const end = withoutBreak(before).length;
  const start = lineStart(before, end);
  const line = sliceText(before, start, end);
  const whole = concat([before, after]);
  if (!/^ *model_list:$/.test(line)) return whole;
  const bare = concat([before.subarray(0, start), after]);
  return readOutline(bare).keys.length > 0 ? bare : whole;
}

/** Takes the final line end away, unless it is part of a block scalar. */
function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  const last = readOutline(bytes).keys.at(-1);
  const isText = last?.endsInBlockScalar && last.contentEnd === bytes.length;
  return isText ? bytes : withoutBreak(bytes).slice();
}
