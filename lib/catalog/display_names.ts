/**
 * What people read in a client's list of models instead of the names that
 * clients send: one text for each name, and no text for two.
 *
 * @module
 */

import type { Entry } from "../block/entry.ts";
import { withDisplayName } from "../block/entry_lines.ts";
import type { Section } from "../block/format.ts";
import { undatedName } from "../providers/claude.ts";
import { displayText, titleOf } from "../providers/display_name.ts";
import type { Model, Provider } from "../providers/provider.ts";
import type { AliasRule } from "./aliases.ts";

/** Makers that offer their own models: nobody needs to be told who does. */
const FIRST_PARTY = ["anthropic", "xai", "gemini"];

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
    FIRST_PARTY.includes(provider.id);
  const text = displayText(displayName) ??
    (isKnownMaker ? titleOf(id) : id);
  const undated = undatedName(name);
  const day = undated === undefined ? "" : name.slice(undated.length + 1);
  return text + (day && `, ${day}`) + offeredBy(provider);
}

/** What an alias is called: what it follows, not what that is today. */
export function aliasDisplayName(
  { name, title }: AliasRule,
  provider: Provider,
): string {
  return `${title ?? name}, newest${offeredBy(provider)}`;
}

function offeredBy({ id, title }: Provider): string {
  return FIRST_PARTY.includes(id) ? "" : ` (${title})`;
}

/**
 * The sections with a display name of its own for each name; the first to have
 * one keeps it. `taken` are those of the user's entries.
 */
export function uniqueDisplayNames(
  sections: readonly Section[],
  taken: ReadonlySet<string>,
): Section[] {
  const names = new Map([...taken].map((text) => [text, ""]));
  const uniqueIn = (entry: Entry): Entry => {
    const { name, displayName } = entry;
    if (displayName === undefined) return entry;
    if (!names.has(displayName)) names.set(displayName, name);
    if (names.get(displayName) === name) return entry;
    const other = withDisplayName(entry, `${displayName} (${name})`);
    return other === entry ? entry : uniqueIn(other);
  };
  return sections.map((section) => ({
    ...section,
    entries: section.entries.map(uniqueIn),
  }));
}
