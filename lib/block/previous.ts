/**
 * Reads the block back that an earlier run wrote: its sections stand in for
 * providers that do not answer today, and a hash that does not fit its content
 * shows that somebody edited between the markers.
 *
 * @module
 */

import { ConfigError } from "../errors.ts";
import {
  type Entry,
  hashOf,
  OUR_ID,
  type Section,
  SECTION_TITLE,
} from "./format.ts";
import {
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";
import { parseHeader } from "./splice.ts";
import { parseYaml } from "../yaml/parse.ts";

/** What stood between the markers. */
export interface PreviousBlock {
  /** By section id; a section damaged beyond reading is not among them. */
  readonly sections: ReadonlyMap<string, Section>;
  /** Sections whose content is not what their title's hash says. */
  readonly edited: readonly string[];
  /** Sections that could not be read. */
  readonly damaged: readonly string[];
  /** Whether there is anything that a run would overwrite without a trace. */
  readonly isEdited: boolean;
}

/** No block yet. */
export const NO_BLOCK: PreviousBlock = {
  sections: new Map(),
  edited: [],
  damaged: [],
  isEdited: false,
};

/** Reads a block's lines between the markers, indent and line ends taken off. */
export async function readPreviousBlock(
  inner: readonly string[],
): Promise<PreviousBlock> {
  const sections = new Map<string, Section>();
  const edited: string[] = [];
  const damaged: string[] = [];
  const { before, parts } = splitSections(inner);
  const hashes = await Promise.all(parts.map(({ lines }) => hashOf(lines)));
  for (const [at, part] of parts.entries()) {
    const isSame = hashes[at] === part.hash;
    const entries = (isSame ? readOwnEntries(part.lines) : undefined) ??
      readEntries(part.lines);
    if (!isSame) edited.push(part.id);
    if (!entries || sections.has(part.id)) damaged.push(part.id);
    else sections.set(part.id, sectionOf(part, entries, isSame));
  }
  const isForeign = before.some((line) =>
    line.trim() !== "" && !isHeader(line)
  );
  const isEdited = edited.length + damaged.length > 0 || isForeign;
  return { sections, edited, damaged, isEdited };
}

interface Part {
  readonly id: string;
  readonly hash: string;
  readonly lines: string[];
}

function sectionOf(
  part: Part,
  entries: readonly Entry[],
  isSame: boolean,
): Section {
  const { id, hash } = part;
  return isSame ? { id, entries } : { id, entries, statedHash: hash };
}

function splitSections(
  inner: readonly string[],
): { before: string[]; parts: Part[] } {
  const before: string[] = [];
  const parts: Part[] = [];
  for (const line of inner) {
    const [, id, , hash] = SECTION_TITLE.exec(line.trimEnd()) ?? [];
    if (id && hash) parts.push({ id, hash, lines: [] });
    else (parts.at(-1)?.lines ?? before).push(line);
  }
  return { before, parts };
}

function isHeader(line: string): boolean {
  return parseHeader(line) !== undefined;
}

/** How `renderEntry()` writes an entry: its name, its model, and our id. */
const OWN_ENTRY =
  /^- model_name: "([^"\\\n]+)"\n {2}litellm_params:\n {4}model: "([^"\\\n]+)"\n(?: {2}.*\n)*? {2}model_info:\n {4}id: "(discover:[^"\\\n]*)"/;

/**
 * The entries of a section that nobody edited, read without a YAML parser.
 * Nothing where one is written otherwise: an older version may have done so.
 */
function readOwnEntries(lines: readonly string[]): Entry[] | undefined {
  const entries: Entry[] = [];
  for (const own of splitEntries(lines)) {
    const [, name, model, id] = OWN_ENTRY.exec(own.join("\n")) ?? [];
    if (!name || !model || !id) return undefined;
    entries.push({ name, model, id, lines: own });
  }
  return entries;
}

function splitEntries(lines: readonly string[]): string[][] {
  const starts = lines.flatMap((line, at) => line.startsWith("- ") ? [at] : []);
  return starts.map((start, index) => lines.slice(start, starts[index + 1]));
}

/** The entries of a section, or nothing where they are no longer a list of ours. */
function readEntries(lines: readonly string[]): Entry[] | undefined {
  const parts = splitEntries(lines);
  const items = parseItems(lines);
  if (!items || items.length !== parts.length) return undefined;
  const entries = items.map((item, index): Entry | undefined => {
    const name = textField(item, "model_name");
    const model = textField(objectField(item, "litellm_params"), "model");
    const id = textField(objectField(item, "model_info"), "id");
    const own = parts[index] ?? [];
    return name && model && id?.startsWith(OUR_ID)
      ? { name, model, id, lines: own }
      : undefined;
  });
  const whole = entries.filter((entry) => entry !== undefined);
  return whole.length === entries.length ? whole : undefined;
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
