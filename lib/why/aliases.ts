/**
 * What is to be said of an alias: what it follows, what it points to now, or why
 * it points nowhere.
 *
 * @module
 */

import {
  aliasNames,
  type AliasRule,
  defaultAlias,
} from "../catalog/aliases.ts";
import { aliasRules } from "../catalog/alias_section.ts";
import { resolveAlias } from "../catalog/resolve_alias.ts";
import type { Location } from "../config/lines.ts";
import { shown } from "../text/key_look.ts";
import { counted } from "../text/plural.ts";
import {
  type Held,
  providerOf,
  settingAt,
  skippedAs,
  type WhyInput,
} from "./input.ts";
import { because, placeOf, type Reason } from "./reasons.ts";

/** An alias of the block. */
export function heldAlias({ entry }: Held, input: WhyInput): Reason {
  const { name, model: upstream } = entry;
  const { rule, at, what } = aliasFacts(name, input);
  const passedOver = input.catalog?.aliases
    .find((alias) => alias.name === name)?.passedOver;
  const end = passedOver?.endsOn
    ? `, whose last day is ${passedOver.endsOn}`
    : "";
  const newer = passedOver ? ` (not ${passedOver.model}${end})` : "";
  const isKept = !rule || awaitedBy(name, input).length > 0;
  const kept = isKept ? ", kept from an earlier run" : "";
  const message = `${what}, now ${shown(upstream)}${newer}${kept}`;
  return because("alias", message, { upstream, at });
}

/** An alias that the block has not, and nobody else. */
export function absentAlias(input: WhyInput): Reason[] {
  const { name, settings: { ownAliases } } = input;
  const { rule, at, what } = aliasFacts(name, input);
  if (!rule) {
    const message = `${placeOf(at)} turns this alias off`;
    const off = because("alias", message, { at, hint: "remove that line" });
    return ownAliases.has(name) ? [off] : [];
  }
  if (skippedAs(name, input) !== undefined) return [];
  const [waits] = awaitedBy(name, input);
  const state = waits === undefined
    ? "matches no model of this run"
    : `waits for ${providerOf(waits, input).title}'s list`;
  const message = `${what}, which ${state}`;
  const match = waits === undefined ? newestMatch(rule, input) : undefined;
  return [because("alias", message, {
    at,
    ...(match !== undefined && {
      hint:
        `run discover --why ${match}: it says why the newest match is left out`,
    }),
  })];
}

/** What it would follow if everything that is listed were offered. */
function newestMatch(
  rule: AliasRule,
  { outcomes, settings }: WhyInput,
): string | undefined {
  const lists = new Map(
    outcomes.flatMap((outcome) =>
      outcome.kind === "answered"
        ? [[outcome.provider, { models: outcome.models, retired: [] }] as const]
        : []
    ),
  );
  return resolveAlias(rule, lists, settings.today).target?.model.id;
}

/** What an alias is and follows; `at` is the line of one that the user set. */
function aliasFacts(
  name: string,
  input: WhyInput,
): { readonly rule?: AliasRule; readonly at: Location; readonly what: string } {
  const rule = aliasRule(name, input);
  const set = rule?.name ?? name;
  const isOwn = input.settings.ownAliases.has(set);
  const at = isOwn ? settingAt(input, ["aliases", set]) : {};
  if (!rule) return { at, what: "an alias" };
  const whose = isOwn ? `the alias on ${placeOf(at)}` : "a default alias";
  const what = `${whose} for the newest of ${familiesOf(rule)}`;
  return { rule, at, what };
}

/** The providers that an alias of this name follows. */
export function followedBy(input: WhyInput): Set<string> {
  const { families = [] } = aliasRule(input.name, input) ?? {};
  return new Set(families.map(({ provider }) => provider));
}

/** The provider for whose answer an alias would have to wait to change. */
export function awaitedBy(name: string, input: WhyInput): string[] {
  const rule = aliasRule(name, input);
  if (!rule) return [];
  const { catalog, settings: { sources, today } } = input;
  const lists = new Map(
    sources.map(({ provider: { id } }) =>
      [id, catalog?.selections.get(id)] as const
    ),
  );
  if (resolveAlias(rule, lists, today).isCertain) return [];
  return rule.families.map(({ provider }) => provider)
    .filter((id) => lists.has(id) && !lists.get(id)).slice(0, 1);
}

/**
 * The rule of an alias, be it under its second name. Every family of Claudes has
 * one as soon as it has a model.
 */
function aliasRule(
  name: string,
  { settings, previous, catalog, config: { userEntries } }: WhyInput,
): AliasRule | undefined {
  const input = { ...settings, offers: [], previous, userEntries };
  const rules = aliasRules(input, catalog?.selections ?? new Map());
  const found = rules.find((rule) =>
    aliasNames(rule, settings.claudeCodeNames).includes(name)
  );
  if (found || settings.ownAliases.has(name)) return found;
  return defaultAlias(name);
}

/** The first says enough. */
function familiesOf({ families: [first, ...others] }: AliasRule): string {
  if (!first) return "nothing";
  const more = others.length === 0
    ? ""
    : ` (or of ${counted(others.length, "more glob")})`;
  return shown(`${first.provider} ${first.glob}`) + more;
}
