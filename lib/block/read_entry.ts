/**
 * Our entries read back and recognised, whoever wrote them last.
 *
 * @module
 */

import { ConfigError } from "../errors.ts";
import {
  dayField,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
  tokensField,
} from "../text/fields.ts";
import { parseYaml } from "../yaml/parse.ts";
import { type Entry, type EntryFacts, OUR_ID, renderEntry } from "./entry.ts";
import { ownIn } from "./own_settings.ts";

/** The names of a `model_list` item; absent if they are not text. */
export interface ItemNames extends Pick<Entry, "order" | "displayName"> {
  readonly name: string | undefined;
  readonly model: string | undefined;
  readonly id: string | undefined;
}

/** Reads the names of a parsed item, whoever wrote it. */
export function namesOf(item: JsonObject): ItemNames {
  const params = objectField(item, "litellm_params");
  const info = objectField(item, "model_info");
  return {
    name: textField(item, "model_name"),
    model: textField(params, "model"),
    id: textField(info, "id"),
    order: tokensField(params, "order"),
    displayName: textField(info, "display_name"),
  };
}

/** Whether a parsed `model_list` item is one of ours, wherever it is. */
export function isOurs(item: unknown): item is JsonObject {
  return isJsonObject(item) && !!namesOf(item).id?.startsWith(OUR_ID);
}

/** One of our items as it was before LiteLLM rewrote the config. */
export function entryFrom(item: JsonObject): Entry | undefined {
  const facts = factsIn(item);
  return facts && renderEntry(facts);
}

/** What an entry says, as far as a YAML parser finds it in its lines. */
export function factsOf({ lines }: Entry): EntryFacts | undefined {
  const [item] = parseItems(lines) ?? [];
  return item && factsIn(item);
}

function factsIn(item: JsonObject): EntryFacts | undefined {
  const { name, model, id = "", order, displayName } = namesOf(item);
  if (name === undefined || model === undefined) return undefined;
  const params = objectField(item, "litellm_params");
  const info = objectField(item, "model_info");
  const key = /^os\.environ\/(.+)$/s.exec(textField(params, "api_key") ?? "");
  return {
    name,
    model,
    deployment: id.slice(OUR_ID.length),
    keyVariable: key?.[1],
    apiBase: textField(params, "api_base"),
    mode: info["mode"] === "responses" ? "responses" : undefined,
    order,
    displayName,
    limits: {
      maxInputTokens: tokensField(info, "max_input_tokens"),
      maxOutputTokens: tokensField(info, "max_output_tokens"),
      supportsVision: info["supports_vision"] === true,
      supportsFunctionCalling: info["supports_function_calling"] === true,
    },
    endsOn: dayField(info, "deprecation_date"),
    successor: textField(info, "successor_model"),
    own: ownIn(item),
  };
}

/** As {@linkcode renderEntry} writes it: its name, its model, and our id. */
const OWN_ENTRY =
  /^- model_name: "([^"\\\n]+)"\n {2}litellm_params:\n {4}model: "([^"\\\n]+)"\n(?: {2}.*\n)*? {2}model_info:\n {4}id: "(discover:[^"\\\n]*)"/;

/** In the same form; a display name of ours needs no escapes. */
const OWN_ORDER = /^ {4}order: (\d+)$/m;
const OWN_DISPLAY_NAME = /^ {4}display_name: "([^"\\\n]+)"$/m;

/**
 * The entries of a section, or nothing if they are no longer a list of ours.
 * What nobody edited is read without a YAML parser, unless an older version
 * wrote it differently.
 */
export function readEntries(
  lines: readonly string[],
  isEdited: boolean,
): Entry[] | undefined {
  const starts = lines.flatMap((line, at) => line.startsWith("- ") ? [at] : []);
  const parts = starts.map((start, at) => lines.slice(start, starts[at + 1]));
  const own = isEdited ? undefined : entriesOf(parts.map(readOwn), parts);
  return own ?? entriesOf(parseItems(lines)?.map(namesOf), parts);
}

function readOwn(lines: readonly string[]): ItemNames {
  const text = lines.join("\n");
  const [, name, model, id] = OWN_ENTRY.exec(text) ?? [];
  const order = OWN_ORDER.exec(text)?.[1];
  return {
    ...{ name, model, id },
    order: order === undefined ? undefined : Number(order),
    displayName: OWN_DISPLAY_NAME.exec(text)?.[1],
  };
}

function entriesOf(
  items: readonly ItemNames[] | undefined,
  parts: readonly string[][],
): Entry[] | undefined {
  if (items?.length !== parts.length) return undefined;
  const entries = items.flatMap(({ name, model, id, ...other }, at) =>
    name && model && id?.startsWith(OUR_ID)
      ? [{ name, model, id, ...other, lines: parts[at] ?? [] }]
      : []
  );
  return entries.length === parts.length ? entries : undefined;
}

function parseItems(lines: readonly string[]): JsonObject[] | undefined {
  const text = ["items:", ...lines].join("\n");
  try {
    const value = parseYaml(new TextEncoder().encode(text));
    // A second key would not be part of the list that is carried over.
    if (!isJsonObject(value) || Object.keys(value).length > 1) return undefined;
    const items = listField(value, "items");
    return items.every(isJsonObject) ? [...items] : undefined;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
