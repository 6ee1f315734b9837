/**
 * Puts together what the block will hold: the models of every provider that
 * answered, the previous sections of those that did not, and the aliases, as far
 * as `names.ts` lets them have their names.
 *
 * @module
 */

import {
  type AliasRule,
  claudeTwin,
  resolveAlias,
  type Resolved,
} from "./aliases.ts";
import { NameRegistry, type Skipped } from "./names.ts";
import type { PreviousBlock } from "../block/previous.ts";
import type { UserEntries } from "../config/user_entries.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Model, Provider } from "../providers/provider.ts";
import {
  ALIAS_SECTION,
  type Entry,
  renderEntry,
  type Section,
} from "../block/format.ts";
import { type ProxyLoop, withNeededBase } from "./proxy_loop.ts";
import { type Selection, type SelectionRules, selectModels } from "./select.ts";

/** A provider that may have a section; how its models are chosen and named. */
export interface Source {
  readonly provider: Provider;
  readonly rules: SelectionRules;
  /** How a model is named: `{id}` and `{provider}` are filled in. */
  readonly nameTemplate: string;
  /** The variable that LiteLLM takes the key from. */
  readonly keyVariable?: string;
  /** Written into every entry of a server whose base LiteLLM does not know. */
  readonly apiBase?: string;
}

/** What the settings of a run say of the catalog. */
export interface CatalogSettings {
  /** In the order of the sections. */
  readonly sources: readonly Source[];
  /** Disabled providers, whose sections are removed. */
  readonly off: ReadonlySet<string>;
  /** Providers for which LiteLLM would call itself if an entry has no base. */
  readonly proxyLoops: readonly ProxyLoop[];
  /** Whether names are written even if wildcards of the user answer them. */
  readonly overWildcards: boolean;
  readonly aliases: readonly AliasRule[];
  /** Whether aliases of other makers get a second name that Claude Code shows. */
  readonly claudeCodeNames: boolean;
  /** The day as `YYYY-MM-DD`: an alias leaves a model whose end has come. */
  readonly today: string;
}

/** Everything that a catalog is made from. */
export interface CatalogInput extends CatalogSettings {
  readonly outcomes: readonly Outcome[];
  readonly previous: PreviousBlock;
  readonly userEntries: UserEntries;
}

/** An alias of the block and the upstream model that it resolves to. */
export interface Alias {
  readonly name: string;
  readonly target: string;
}

/** The content of the block, and what to report about how it was made. */
export interface Catalog {
  readonly sections: readonly Section[];
  readonly aliases: readonly Alias[];
  /** What the filters did, for every provider that answered. */
  readonly selections: ReadonlyMap<string, Selection>;
  /** Providers whose previous section stays, since they gave no answer. */
  readonly carriedOver: ReadonlySet<string>;
  readonly skipped: readonly Skipped[];
}

/** Builds the catalog; the order of the answers makes no difference. */
export function buildCatalog(input: CatalogInput): Catalog {
  const { sources, outcomes, previous } = input;
  const registry = new NameRegistry(input.userEntries, input.overWildcards);
  const selections = new Map(outcomes.flatMap((outcome) => {
    const selection = selectionOf(outcome, sources);
    return selection ? [[outcome.provider, selection] as const] : [];
  }));
  const sections: Section[] = [];
  const carriedOver = new Set<string>();
  for (const id of sectionIds(input)) {
    const source = sourceOf(id, sources);
    const selection = selections.get(id);
    const before = previous.sections.get(id);
    if (source && selection) {
      const entries = modelEntries(source, selection, registry);
      sections.push({ id, entries });
    } else if (before) {
      carriedOver.add(id);
      sections.push(carryOver(before, input.proxyLoops, registry));
    }
  }
  const aliases = aliasSection(input, selections, registry);
  if (aliases.entries.length > 0) sections.push(aliases);
  return {
    sections,
    aliases: aliases.entries.map(({ name, model }) => ({
      name,
      target: model,
    })),
    selections,
    carriedOver,
    skipped: registry.skipped,
  };
}

/** How many models of an answer the user's own names and wildcards leave room for. */
export function countOffered(
  outcome: Outcome,
  { sources, userEntries, overWildcards }: Pick<
    CatalogInput,
    "sources" | "userEntries" | "overWildcards"
  >,
): number {
  const source = sourceOf(outcome.provider, sources);
  const selection = selectionOf(outcome, sources);
  if (!source || !selection) return 0;
  const registry = new NameRegistry(userEntries, overWildcards);
  return modelEntries(source, selection, registry).length;
}

function sourceOf(
  id: string,
  sources: readonly Source[],
): Source | undefined {
  return sources.find(({ provider }) => provider.id === id);
}

/** The wanted models of an answer; nothing where there was none. */
function selectionOf(
  outcome: Outcome,
  sources: readonly Source[],
): Selection | undefined {
  const source = sourceOf(outcome.provider, sources);
  return source && outcome.kind === "answered"
    ? selectModels(outcome.models, source.rules)
    : undefined;
}

/**
 * The providers of the settings, then those that no setting mentions any more:
 * only `false` removes a section.
 */
function sectionIds({ sources, off, previous }: CatalogInput): string[] {
  const ids = sources.map(({ provider }) => provider.id);
  const unlisted = [...previous.sections.keys()].filter((id) =>
    id !== ALIAS_SECTION && !ids.includes(id) && !off.has(id)
  );
  return [...ids, ...unlisted];
}

function modelEntries(
  source: Source,
  { models }: Selection,
  registry: NameRegistry,
): Entry[] {
  const { id } = source.provider;
  return models.flatMap((model) => {
    const deployment = `${id}/${model.id}`;
    const name = source.nameTemplate.replaceAll("{provider}", () => id)
      .replaceAll("{id}", () => model.id);
    const called = (name: string): Entry =>
      entryFor(source, model, name, deployment, registry);
    return registry.claim(called(name), () => called(deployment));
  });
}

/** That it was edited is said for as long as something is left of it. */
function carryOver(
  { id, entries: previous, statedHash }: Section,
  proxyLoops: readonly ProxyLoop[],
  registry: NameRegistry,
): Section {
  const entries = previous.flatMap((entry) =>
    registry.claim(withNeededBase(entry, proxyLoops))
  );
  const isEdited = statedHash !== undefined && entries.length > 0;
  return { id, entries, ...(isEdited && { statedHash }) };
}

function entryFor(
  { provider, keyVariable, apiBase }: Source,
  model: Model,
  name: string,
  deployment: string,
  { userEntries: { limited } }: NameRegistry,
): Entry {
  const upstream = provider.prefix + model.id;
  return renderEntry({
    name,
    deployment,
    model: upstream,
    ...(keyVariable && { keyVariable }),
    ...(apiBase && { apiBase }),
    ...(!limited.has(upstream) && { limits: model }),
  });
}

/** An alias stays as it was where a provider that decides did not answer. */
function aliasSection(
  input: CatalogInput,
  selections: ReadonlyMap<string, Selection>,
  registry: NameRegistry,
): Section {
  const { sources, aliases, claudeCodeNames, proxyLoops, today } = input;
  const previous = input.previous.sections.get(ALIAS_SECTION);
  const models = new Map(
    sources.map(({ provider: { id } }) =>
      [id, selections.get(id)?.models] as const
    ),
  );
  const kept = new Set<Entry>();
  const entriesFor = (name: string, target: Resolved): Entry[] => {
    if (target !== "unknown") {
      const source = target && sourceOf(target.provider, sources);
      return source
        ? [entryFor(source, target.model, name, `alias/${name}`, registry)]
        : [];
    }
    const entries = previous?.entries.filter((entry) => entry.name === name)
      .map((entry) => withNeededBase(entry, proxyLoops)) ?? [];
    entries.forEach((entry) => kept.add(entry));
    return entries;
  };
  const entries = aliases.flatMap((rule) => {
    const target = resolveAlias(rule, models, today);
    const twin = claudeCodeNames ? claudeTwin(rule.name) : undefined;
    return [rule.name, twin ?? []].flat()
      .flatMap((name) => entriesFor(name, target));
  }).flatMap((entry) => registry.claim(entry));
  const isEdited = previous?.statedHash !== undefined &&
    entries.some((entry) => kept.has(entry));
  return {
    id: ALIAS_SECTION,
    entries,
    ...(isEdited && { statedHash: previous.statedHash }),
  };
}
