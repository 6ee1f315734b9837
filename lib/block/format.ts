/**
 * The sections of the block, each under a title with the hash of its content.
 * Nothing in it changes by itself, so the same catalog gives the same bytes.
 *
 * @module
 */

import { counted } from "../text/plural.ts";
import type { Entry } from "./entry.ts";

/** The section that holds the aliases; the others are named after providers. */
export const ALIAS_SECTION = "aliases";

/** The entries of one provider, or the aliases. */
export interface Section {
  readonly id: string;
  readonly entries: readonly Entry[];
  /**
   * The hash in the title, if it is not that of the content: an edited section
   * that is carried over keeps its old hash, so that the edit stays visible.
   */
  readonly statedHash?: string;
}

/** How many models the entries call, if any; one may have several names. */
export function countModels(entries: readonly Entry[] = []): number {
  return new Set(entries.map(({ model }) => model)).size;
}

/** The block's lines below its header, without markers, indent or line ends. */
export async function renderSections(
  sections: readonly Section[],
): Promise<string[]> {
  const rendered = await Promise.all(sections.map(async (section) => {
    const content = section.entries.flatMap((entry) => entry.lines);
    const hash = section.statedHash ?? await hashOf(content);
    return [titleOf(section, hash), ...content];
  }));
  return rendered.flat();
}

function titleOf({ id, entries }: Section, hash: string): string {
  const what = id === ALIAS_SECTION
    ? `${entries.length}`
    : counted(countModels(entries), "model");
  return `# -- ${id}: ${what}, sha256:${hash} --`;
}

/** A title as {@linkcode renderSections} writes it: id, count, hash. */
export const SECTION_TITLE =
  /^# -- ([a-z0-9_-]+): (\d+)(?: models?)?, sha256:([0-9a-f]{12}) --$/;

/** The {@linkcode shortHash} of a section's content. */
export async function hashOf(lines: readonly string[]): Promise<string> {
  return await shortHash(new TextEncoder().encode(lines.join("\n")));
}

/** The first 12 hexadecimal digits of the SHA-256 of bytes. */
export async function shortHash(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return new Uint8Array(digest).subarray(0, 6).toHex();
}
