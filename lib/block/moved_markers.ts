/**
 * Markers at another indent than the items of their list: ruamel.yaml indents
 * items anew and leaves comments where they were, `npm:yaml` moves the one after
 * the last item to the next key's column. Where both are still around the same
 * items, the next run puts them right.
 *
 * @module
 */
import { sliceText } from "../yaml/bytes.ts";
import { textLines } from "../yaml/lines.ts";
import type { MarkerPair } from "./marker_pair.ts";
import type { TopKey } from "./outline.ts";
import { isOwnComment, ownItems } from "./own_lines.ts";

/**
 * Whether there is nothing but ours between the markers, and whole items before
 * and after them. `listEnd` is where the next key starts.
 */
export function isAroundOurs(
  bytes: Uint8Array,
  key: TopKey,
  { begin, end }: MarkerPair,
  listEnd: number,
): boolean {
  const { items } = key;
  const starts = items.map(({ start }) => start);
  const isBetween = (at: number): boolean => at > begin.start && at < end.start;
  const isBoundary = (at: number): boolean =>
    at >= listEnd || starts.includes(at);
  if (!isBoundary(begin.next) || !isBoundary(end.next)) return false;
  const comments = textLines(sliceText(bytes, begin.start, end.start))
    .slice(1).map((line) => line.trim()).filter((line) => line.startsWith("#"));
  if (!comments.every(isOwnComment)) return false;
  // Two markers alone show nothing that a run wrote.
  if (!starts.some(isBetween)) return comments.length > 0;
  const areOurs = ownItems(bytes, key);
  return starts.every((at, index) => !isBetween(at) || areOurs?.[index]);
}
