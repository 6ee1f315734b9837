/**
 * Puts a block between two slices of a config, and takes it out again. The
 * slices are copied as bytes: what stands outside the block is never decoded.
 *
 * @module
 */
import { headerLine, parseHeader } from "./block/header.ts";
import {
  BEGIN_MARKER,
  END_MARKER,
  type MarkerKind,
  markerKind,
} from "./block/markers.ts";
import { readOutline } from "./outline.ts";
import { LIST_STEP } from "./block/placement.ts";
import { findRegion, type Region } from "./block/region.ts";
import { Byte, isBreak, sliceText } from "./yaml/bytes.ts";

export { type Added, BLOCK_FORMAT, type Header } from "./block/header.ts";
export { findRegion, headerLine, parseHeader, type Region };

/**
 * The file with `lines` between the markers in place of the region. The lines
 * are ASCII, without indent and line ends; the first one is made by
 * {@linkcode headerLine}. Everything outside the region is the very same bytes.
 */
export function replaceBlock(
  bytes: Uint8Array,
  region: Region,
  lines: readonly string[],
): Uint8Array {
  for (const line of lines) assertPlainLine(line);
  const { kind, start, end, indent, eol, added } = region;
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
  // The owner may have taken away the line end of the file's last line.
  const isOpenEnd = kind === "existing" && !isBreak(bytes[end - 1] ?? 0);
  const text = before + block + (isOpenEnd ? "" : eol);
  return concat([
    bytes.subarray(0, start),
    new TextEncoder().encode(text),
    bytes.subarray(end),
  ]);
}

/** No name from the network may end the block or leave its line. */
function assertPlainLine(line: string): void {
  const kind: MarkerKind | undefined = markerKind(line.trimStart());
  if (kind !== undefined || !/^[\x20-\x7e]*$/.test(line)) {
    throw new Error("block line that is not plain ASCII, or is a marker");
  }
}

/**
 * The file without the block and without what the block had added outside its
 * markers. A final line end or a `model_list:` that the owner has come to need
 * since stays.
 */
export function removeBlock(bytes: Uint8Array, region: Region): Uint8Array {
  if (region.kind === "new") return bytes;
  const { end, added } = region;
  const before = bytes.subarray(0, region.start);
  const after = bytes.subarray(end);
  const bare = added.includes("model_list") && region.handWrittenItems === 0
    ? withoutKeyLine(before, after)
    : concat([before, after]);
  return added.includes("newline") && end === bytes.length
    ? withoutLineEnd(bare)
    : bare;
}

/**
 * Takes the last line of `before` away if it is nothing but `model_list:`, and
 * not the last key of the file.
 */
function withoutKeyLine(before: Uint8Array, after: Uint8Array): Uint8Array {
  const end = withoutBreak(before).length;
  let start = end;
  while (start > 0 && !isBreak(before[start - 1] ?? 0)) start--;
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

function withoutBreak(bytes: Uint8Array): Uint8Array {
  const last = bytes.at(-1);
  if (last === undefined || !isBreak(last)) return bytes;
  const isPair = last === Byte.lf && bytes.at(-2) === Byte.cr;
  return bytes.subarray(0, isPair ? -2 : -1);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
