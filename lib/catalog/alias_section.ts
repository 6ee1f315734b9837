/**
 * The entries of the aliases, each with the model that its rule finds.
 *
 * @module
 */

import type { Entry } from "../block/entry.ts";
import { ALIAS_SECTION, type Section } from "../block/format.ts";
import { isDying } from "../providers/lifecycle.ts";
import {
  type AliasRule,
  claudeTwin,
  familiesNamed,
  familiesOf,
  familyAliases,
} from "./aliases.ts";
import { aliasDisplayName } from "./display_names.ts";
import { earlierList, earlierModel } from "./earlier_models.ts";
import { STAND_IN } from "./first_choice.ts";
import type { CatalogInput } from "./input.ts";
import type { NameRegistry } from "./names.ts";
import { entryFor, type Source, sourceOf } from "./offer.ts";
import { withNeededBase } from "./proxy_loop.ts";
import {
  type Listed,
  resolveAlias,
  type Resolved,
  type Target,
} from "./resolve_alias.ts";
import type { Selection } from "./select.ts";

type Selections = ReadonlyMap<string, Selection>;

/** What an alias has in the block. */
interface AliasEntry {
  readonly entry: Entry;
  /** Where it was found anew; an entry of an earlier run has none. */
  readonly target?: Target;
}

/** The section of the aliases, and what each was found to stand for. */
export interface Aliases {
  readonly section: Section;
  readonly targets: ReadonlyMap<string, Target>;
}

/**
 * An alias stays as it was where a provider that decides did not answer, unless
 * its model is dying and the earlier list has another one.
 */
export function aliasSection(
  input: CatalogInput,
  rules: readonly AliasRule[],
  selections: Selections,
  registry: NameRegistry,
): Aliases {
  const { entries: before, statedHash } = previousSection(input);
  const found = rules.flatMap((rule) => {
    const twin = input.claudeCodeNames ? claudeTwin(rule.name) : undefined;
    return [rule.name, twin ?? []].flat().flatMap((name) =>
      aliasEntry(input, rule, name, selections, before) ?? []
    );
  });
  const entries = found.flatMap(({ entry }) => registry.claim(entry));
  const isEdited = statedHash !== undefined &&
    entries.some((entry) => before.includes(entry));
  return {
    section: { id: ALIAS_SECTION, entries, ...(isEdited && { statedHash }) },
    targets: new Map(
      found.flatMap(({ entry, target }) =>
        target ? [[entry.name, target] as const] : []
      ),
    ),
  };
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
  input: CatalogInput,
  rule: AliasRule,
  name: string,
  selections: Selections,
  before: readonly Entry[],
): AliasEntry | undefined {
  const { sources, previous, today } = input;
  const targetIn = (
    earlier: (source: Source) => Listed | undefined,
  ): Resolved =>
    resolveAlias(
      rule,
      new Map(sources.map((source) => {
        const { id } = source.provider;
        return [id, selections.get(id) ?? earlier(source)];
      })),
      today,
    );
  const target = targetIn(() => undefined);
  if (target !== "unknown") return entryOf(input, rule, name, target);
  const entry = before.find((one) => one.name === name);
  if (!entry || !isEntryDying(input, rule, entry)) return entry && { entry };
  const other = targetIn((source) => earlierList(source, previous));
  const moved = other === "unknown"
    ? undefined
    : entryOf(input, rule, name, other);
  return moved && moved.entry.model !== entry.model ? moved : { entry };
}

function isEntryDying(
  { sources, today }: CatalogInput,
  { families }: AliasRule,
  entry: Entry,
): boolean {
  return families.some(({ provider }) => {
    const source = sourceOf(provider, sources);
    const model = source && earlierModel(source, entry);
    return model !== undefined && isDying(model, today);
  });
}

function entryOf(
  { sources, userEntries }: CatalogInput,
  rule: AliasRule,
  name: string,
  target: Target | undefined,
): AliasEntry | undefined {
  const source = target && sourceOf(target.provider, sources);
  if (!source) return undefined;
  const displayName = aliasDisplayName(rule, source.provider);
  const called = { name, deployment: `alias/${name}`, displayName };
  const entry = entryFor(source, target.model, called, userEntries);
  return { entry, target };
}

function previousSection({ previous, proxyLoops }: CatalogInput): Section {
  const { entries = [], ...rest } = previous.sections.get(ALIAS_SECTION) ?? {};
  const needed = entries.map((entry) => withNeededBase(entry, proxyLoops));
  return { ...rest, id: ALIAS_SECTION, entries: needed };
}
