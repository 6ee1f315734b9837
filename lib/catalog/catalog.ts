/**
 * Puts together what the block will hold: the models of every provider that
 * answered, the earlier sections of those that did not, and the aliases, as far
 * as `names.ts` gives them their names.
 *
 * @module
 */

import { type AliasRule, claudeTwin, newestOf } from "./aliases.ts";
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

/** A provider that may have a section, and how its models are chosen and named. */
export interface Source {
  readonly provider: Provider;
  readonly rules: SelectionRules;
  /** How a model is called: `{id}` and `{provider}` are filled in. */
  readonly nameTemplate: string;
  /** The variable that LiteLLM takes the key from. */
  readonly keyVariable?: string;
  /** Written into every entry, for servers whose base LiteLLM must be told. */
  readonly apiBase?: string;
}

/** All that a catalog is made of. */
export interface CatalogInput {
  /** In the order of the sections. */
  readonly sources: readonly Source[];
  /** Providers whose sections go. */
  readonly off: ReadonlySet<string>;
  /** Providers whose entries must name a base, and which. */
  readonly proxyLoops: readonly ProxyLoop[];
  readonly outcomes: readonly Outcome[];
  readonly previous: PreviousBlock;
  readonly userEntries: UserEntries;
  /** Whether names are written that hand-written wildcards answer. */
  readonly overWildcards: boolean;
  readonly aliases: readonly AliasRule[];
  /** Whether aliases of other makers get a second name that Claude Code shows. */
  readonly claudeCodeNames: boolean;
  /** The day as `YYYY-MM-DD`: an alias leaves a model whose end has come. */
  readonly today: string;
}

/** An alias of the block and the upstream model it stands for. */
export interface Alias {
  readonly name: string;
  readonly target: string;
}

/** The content of the block, and what is worth telling about how it came to be. */
export interface Catalog {
  readonly sections: readonly Section[];
  readonly aliases: readonly Alias[];
  /** What the filters did, for every provider that answered. */
  readonly selections: ReadonlyMap<string, Selection>;
  /** Providers whose earlier section stands in for an answer. */
  readonly carriedOver: ReadonlySet<string>;
  readonly skipped: readonly Skipped[];
}

/** Builds the catalog. The same input gives the same catalog, whoever answered first. */
export function buildCatalog(input: CatalogInput): Catalog {
  const registry = new NameRegistry(input.userEntries, input.overWildcards);
  const selections = selectAll(input);
  const sections: Section[] = [];
  const carriedOver = new Set<string>();
  for (const source of input.sources) {
    const { id } = source.provider;
    const selection = selections.get(id);
    const previous = input.previous.sections.get(id);
    if (selection) {
      const entries = modelEntries(
        source,
        selection,
        input.userEntries,
        registry,
      );
      sections.push({ id, entries });
    } else if (previous) {
      carriedOver.add(id);
      sections.push(carryOver(previous, input, registry));
    }
  }
  for (const [id, previous] of unlistedSections(input)) {
    carriedOver.add(id);
    sections.push(carryOver(previous, input, registry));
  }
  const aliasSection = buildAliases(input, selections, registry);
  if (aliasSection.entries.length > 0) sections.push(aliasSection);
  const aliases = aliasSection.entries.map(({ name, model }) => ({
    name,
    target: model,
  }));
  return {
    sections,
    aliases,
    selections,
    carriedOver,
    skipped: registry.skipped,
  };
}

/** Sections of providers that no setting names any more: only `false` ends one. */
function unlistedSections(
  { sources, off, previous }: CatalogInput,
): (readonly [string, Section])[] {
  const known = sources.map(({ provider }) => provider.id);
  return [...previous.sections].filter(([id]) =>
    id !== ALIAS_SECTION && !known.includes(id) && !off.has(id)
  );
}

function selectAll(input: CatalogInput): Map<string, Selection> {
  return new Map(input.outcomes.flatMap((outcome) => {
    const selection = selectFrom(outcome, input.sources);
    return selection ? [[outcome.provider, selection] as const] : [];
  }));
}

/** The wanted models of an answer; nothing where there was none. */
function selectFrom(
  outcome: Outcome,
  sources: readonly Source[],
): Selection | undefined {
  const source = sources.find(({ provider }) =>
    provider.id === outcome.provider
  );
  return source && outcome.kind === "answered"
    ? selectModels(outcome.models, source.rules)
    : undefined;
}

/** How many models of an answer hand-written names and wildcards leave room for. */
export function countOffered(
  outcome: Outcome,
  { sources, userEntries, overWildcards }: Pick<
    CatalogInput,
    "sources" | "userEntries" | "overWildcards"
  >,
): number {
  const selection = selectFrom(outcome, sources);
  const source = sources.find(({ provider }) =>
    provider.id === outcome.provider
  );
  if (!source || !selection) return 0;
  const registry = new NameRegistry(userEntries, overWildcards);
  return modelEntries(source, selection, userEntries, registry).length;
}

function modelEntries(
  source: Source,
  { models }: Selection,
  userEntries: UserEntries,
  registry: NameRegistry,
): Entry[] {
  const { id } = source.provider;
  return models.flatMap((model) => {
    const deployment = `${id}/${model.id}`;
    const name = source.nameTemplate.replaceAll("{provider}", () => id)
      .replaceAll("{id}", () => model.id);
    const called = (name: string): Entry =>
      renderModel(source, model, userEntries, name, deployment);
    return registry.claim(called(name), () => called(deployment));
  });
}

/** An edit is told for as long as something is left that may hold it. */
function carryOver(
  { id, entries: previous, statedHash }: Section,
  input: CatalogInput,
  registry: NameRegistry,
): Section {
  const entries = previous.flatMap((entry) =>
    registry.claim(withNeededBase(entry, input.proxyLoops))
  );
  const isEdited = statedHash !== undefined && entries.length > 0;
  return { id, entries, ...(isEdited && { statedHash }) };
}

function renderModel(
  source: Source,
  model: Model,
  userEntries: UserEntries,
  name: string,
  deployment: string,
): Entry {
  const upstream = source.provider.prefix + model.id;
  return renderEntry({
    name,
    deployment,
    model: upstream,
    ...(source.keyVariable && { keyVariable: source.keyVariable }),
    ...(source.apiBase && { apiBase: source.apiBase }),
    ...(!userEntries.limited.has(upstream) && { limits: model }),
  });
}

function buildAliases(
  input: CatalogInput,
  selections: ReadonlyMap<string, Selection>,
  registry: NameRegistry,
): Section {
  const previous = input.previous.sections.get(ALIAS_SECTION);
  const kept = new Set<Entry>();
  const entries = input.aliases.flatMap((rule) => {
    const target = resolve(rule, input, selections);
    return aliasNames(rule.name, input.claudeCodeNames).flatMap((name) => {
      if (target !== "no answer") {
        return target.map(({ source, model }) =>
          renderModel(source, model, input.userEntries, name, `alias/${name}`)
        );
      }
      const own = previous?.entries.filter((entry) => entry.name === name)
        .map((entry) => withNeededBase(entry, input.proxyLoops)) ?? [];
      for (const entry of own) kept.add(entry);
      return own;
    });
  }).flatMap((entry) => registry.claim(entry));
  const statedHash = entries.some((entry) => kept.has(entry))
    ? previous?.statedHash
    : undefined;
  return { id: ALIAS_SECTION, entries, ...(statedHash && { statedHash }) };
}

/** The alias itself, and for another maker's the twin that Claude Code shows. */
function aliasNames(name: string, claudeCodeNames: boolean): string[] {
  const twin = claudeCodeNames ? claudeTwin(name) : undefined;
  return twin === undefined ? [name] : [name, twin];
}

/** A model whose announced end has come is only the last resort. */
function resolve(
  rule: AliasRule,
  input: CatalogInput,
  selections: ReadonlyMap<string, Selection>,
): { source: Source; model: Model }[] | "no answer" {
  const target = firstMatch(
    rule,
    input,
    selections,
    ({ endsOn }) => endsOn === undefined || endsOn > input.today,
  );
  return target === "no answer" || target.length > 0
    ? target
    : firstMatch(rule, input, selections, () => true);
}

/** The newest model of the first family that has one; no one if none has. */
function firstMatch(
  rule: AliasRule,
  { sources }: CatalogInput,
  selections: ReadonlyMap<string, Selection>,
  isEligible: (model: Model) => boolean,
): { source: Source; model: Model }[] | "no answer" {
  let isKnown = true;
  for (const family of rule.families) {
    const source = sources.find(({ provider }) =>
      provider.id === family.provider
    );
    const selection = selections.get(family.provider);
    if (!source) continue;
    if (!selection) isKnown = false;
    const models = selection?.models.filter(isEligible) ?? [];
    const model = newestOf(models, family.glob);
    if (model && isKnown) return [{ source, model }];
  }
  return isKnown ? [] : "no answer";
}
