/**
 * Filters and aliases of the settings that match nothing, each with what was
 * probably meant.
 *
 * @module
 */

import type { AliasRule } from "../catalog/aliases.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Source } from "../catalog/offer.ts";
import { isOffered, type Selection } from "../catalog/select.ts";
import { hasEnded } from "../providers/lifecycle.ts";
import { type Model, plainId } from "../providers/provider.ts";
import { matches } from "../text/glob.ts";
import { quoted, shown } from "../text/key_look.ts";
import { nearest } from "../text/suggest.ts";
import type { Warning } from "../warning.ts";
import { type AdviceInput, closestIds } from "./input.ts";

const KEEP_RETIRED = "set retired: keep in discover.yaml to offer them anyway";

/** The warnings about filters and aliases once the catalog is built. */
export function filterWarnings(
  { catalog, settings, outcomes }: AdviceInput,
): Warning[] {
  const filters = settings.sources.flatMap((source) => {
    const { id } = source.provider;
    const answer = outcomes.find(({ provider }) => provider === id);
    const selection = catalog.selections.get(id);
    if (answer?.kind !== "answered" || !selection) return [];
    const { models } = answer;
    const found = source.rules.include.flatMap((glob) =>
      globWarnings(source, glob, models, settings.today)
    );
    const isExplained = found.length > 0 || selection.models.length > 0;
    return [
      ...found,
      ...(isExplained ? [] : [nothingLeft(source, selection)]),
      ...idleWarnings(source, models, settings.today),
    ];
  });
  const missed = settings.aliases.filter((rule) => isMissed(rule, catalog));
  return [
    ...filters,
    ...missed.map((rule) => missedAlias(rule, catalog, settings.today)),
  ];
}

/** A glob without a match, or with none that is offered. */
function globWarnings(
  { provider: { title }, rules }: Source,
  glob: string,
  models: readonly Model[],
  today: string,
): Warning[] {
  const found = models.filter((model) => isMatch(glob, model));
  if (found.length === 0) {
    return [{
      code: "no-match",
      text: `${title}: no model matches ${quoted(glob)}`,
      ...closestIds(glob, models, today),
    }];
  }
  if (!rules.keepRetired && found.every((one) => hasEnded(one, today))) {
    return [{
      code: "all-retired",
      text: `${title}: every model that matches ${quoted(glob)} was shut down`,
      hint: KEEP_RETIRED,
    }];
  }
  const variants = found.flatMap(({ variant }) => variant ?? []);
  if (found.some((model) => isOffered(model, rules))) return [];
  return [{
    code: "no-match",
    text: `${title}: only variants match ${quoted(glob)}`,
    hint: `set variants: [${[...new Set(variants)].join(", ")}] to offer them`,
  }];
}

/** What is left out or asked for in addition, and is not there. */
function idleWarnings(
  { provider: { title }, rules, own }: Source,
  models: readonly Model[],
  today: string,
): Warning[] {
  const idle = (key: string, globs: readonly string[]): Warning[] =>
    globs.filter((glob) => !models.some((model) => isMatch(glob, model)))
      .map((glob) => ({
        code: "no-match",
        text: `${title}: no model matches ${quoted(glob)} under ${key}`,
        hint: `if those models no longer exist, remove it from ${key}`,
        ...closestIds(glob, models, today),
      }));
  const excluded = idle("exclude", rules.exclude);
  const set = idle("for:", own?.for.map(({ glob }) => glob) ?? []);
  const known = [...new Set(models.flatMap(({ variant }) => variant ?? []))];
  const variants = rules.variants.filter((word) => !known.includes(word))
    .map((word): Warning => ({
      code: "no-match",
      text: `${title}: no model has the variant ${quoted(word)}`,
      ...knownVariants(word, known),
    }));
  return [...excluded, ...set, ...variants];
}

function knownVariants(
  word: string,
  known: readonly string[],
): Pick<Warning, "hint"> {
  const close = nearest(word, known);
  if (close !== undefined) return { hint: `did you mean ${close}?` };
  return known.length === 0
    ? {}
    : { hint: `its models have: ${known.toSorted().join(", ")}` };
}

function isMatch(glob: string, { id }: Model): boolean {
  return matches(glob, plainId(id));
}

function nothingLeft(
  { provider: { title }, rules }: Source,
  { retired }: Selection,
): Warning {
  if (retired.length > 0) {
    return {
      code: "all-retired",
      text: `${title}: every model that passes its filters was shut down`,
      hint: KEEP_RETIRED,
    };
  }
  return {
    code: "no-match",
    text: `${title}: no model passes all of its filters`,
    hint: `check ${narrowing(rules)} in discover.yaml`,
  };
}

/** The settings that may leave out what `include` takes; it may take too little. */
function narrowing({ exclude, ...rules }: Source["rules"]): string {
  const { minContextTokens, maxPrice, free } = rules;
  const isByPrice = maxPrice !== undefined || free !== undefined;
  const names = [
    ...exclude.length > 0 ? ["exclude"] : [],
    ...minContextTokens === undefined ? [] : ["min_context"],
    ...maxPrice === undefined ? [] : ["max_price"],
    ...free === undefined ? [] : ["free"],
  ];
  const all = isByPrice || names.length === 0 ? ["include", ...names] : names;
  return all.join(", ").replace(/, (?=[^,]+$)/, " and ");
}

/** Requested, but missing although all of its providers answered. */
function isMissed(
  { name, families, isExplicit }: AliasRule,
  { aliases, selections, skipped }: Catalog,
): boolean {
  return isExplicit === true &&
    ![...aliases, ...skipped].some((one) => one.name === name) &&
    families.every(({ provider }) => selections.has(provider));
}

function missedAlias(
  { name, families }: AliasRule,
  { selections }: Catalog,
  today: string,
): Warning {
  const [first] = families;
  const { models = [] } = selections.get(first?.provider ?? "") ?? {};
  const wanted = families.map(({ provider, glob }) =>
    `${provider} ${shown(glob)}`
  ).join(" or ");
  const hadModels = families.some(({ provider, glob }) =>
    selections.get(provider)?.retired.some(({ id }) => matches(glob, id))
  );
  return {
    code: hadModels ? "all-retired" : "no-match",
    text: hadModels
      ? `alias "${name}": every model that matches ${wanted} was shut down`
      : `alias "${name}": no model matches ${wanted}`,
    ...closestIds(first?.glob ?? "", models, today),
  };
}
