/**
 * The last check before a save: the new text, read as YAML, has the same values
 * outside the block as the file that was read, and exactly our entries added,
 * with what the user sets on them.
 *
 * @module
 */

// @ts-types="../types/std_assert_equal.d.ts"
import { equal } from "@std/assert/equal";
import type { Config } from "./config.ts";
import { ConfigError } from "../errors.ts";
import { BEGIN_MARKER, END_MARKER } from "../block/markers.ts";
import type { Entry } from "../block/entry.ts";
import { hasOwn } from "../block/own_settings.ts";
import { isOurs, namesOf } from "../block/read_entry.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
} from "../text/fields.ts";
import type { ItemRange } from "../block/splice.ts";
import { parseYaml } from "../yaml/parse.ts";
import { sliceText } from "../yaml/bytes.ts";
import { textLines } from "../yaml/lines.ts";

/**
 * Throws {@linkcode ConfigError} unless `bytes` means what the file meant as it
 * was read, without the items between its markers and all others of ours, plus
 * `entries` in their order.
 */
export function verify(
  bytes: Uint8Array,
  config: Config,
  entries: readonly Entry[],
): void {
  const isKnown = cutsOwnLinesOnly(config);
  const before = mappingOf(isKnown ? config.userConfig : valueAsRead(config));
  const after = mappingOf(parseYaml(bytes));
  const items = listField(after, "model_list");
  if (!isSameOurs(items.filter(isOurs), entries)) {
    throw new ConfigError("the new block would not be read back as written", {
      hint: "nothing was written; please report this file's shape",
    });
  }
  const { from, to } = blockItems(config, before);
  const userItems = listField(before, "model_list").filter((item, at) =>
    !isOurs(item) && (at < from || at >= to)
  );
  const theirs = items.filter((item) => !isOurs(item));
  if (!hasKey(after) || !(hasKey(before) || addsKey(config))) throw changed();
  assertSame({ ...before, model_list: userItems }, {
    ...after,
    model_list: theirs,
  });
}

/**
 * Throws {@linkcode ConfigError} unless `bytes` means what the file meant as it
 * was read, without the items between its markers.
 */
export function verifyRemoval(bytes: Uint8Array, config: Config): void {
  const before = mappingOf(valueAsRead(config));
  const after = mappingOf(parseYaml(bytes));
  const { from, to } = blockItems(config, before);
  if (hasKey(before) !== hasKey(after) && !addsKey(config)) throw changed();
  const items = field(before, "model_list");
  // In place: an alias of the list loses the block's items as well.
  if (Array.isArray(items)) items.splice(from, to - from);
  assertSame(withList(before), withList(after));
}

function mappingOf(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw changed();
  return value;
}

/**
 * Whether `userConfig` was cut out of the file by removing only the two markers
 * and lines whose hashes prove them ours. Then it says the same as the file, and
 * a refresh need not parse its old block.
 */
function cutsOwnLinesOnly({ asRead, previous }: Config): boolean {
  const { bytes, region } = asRead;
  if (asRead.value !== undefined) return false;
  const lines = textLines(sliceText(bytes, region.start, region.end).trimEnd());
  return !previous.isEdited && lines.length === region.inner.length + 2 &&
    lines.at(0)?.trim() === BEGIN_MARKER &&
    lines.at(-1)?.trim() === END_MARKER;
}

/** The block may be so damaged that the whole cannot be read. */
function valueAsRead({ asRead, userConfig }: Config): unknown {
  if (asRead.value !== undefined) return asRead.value;
  try {
    return parseYaml(asRead.bytes);
  } catch (error) {
    if (error instanceof ConfigError) return userConfig;
    throw error;
  }
}

/** Which of the parsed items are between the markers. */
function blockItems(
  { asRead, userConfig }: Config,
  before: JsonObject,
): ItemRange {
  const { blockItems, userItems } = asRead.region;
  const { length } = listField(before, "model_list");
  if (length === userItems + blockItems.to - blockItems.from) {
    return blockItems;
  }
  if (before !== userConfig) throw changed();
  return { from: length, to: length };
}

function addsKey({ region }: Config): boolean {
  return region.added.includes("model_list");
}

/** An empty list, null and no key are the same to LiteLLM, but not to the user. */
function hasKey(config: JsonObject): boolean {
  return Object.hasOwn(config, "model_list");
}

function withList(config: JsonObject): JsonObject {
  return { ...config, model_list: listField(config, "model_list") };
}

function assertSame(before: JsonObject, after: JsonObject): void {
  if (!equal(before, after)) throw changed();
}

function changed(): ConfigError {
  return new ConfigError("this run would change something outside the block", {
    hint: "nothing was written; please report this file's shape",
  });
}

function isSameOurs(
  items: readonly JsonObject[],
  entries: readonly Entry[],
): boolean {
  const compared = new Set<string>();
  return items.length === entries.length && entries.every((entry, at) => {
    const item = items[at] ?? {};
    const { name, model } = namesOf(item);
    return name === entry.name && model === entry.model &&
      (!entry.own || hasOwn(item, entry.own, compared));
  });
}
