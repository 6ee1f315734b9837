/**
 * The entries of the aliases, each with the model that its rule finds.
 *
 * @module
 */

import type { Entry } from "../block/entry.ts";
import { ALIAS_SECTION, type Section } from "../block/format.ts";
import {
  type AliasRule,
  claudeTwin,
  familiesNamed,
  familiesOf,
  familyAliases,
  resolveAlias,
  type Resolved,
} from "./aliases.ts";
import { aliasDisplayName } from "./display_names.ts";
import { STAND_IN } from "./first_choice.ts";
import type { CatalogInput } from "./input.ts";
import type { NameRegistry } from "./names.ts";
import { entryFor, sourceOf } from "./offer.ts";
import { withNeededBase } from "./proxy_loop.ts";
import type { Selection } from "./select.ts";

type Selections = ReadonlyMap<string, Selection>;

/** An alias stays as it was where a provider that decides did not answer. */
export function aliasSection(
  input: CatalogInput,
  rules: readonly AliasRule[],
  selections: Selections,
  registry: NameRegistry,
): Section {
  const { sources, claudeCodeNames, today } = input;
  const models = new Map(
    sources.map(({ provider: { id } }) =>
      [id, selections.get(id)?.models] as const
    ),
  );
  const { entries: before, statedHash } = previousSection(input);
  const entries = rules.flatMap((rule) => {
    const target = resolveAlias(rule, models, today);
    const twin = claudeCodeNames ? claudeTwin(rule.name) : undefined;
    return [rule.name, twin ?? []].flat().flatMap((name) =>
      target === "unknown"
        ? before.filter((entry) => entry.name === name)
        : aliasEntry(input, rule, name, target)
    );
  }).flatMap((entry) => registry.claim(entry));
  const isEdited = statedHash !== undefined &&
    entries.some((entry) => before.includes(entry));
  return { id: ALIAS_SECTION, entries, ...(isEdited && { statedHash }) };
}

/**
 * Those of the settings, and one for each other family of OpenRouter's Claudes:
 * without its list, for those that have one.
 */
export function aliasRules(
  { aliases, ownAliases, previous }: CatalogInput,
  selections: Selections,
): AliasRule[] {
  const before = previous.sections.get(ALIAS_SECTION)?.entries ?? [];
  const listed = selections.get(STAND_IN)?.models.map(({ id }) => id);
  const families = familyAliases(
    listed ? familiesOf(listed) : familiesNamed(before.map(({ name }) => name)),
  )
    .filter(({ name }) => !ownAliases.has(name));
  const first = aliases.findIndex(({ name }) => name === "claude-fallback") + 1;
  return aliases.toSpliced(first, 0, ...families);
}

function aliasEntry(
  { sources, userEntries }: CatalogInput,
  rule: AliasRule,
  name: string,
  target: Exclude<Resolved, "unknown">,
): Entry[] {
  const source = target && sourceOf(target.provider, sources);
  if (!source) return [];
  const displayName = aliasDisplayName(rule, source.provider);
  const called = { name, deployment: `alias/${name}`, displayName };
  return [entryFor(source, target.model, called, userEntries)];
}

function previousSection({ previous, proxyLoops }: CatalogInput): Section {
  const { entries = [], ...rest } = previous.sections.get(ALIAS_SECTION) ?? {};
  const needed = entries.map((entry) => withNeededBase(entry, proxyLoops));
  return { ...rest, id: ALIAS_SECTION, entries: needed };
}
