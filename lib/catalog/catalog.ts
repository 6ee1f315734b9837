/**
 * Puts together what the block will hold: the models of every provider that
 * answered, the previous sections of those that did not, and the aliases, as far
 * as `names.ts` lets them have their names.
 *
 * @module
 */

import { deploymentOf, type Entry } from "../block/entry.ts";
import { renamed } from "../block/entry_lines.ts";
import { ALIAS_SECTION, type Section } from "../block/format.ts";
import { idIn } from "../providers/provider.ts";
import { type Aliases, aliasRules, aliasSection } from "./alias_section.ts";
import { uniqueDisplayNames } from "./display_names.ts";
import {
  datedByAnthropic,
  firstChoiceFirst,
  reserveForOlder,
} from "./first_choice.ts";
import { type DroppedAlias, droppedAliases } from "./dropped_aliases.ts";
import type { CatalogInput } from "./input.ts";
import { NameRegistry, type Skipped } from "./names.ts";
import { entriesOf, sourceOf } from "./offer.ts";
import { type ProxyLoop, withNeededBase } from "./proxy_loop.ts";
import type { Selection } from "./select.ts";

/** An alias of the block and the upstream model that it resolves to. */
export interface Alias {
  readonly name: string;
  readonly target: string;
  /** The last day of that, if it is known. */
  readonly endsOn?: string;
  /** The newest model of its kind, where it was left out because it ends. */
  readonly passedOver?: PassedOver;
}

/** An upstream model and its last day, if that is known. */
export interface PassedOver {
  readonly model: string;
  readonly endsOn: string | null;
}

/** The content of the block, and what to report about how it was made. */
export interface Catalog {
  readonly sections: readonly Section[];
  readonly aliases: readonly Alias[];
  readonly droppedAliases: readonly DroppedAlias[];
  /** What the filters did, for every provider that answered. */
  readonly selections: ReadonlyMap<string, Selection>;
  /** Providers whose previous section stays, since they gave no answer. */
  readonly carriedOver: ReadonlySet<string>;
  readonly skipped: readonly Skipped[];
}

/** Builds the catalog; the order of the answers makes no difference. */
export function buildCatalog(input: CatalogInput): Catalog {
  const { offers, userEntries } = input;
  const registry = new NameRegistry(userEntries, input.overWildcards);
  const selections = new Map(
    offers.map(({ provider, selection }) => [provider, selection] as const),
  );
  const ids = sectionIds(input);
  const ofProviders = providerSections(firstChoiceFirst(ids), input, registry);
  const rules = aliasRules(input, selections);
  const { section: aliases, targets } = aliasSection(
    input,
    rules,
    selections,
    registry,
  );
  const names = new Set(aliases.entries.map(({ name }) => name));
  const { skipped } = registry;
  const hasAliases = aliases.entries.length > 0;
  const sections = [...ofProviders, ...(hasAliases ? [aliases] : [])];
  return {
    sections: inOrder(
      uniqueDisplayNames(sections, userEntries.displayNames),
      ids,
    ),
    aliases: aliases.entries.map((entry) => aliasOf(entry, targets, input)),
    droppedAliases: droppedAliases(input, { rules, skipped, names }),
    selections,
    carriedOver: new Set(
      ofProviders.map(({ id }) => id).filter((id) => !selections.has(id)),
    ),
    skipped,
  };
}

function aliasOf(
  { name, model }: Entry,
  targets: Aliases["targets"],
  { sources }: CatalogInput,
): Alias {
  const found = targets.get(name);
  const endsOn = found?.model.endsOn;
  const alias = { name, target: model, ...(endsOn && { endsOn }) };
  const other = found?.passedOver;
  const source = other && sourceOf(other.provider, sources);
  if (!source) return alias;
  const passedOver = {
    model: source.provider.prefix + other.model.id,
    endsOn: other.model.endsOn ?? null,
  };
  return { ...alias, passedOver };
}

/** The aliases have no provider, and come last. */
function inOrder(sections: readonly Section[], ids: string[]): Section[] {
  const order = [...ids, ALIAS_SECTION];
  return sections.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

/** What each provider offers; what it offered before where it did not answer. */
function providerSections(
  ids: readonly string[],
  input: CatalogInput,
  registry: NameRegistry,
): Section[] {
  const dated = datedByAnthropic(input);
  return ids.flatMap((id) => {
    const offer = input.offers.find(({ provider }) => provider === id);
    if (offer) return { id, entries: entriesOf(offer, registry, dated) };
    const before = input.previous.sections.get(id);
    return before ? carryOver(before, input.proxyLoops, registry) : [];
  });
}

/**
 * The providers of the settings, then those that no setting mentions any more:
 * only `false` removes a section. Where it is said of all, none is left.
 */
function sectionIds({ sources, off, previous }: CatalogInput): string[] {
  if (sources.length === 0) return [];
  const ids = sources.map(({ provider }) => provider.id);
  const unlisted = [...previous.sections.keys()].filter((id) =>
    id !== ALIAS_SECTION && !ids.includes(id) && !off.has(id)
  );
  return [...ids, ...unlisted];
}

/** That it was edited is said for as long as something is left of it. */
function carryOver(
  section: Section,
  proxyLoops: readonly ProxyLoop[],
  registry: NameRegistry,
): Section {
  const { id, statedHash } = section;
  reserveForOlder(section, registry);
  const entries = section.entries.flatMap((entry) => {
    const needed = withNeededBase(entry, proxyLoops);
    return isSecondName(needed)
      ? registry.claimAnother(needed)
      : registry.claim(needed, () => renamed(needed, deploymentOf(needed)));
  });
  const isEdited = statedHash !== undefined && entries.length > 0;
  return { id, entries, ...(isEdited && { statedHash }) };
}

/** The id of an entry under a second name has that name, not the model's id. */
function isSecondName(entry: Entry): boolean {
  return !entry.model.endsWith(idIn(deploymentOf(entry)));
}
