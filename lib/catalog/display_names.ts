/**
 * What people read in a client's list of models instead of the names that
 * clients send: one text for each name, and no text for two.
 *
 * @module
 */

import { type Entry, withDisplayName } from "../block/entry.ts";
import type { Section } from "../block/format.ts";
import { undatedName } from "../providers/claude.ts";
import { displayText, titleOf } from "../providers/display_name.ts";
import type { Model, Provider } from "../providers/provider.ts";
import type { AliasRule } from "./aliases.ts";

/** Makers whose models come from themselves: nobody needs to be told. */
const ITS_OWN_MAKER = ["anthropic", "xai", "gemini"];

/**
 * What a model is called under a name: its provider's words, the day if the name
 * has one, and who offers it if need be.
 */
export function displayNameOf(
  provider: Provider,
  { id, displayName }: Model,
  name: string,
): string {
  const isKnownMaker = provider.kind === "default" ||
    ITS_OWN_MAKER.includes(provider.id);
  const text = displayText(displayName) ??
    (isKnownMaker ? titleOf(id) : id);
  const undated = undatedName(name);
  const day = undated === undefined ? "" : name.slice(undated.length + 1);
  return text + (day && `, ${day}`) + whoOffers(provider);
}

/** What an alias is called: what it follows, not what that is today. */
export function aliasDisplayName(
  { name, title }: AliasRule,
  provider: Provider,
): string {
  return `${title ?? name}, newest${whoOffers(provider)}`;
}

function whoOffers({ id, title }: Provider): string {
  return ITS_OWN_MAKER.includes(id) ? "" : ` (${title})`;
}

/**
 * The sections with display names that differ where the names do; the first to
 * have one keeps it. `taken` are those of the user's own entries.
 */
export function distinct(
  sections: readonly Section[],
  taken: ReadonlySet<string>,
): Section[] {
  const names = new Map([...taken].map((text) => [text, ""]));
  const distinctOf = (entry: Entry): Entry => {
    const { name, displayName } = entry;
    if (displayName === undefined) return entry;
    if (!names.has(displayName)) names.set(displayName, name);
    if (names.get(displayName) === name) return entry;
    const other = withDisplayName(entry, `${displayName} (${name})`);
    return other === entry ? entry : distinctOf(other);
  };
  return sections.map((section) => ({
    ...section,
    entries: section.entries.map(distinctOf),
  }));
}
