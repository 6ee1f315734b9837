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
import type { Entry } from "../block/entry.ts";
import { ALIAS_SECTION, type Section } from "../block/format.ts";
import {
  entriesOf,
  entryFor,
  type Offer,
  type Source,
  sourceOf,
} from "./offer.ts";
import { type ProxyLoop, withNeededBase } from "./proxy_loop.ts";
import type { Selection } from "./select.ts";

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
  /** Of those that answered. */
  readonly offers: readonly Offer[];
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
  const { offers, previous } = input;
  const registry = new NameRegistry(input.userEntries, input.overWildcards);
  const selections = new Map(
    offers.map(({ provider, selection }) => [provider, selection] as const),
  );
  const sections: Section[] = [];
  const carriedOver = new Set<string>();
  for (const id of sectionIds(input)) {
    const offer = offers.find(({ provider }) => provider === id);
    const before = previous.sections.get(id);
    if (offer) {
      sections.push({ id, entries: entriesOf(offer, registry) });
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
        ? [entryFor(source, target.model, {
          name,
          deployment: `alias/${name}`,
        }, registry.userEntries)]
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
