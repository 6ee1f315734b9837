/**
 * An existing block's two markers, where they have to be in the list or are for
 * sure meant to be. Every other place is refused.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { counted } from "../text/plural.ts";
import { findMarkerPair, type MarkerPair } from "./marker_pair.ts";
import { findPairPlace, mendMarkers } from "./mend_markers.ts";
import { isAroundOurs } from "./moved_markers.ts";
import type { MarkerLine, Outline, TopKey } from "./outline.ts";

/** An existing pair of markers in a good place. */
export interface Placed {
  readonly key: TopKey;
  readonly pair: MarkerPair;
  /** That of the items; the markers may have another one. */
  readonly indent: number;
}

/**
 * The pair of a file that has markers. Throws `ConfigError` for markers that are
 * damaged or misplaced, with the way out if `--repair` is one.
 */
export function findPlacedPair(
  bytes: Uint8Array,
  outline: Outline,
  modelList: TopKey | undefined,
): Placed {
  try {
    return placedPair(bytes, outline, modelList);
  } catch (error) {
    if (!(error instanceof ConfigError) || !mendMarkers(bytes)) throw error;
    const { message, line } = error;
    const hint = `run discover --repair, or ${error.hint}`;
    throw new ConfigError(message, { line, hint });
  }
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
