/**
 * Where a name of the block comes from.
 *
 * @module
 */

import { deploymentOf, type Entry } from "../block/entry.ts";
import { factsOf } from "../block/read_entry.ts";
import { ALIAS_SECTION } from "../block/format.ts";
import { resolveAlias } from "../catalog/resolve_alias.ts";
import { nameIn, type Source, sourceOf } from "../catalog/offer.ts";
import { idIn, type Provider } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import type { InAliases, InBlock, Reason } from "./reasons.ts";
import {
  aliasRule,
  type Held,
  heldAfter,
  isCalled,
  providerName,
  settingAt,
  type WhyInput,
} from "./input.ts";
import { silenceOf } from "./unlisted.ts";

/** The entries that a name stands for, in the block as a run would leave it. */
export function findHeld(
  name: string,
  held: readonly Held[],
  input: WhyInput,
): Held[] {
  const exact = held.filter(({ entry }) => entry.name === name);
  const { names, otherNames } = input.config.userEntries;
  const isTaken = names.has(name) || otherNames.has(name);
  if (exact.length > 0 || isTaken) return exact;
  return held.filter((one) => isMeant(name, one, input));
}

/** By another name of its model. LiteLLM takes capitals for other names. */
function isMeant(name: string, held: Held, input: WhyInput): boolean {
  const { section, entry } = held;
  if (section === ALIAS_SECTION) return entry.id === name;
  if ([entry.id, entry.model, deploymentOf(entry)].includes(name)) return true;
  const source = sourceOf(section, input.settings.sources) ??
    unlistedSource(section);
  if (!source || ownName(held, input) === name) return false;
  const isSame = entry.name.toLowerCase() === name.toLowerCase();
  return !isSame && isCalled(name, source, modelOf(entry, source));
}

/** The entries that stand for a model whose own name is taken. */
export function substitutesFor(name: string, input: WhyInput): Held[] {
  return heldAfter(input).filter((one) =>
    one.entry.name === deploymentOf(one.entry) && one.entry.name !== name &&
    ownName(one, input) === name
  );
}

/** What a model would be called, if that is to be had. */
function ownName(
  { section, entry }: Held,
  { settings: { sources } }: WhyInput,
): string | undefined {
  const source = sourceOf(section, sources);
  return source && nameIn(source, modelOf(entry, source));
}

/** Of a section that the settings do not mention any more. */
function unlistedSource(
  id: string,
): Pick<Source, "provider" | "nameTemplate"> | undefined {
  const provider = PROVIDERS.find((one) => one.id === id);
  return provider && { provider, nameTemplate: "{provider}/{id}" };
}

/** The provider's own id of an entry's model. */
function modelOf(
  { model }: Entry,
  source: { readonly provider: Pick<Provider, "prefix"> } | undefined,
): string {
  const prefix = source?.provider.prefix ?? "";
  return prefix !== "" && model.startsWith(prefix)
    ? model.slice(prefix.length)
    : idIn(model);
}

/** What is to be said of each entry, and of a provider without an answer. */
export function blockReasons(
  found: readonly Held[],
  input: WhyInput,
): Reason[] {
  const held = found.toSorted((a, b) =>
    (a.entry.order ?? 0) - (b.entry.order ?? 0)
  );
  const reasons = held.map((one) =>
    one.section === ALIAS_SECTION ? ofAlias(one, input) : ofModel(one, input)
  );
  const silent = held.filter((_, at) => reasons[at]?.isKept)
    .flatMap((one) => keepersOf(one, input))
    .flatMap((id) => silenceOf(id, input) ?? []);
  return [...reasons, ...silent];
}

function ofModel(held: Held, input: WhyInput): InBlock {
  const { section, entry } = held;
  const { endsOn } = factsOf(entry) ?? {};
  return {
    kind: "in-block",
    provider: providerName(section, input),
    model: modelOf(entry, sourceOf(section, input.settings.sources)),
    name: entry.name,
    upstream: entry.model,
    ...namedSo(held, input),
    ...(endsOn !== undefined && { endsOn }),
    isKeyRejected: input.outcomes.some((one) =>
      one.provider === section && one.kind === "answered" && one.keyRejected
    ),
    isKept: isKept(section, input),
  };
}

/** What is special about the name of an entry. */
function namedSo(
  held: Held,
  input: WhyInput,
): Pick<InBlock, "standsInFor" | "secondNameOf" | "insteadOf"> {
  const { section, entry } = held;
  const others = heldAfter(input).filter((one) => one.entry !== entry);
  const isSecond = !entry.model.endsWith(idIn(deploymentOf(entry)));
  const first = others.find((one) =>
    one.section === section && one.entry.model === entry.model
  );
  const leader = others.find((one) =>
    one.entry.name === entry.name &&
    (one.entry.order ?? 0) < (entry.order ?? 0)
  );
  const own = ownName(held, input);
  const isSubstitute = own !== undefined && own !== entry.name &&
    entry.name === deploymentOf(entry);
  return {
    ...(leader && { standsInFor: providerName(leader.section, input).title }),
    ...(isSecond && first && { secondNameOf: first.entry.name }),
    ...(isSubstitute && { insteadOf: own }),
  };
}

function ofAlias(held: Held, input: WhyInput): InAliases {
  const { name, model: upstream } = held.entry;
  const rule = aliasRule(name, input);
  const isOwn = rule !== undefined && input.settings.ownAliases.has(rule.name);
  const passedOver = input.catalog?.aliases
    .find((alias) => alias.name === name)?.passedOver;
  return {
    kind: "alias",
    name,
    upstream,
    follows: followsOf(name, input),
    ...(isOwn && { at: settingAt(input, ["aliases", rule.name]) }),
    ...(passedOver && { passedOver }),
    isKept: keepersOf(held, input).length > 0,
  };
}

/** The providers and globs of an alias, as `discover.yaml` would have them. */
export function followsOf(name: string, input: WhyInput): string[] {
  const { families = [] } = aliasRule(name, input) ?? {};
  return families.map(({ provider, glob }) => `${provider} ${glob}`);
}

function isKept(section: string, { catalog }: WhyInput): boolean {
  return catalog === undefined || catalog.carriedOver.has(section);
}

/** The providers for whose answer an entry would have to wait to change. */
function keepersOf({ section, entry }: Held, input: WhyInput): string[] {
  if (section !== ALIAS_SECTION) return [section];
  const rule = aliasRule(entry.name, input);
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
