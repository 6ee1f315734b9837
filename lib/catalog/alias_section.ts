/**
 * The entries of the aliases, each with the model that its rule finds.
 *
 * @module
 */

import type { Entry } from "../block/entry.ts";
import { ALIAS_SECTION, type Section } from "../block/format.ts";
import { isDying } from "../providers/lifecycle.ts";
import type { Model } from "../providers/provider.ts";
import {
  aliasNames,
  type AliasRule,
  familiesNamed,
  familiesOf,
  familyAliases,
} from "./aliases.ts";
import { aliasDisplayName } from "./display_names.ts";
import {
  earlierModel,
  earlierSelection,
  earlierSource,
} from "./earlier_models.ts";
import { STAND_IN } from "./first_choice.ts";
import type { CatalogInput } from "./input.ts";
import type { NameRegistry } from "./names.ts";
import { entryFor, type Source, sourceOf } from "./offer.ts";
import { withNeededBase } from "./proxy_loop.ts";
import { type Resolution, resolveAlias, type Target } from "./resolve_alias.ts";
import type { Selection } from "./select.ts";

type Selections = ReadonlyMap<string, Selection>;

interface AliasInput extends CatalogInput {
  readonly selections: Selections;
  /** The entries of the aliases in an earlier run. */
  readonly before: readonly Entry[];
}

/** What an alias has in the block. */
interface AliasEntry {
  readonly entry: Entry;
  /** What is known of its model; none where no family has it any more. */
  readonly target?: Target | undefined;
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
  const all = { ...input, selections, before };
  const found = rules.flatMap((rule) => {
    return aliasNames(rule, input.claudeCodeNames).flatMap((name) =>
      aliasEntry(all, rule, name) ?? []
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
  input: AliasInput,
  rule: AliasRule,
  name: string,
): AliasEntry | undefined {
  const { target, isCertain } = resolveIn(input, rule);
  const entry = input.before.find((one) => one.name === name);
  if (entry && !isCertain) return keptOrMoved(input, rule, entry);
  const found = isCertain || !target
    ? target
    : resolveIn(input, rule, earlierSelection).target;
  return found && entryOf(input, rule, name, found);
}

/** The entry of an earlier run, unless an earlier list has what outlasts it. */
function keptOrMoved(
  input: AliasInput,
  rule: AliasRule,
  entry: Entry,
): AliasEntry | undefined {
  const { today } = input;
  const current = currentTarget(input, rule, entry);
  if (current && isDying(current.model, today)) {
    const other = resolveIn(input, rule, earlierSelection).target;
    if (other && outlasts(other.model, current.model, today)) {
      return entryOf(input, rule, entry.name, other);
    }
  }
  return { entry, target: current };
}

/** What a rule finds in the answers, and in lists that stand in for others. */
function resolveIn(
  { sources, selections, previous, today }: AliasInput,
  rule: AliasRule,
  standIn?: typeof earlierSelection,
): Resolution {
  const offered = sources.map((source) => {
    const { id } = source.provider;
    const selection = selections.get(id) ??
      standIn?.(source, rule, previous, today);
    return [id, selection] as const;
  });
  return resolveAlias(rule, new Map(offered), today);
}

/** The model of an entry of an earlier run, as far as it is known today. */
function currentTarget(
  { sources, selections }: AliasInput,
  { families }: AliasRule,
  entry: Entry,
): Target | undefined {
  const found = families.flatMap(({ provider }): Target[] => {
    const source = sourceOf(provider, sources);
    const earlier = source && earlierModel(source, entry);
    if (!earlier) return [];
    const selection = selections.get(provider);
    if (!selection) return [{ provider, model: earlier }];
    const model = [...selection.models, ...selection.retired]
      .find(({ id }) => id.toLowerCase() === earlier.id.toLowerCase());
    return [{ provider, model: model ?? { ...earlier, retired: true } }];
  });
  // Several providers may have one prefix: a server of the user's, and OpenAI.
  return found.find(({ model }) => !model.retired) ?? found[0];
}

/** Whether the model is one to leave a dying one for. */
function outlasts(model: Model, dying: Model, today: string): boolean {
  return !isDying(model, today) || (model.endsOn ?? "") > (dying.endsOn ?? "");
}

function entryOf(
  { sources, selections, userEntries, previous, proxyLoops }: AliasInput,
  rule: AliasRule,
  name: string,
  target: Target,
): AliasEntry | undefined {
  const source = sourceOf(target.provider, sources);
  if (!source) return undefined;
  const displayName = aliasDisplayName(rule, source.provider);
  const { own } = rule;
  const called = { name, deployment: `alias/${name}`, displayName, own };
  const entryFrom = (from: Source): Entry =>
    entryFor(from, target.model, called, userEntries);
  const entry = selections.has(target.provider)
    ? entryFrom(source)
    : withNeededBase(
      entryFrom(earlierSource(source, target.model, previous)),
      proxyLoops,
    );
  return { entry, target };
}

function previousSection({ previous, proxyLoops }: CatalogInput): Section {
  const { entries = [], ...rest } = previous.sections.get(ALIAS_SECTION) ?? {};
  const needed = entries.map((entry) => withNeededBase(entry, proxyLoops));
  return { ...rest, id: ALIAS_SECTION, entries: needed };
}
