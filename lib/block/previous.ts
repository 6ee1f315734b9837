/**
 * Reads back the block of an earlier run: its sections are kept for providers
 * that do not answer today, and a hash that does not match its content reveals
 * an edit between the markers.
 *
 * @module
 */

import { readEntries } from "./read_entry.ts";
import { hashOf, type Section, SECTION_TITLE } from "./format.ts";
import { parseHeader } from "./splice.ts";

/** What was between the markers. */
export interface PreviousBlock {
  /** By section id, without sections that could not be read. */
  readonly sections: ReadonlyMap<string, Section>;
  /** Sections whose content does not match the hash in their title. */
  readonly edited: readonly string[];
  /** Sections that could not be read. */
  readonly damaged: readonly string[];
  /** Whether there are edits that a run would overwrite. */
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
  for (const [at, { id, hash, lines }] of parts.entries()) {
    const isSame = hashes[at] === hash;
    const entries = readEntries(lines, !isSame);
    if (!isSame) edited.push(id);
    if (!entries || sections.has(id)) damaged.push(id);
    else {sections.set(id, {
        id,
        entries,
        ...(!isSame && { statedHash: hash }),
      });}
  }
  const isForeign = before.some((line) =>
    line.trim() !== "" && parseHeader(line) === undefined
  );
  const isEdited = edited.length + damaged.length > 0 || isForeign;
  return { sections, edited, damaged, isEdited };
}

interface Part {
  readonly id: string;
  readonly hash: string;
  readonly lines: string[];
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
