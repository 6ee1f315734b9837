/**
 * What in a file is surely ours, wherever it is: items by their ids, and the
 * comment lines that only a block has.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { isJsonObject, listField } from "../text/fields.ts";
import { parseYaml } from "../yaml/parse.ts";
import { SECTION_TITLE } from "./format.ts";
import { isHeader } from "./header.ts";
import type { TopKey } from "./outline.ts";
import { isOurs } from "./read_entry.ts";

/** Whether a comment, `#` included, is a block's header or a section's title. */
export function isOwnComment(comment: string): boolean {
  const text = comment.trimEnd();
  return SECTION_TITLE.test(text) || isHeader(text);
}

/** Which items of the list are ours; nothing where that cannot be told. */
export function ownItems(
  bytes: Uint8Array,
  { items }: TopKey,
): readonly boolean[] | undefined {
  try {
    const value = parseYaml(bytes);
    const parsed = isJsonObject(value) ? listField(value, "model_list") : [];
    return parsed.length === items.length ? parsed.map(isOurs) : undefined;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
