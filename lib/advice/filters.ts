/**
 * Filters and aliases of the settings that come to nothing, each with what was
 * probably meant.
 *
 * @module
 */

import type { AliasRule } from "../catalog/aliases.ts";
import type { Catalog, Source } from "../catalog/catalog.ts";
import { matches } from "../text/glob.ts";
import { quoted, shown } from "../text/key_look.ts";
import { nearestIds } from "../text/suggest.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Model } from "../providers/provider.ts";
import type { Warning } from "../warning.ts";
import type { Settings } from "../settings/settings.ts";

/** How many ids a miss is answered with. */
const NEAREST = 3;

/** What to say of filters and aliases after the catalog is built. */
export function filterWarnings(
  catalog: Catalog,
  settings: Settings,
  outcomes: readonly Outcome[],
): Warning[] {
  const answered = outcomes.flatMap((outcome) =>
    outcome.kind === "answered" ? [outcome] : []
  );
  const filters = settings.sources.flatMap((source): Warning[] => {
    const { id } = source.provider;
    const models = answered.find(({ provider }) => provider === id)?.models;
    const selected = catalog.selections.get(id)?.models;
    if (!models || !selected) return [];
    const perGlob = source.rules.include.flatMap((glob) =>
      globWarnings(source, glob, models)
    );
    return perGlob.length > 0 || selected.length > 0
      ? perGlob
      : [nothingLeft(source)];
  });
  const names = new Set(catalog.aliases.map(({ name }) => name));
  const missed = settings.aliases.filter((rule) =>
    rule.isExplicit && !names.has(rule.name) &&
    rule.families.every(({ provider }) => catalog.selections.has(provider)) &&
    !catalog.skipped.some(({ name }) => name === rule.name)
  );
  return [...filters, ...missed.map((rule) => missedAlias(rule, catalog))];
}

/** A glob without a match, or with none that is offered. */
function globWarnings(
  { provider, rules }: Source,
  glob: string,
  models: readonly Model[],
): Warning[] {
  const matching = models.filter(({ id }) =>
    matches(glob, id.replace(/^~/, ""))
  );
  if (matching.length === 0) {
    const ids = models.map(({ id }) => id);
    return [{
      code: "no-match",
      text: `${provider.title}: no model matches ${quoted(glob)}`,
      hint: `the nearest are ${nearestIds(glob, ids, NEAREST).join(", ")}`,
    }];
  }
  if (!rules.keepRetired && matching.every(({ retired }) => retired)) {
    return [{
      code: "all-retired",
      text: `${provider.title}: every model that matches ${
        quoted(glob)
      } was shut down`,
      hint: "retired: keep in discover.yaml offers them all the same",
    }];
  }
  const variants = new Set(matching.map(({ variant }) => variant));
  const isOffered = (variant: string | undefined): boolean =>
    variant === undefined || rules.variants.includes(variant);
  if ([...variants].some(isOffered)) return [];
  return [{
    code: "no-match",
    text: `${provider.title}: only variants match ${quoted(glob)}`,
    hint: `variants: [${[...variants].join(", ")}] offers them`,
  }];
}

function nothingLeft({ provider }: Source): Warning {
  return {
    code: "no-match",
    text: `${provider.title}: its filters together leave no model`,
    hint: "look at exclude and min_context in discover.yaml",
  };
}

function missedAlias(rule: AliasRule, { selections }: Catalog): Warning {
  const [first] = rule.families;
  const ids = first
    ? selections.get(first.provider)?.models.map(({ id }) => id) ?? []
    : [];
  const near = nearestIds(first?.glob ?? "", ids, NEAREST);
  const globs = rule.families.map(({ provider, glob }) =>
    `${provider} ${shown(glob)}`
  );
  return {
    code: "no-match",
    text: `alias "${rule.name}": no model matches ${globs.join(" or ")}`,
    ...(near.length > 0 && { hint: `the nearest are ${near.join(", ")}` }),
  };
}
