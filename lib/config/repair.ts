/**
 * Repairs a config that LiteLLM rewrote: its dump keeps our entries but loses the
 * markers around them. The entries are cut out by slicing, and are kept for
 * providers that do not answer, so that none is lost. Where one marker is left,
 * the other is put back first.
 *
 * @module
 */

import { type Config, type Pause, readConfig } from "./config.ts";
import type { Item, TopKey } from "../block/outline.ts";
import { endOfItem, mendMarkers } from "../block/mend_markers.ts";
import { readOutline } from "../block/outline_builder.ts";
import { ConfigError } from "../errors.ts";
import { OUR_ID } from "../block/entry.ts";
import { markerKind } from "../block/markers.ts";
import { isOwnComment } from "../block/own_lines.ts";
import { entryFrom, isOurs } from "../block/read_entry.ts";
import { ALIAS_SECTION, type Section } from "../block/format.ts";
import { isJsonObject, type JsonObject, listField } from "../text/fields.ts";
import { findRegion } from "../block/splice.ts";
import { parseYaml } from "../yaml/parse.ts";
import { concat, sliceText } from "../yaml/bytes.ts";
import { isLineStart, lineStart, nextLine } from "../yaml/lines.ts";
import { TokenReader } from "../yaml/tokens.ts";

/**
 * Reads a config without the entries of ours outside the markers.
 * Throws `ConfigError` like `readConfig`.
 */
export async function repairConfig(
  original: Uint8Array,
  pause?: Pause,
): Promise<Config> {
  const bytes = withOnePair(original);
  const region = findRegion(bytes);
  const key = readOutline(bytes).keys.find(({ name }) => name === "model_list");
  const value = parseYaml(bytes);
  const items = isJsonObject(value) ? listField(value, "model_list") : [];
  if (!key || key.items.length !== items.length) {
    return await readConfig(bytes, pause);
  }
  const { from, to } = region.blockItems;
  const orphans = items.flatMap((item, at) => {
    const isInside = at >= from && at < to;
    return isOurs(item) && !isInside ? [{ item, at }] : [];
  });
  const indexes = new Set(orphans.map(({ at }) => at));
  const repaired = await readConfig(cutItems(bytes, key, indexes), pause);
  const sections = new Map([
    ...sectionsOf(orphans.map(({ item }) => item)),
    ...repaired.previous.sections,
  ]);
  const isEdited = repaired.previous.isEdited ||
    hasComment(bytes, key.items.filter((_, at) => indexes.has(at)));
  const previous = { ...repaired.previous, sections, isEdited };
  const between = bytes === original ? 0 : to - from;
  return {
    ...repaired,
    // Markers are comments: the value and the items' numbers are the same.
    asRead: { bytes: original, region, value },
    previous,
    repaired: orphans.length + between,
  };
}

/** The file with markers that can be read, where that is certain. */
function withOnePair(bytes: Uint8Array): Uint8Array {
  try {
    findRegion(bytes);
    return bytes;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const mended = mendMarkers(bytes);
    if (!mended) throw error;
    return mended;
  }
}

/** Cuts whole lines: from each item's first to its last line of content. */
function cutItems(
  bytes: Uint8Array,
  { items }: TopKey,
  indexes: ReadonlySet<number>,
): Uint8Array {
  const parts: Uint8Array[] = [];
  let from = 0;
  let kept: Item | undefined;
  for (const [index, item] of items.entries()) {
    if (!indexes.has(index)) {
      kept = item;
      continue;
    }
    parts.push(bytes.subarray(from, lineStart(bytes, item.start)));
    const end = endOfItem(bytes, item);
    from = kept && endsInBlockScalar(bytes, kept)
      ? skipBlankLines(bytes, end)
      : end;
  }
  return concat([...parts, bytes.subarray(from)]);
}

/** A dump has no comments: in an entry that is cut they are somebody's own. */
function hasComment(bytes: Uint8Array, items: readonly Item[]): boolean {
  if (items.length === 0) return false;
  const reader = new TokenReader(bytes);
  for (let token = reader.next(); token.kind !== "end"; token = reader.next()) {
    const { kind, start } = token;
    const isCut = kind === "comment" &&
      items.some((item) =>
        start > item.start && start < endOfItem(bytes, item)
      );
    if (!isCut) continue;
    const text = sliceText(bytes, start, token.end);
    if (!isOwnComment(text) && markerKind(text) === undefined) return true;
  }
  return false;
}

/** Nothing but a block scalar ends at the start of a line. */
function endsInBlockScalar(bytes: Uint8Array, { contentEnd }: Item): boolean {
  return isLineStart(bytes, contentEnd);
}

/** Blank lines would become part of the text that they follow now. */
function skipBlankLines(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const next = nextLine(bytes, at);
    if (!/^ *[\r\n]/.test(sliceText(bytes, at, next))) break;
    at = next;
  }
  return at;
}

/** The entries by the provider that their deployment ids name. */
function sectionsOf(items: readonly JsonObject[]): Map<string, Section> {
  const entries = items.flatMap((item) => entryFrom(item) ?? []);
  const byProvider = Map.groupBy(entries, ({ id }) => {
    const [provider = ""] = id.slice(OUR_ID.length).split("/");
    return provider === "alias" ? ALIAS_SECTION : provider;
  });
  return new Map(
    [...byProvider].map(([id, entries]) => [id, { id, entries }]),
  );
}
