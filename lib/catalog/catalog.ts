/**
 * Puts together what the block will hold: the models of every provider that
 * answered, the previous sections of those that did not, and the aliases, as far
 * as `names.ts` lets them have their names.
 *
 * @module
 */

import { deploymentOf, renamed } from "../block/entry.ts";
import { ALIAS_SECTION, type Section } from "../block/format.ts";
import { aliasRules, aliasSection } from "./alias_section.ts";
import type { AliasRule } from "./aliases.ts";
import { distinct } from "./display_names.ts";
import {
  datedByAnthropic,
  FIRST_CHOICE,
  firstChoiceFirst,
  reserveUnordered,
} from "./first_choice.ts";
import type { CatalogInput } from "./input.ts";
import { NameRegistry, type Skipped } from "./names.ts";
import { entriesOf } from "./offer.ts";
import { type ProxyLoop, withNeededBase } from "./proxy_loop.ts";
import type { Selection } from "./select.ts";

/** An alias of the block and the upstream model that it resolves to. */
export interface Alias {
  readonly name: string;
  readonly target: string;
}

/** The content of the block, and what to report about how it was made. */
export interface Catalog {
  readonly sections: readonly Section[];
  readonly aliases: readonly Alias[];
  /** What the aliases follow; those that found nothing are among them. */
  readonly rules: readonly AliasRule[];
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
  const dated = datedByAnthropic(input);
  const made = new Map<string, Section>();
  const carriedOver = new Set<string>();
  const ids = sectionIds(input);
  for (const id of firstChoiceFirst(ids)) {
    const offer = offers.find(({ provider }) => provider === id);
    const before = previous.sections.get(id);
    if (offer) {
      made.set(id, { id, entries: entriesOf(offer, registry, dated) });
    } else if (before) {
      carriedOver.add(id);
      if (id === FIRST_CHOICE) reserveUnordered(before, registry);
      made.set(id, carryOver(before, input.proxyLoops, registry));
    }
  }
  const rules = aliasRules(input, selections);
  const aliases = aliasSection(input, rules, selections, registry);
  if (aliases.entries.length > 0) made.set(ALIAS_SECTION, aliases);
  const sections = [...ids, ALIAS_SECTION].flatMap((id) => made.get(id) ?? []);
  return {
    sections: distinct(sections, input.userEntries.displayNames),
    aliases: aliases.entries.map(({ name, model }) => ({
      name,
      target: model,
    })),
    rules,
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
  const entries = previous.flatMap((entry) => {
    const needed = withNeededBase(entry, proxyLoops);
    return registry.claim(needed, () => renamed(needed, deploymentOf(needed)));
  });
  const isEdited = statedHash !== undefined && entries.length > 0;
  return { id, entries, ...(isEdited && { statedHash }) };
}
