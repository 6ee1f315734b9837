/**
 * Where a name of the block comes from.
 *
 * @module
 */

import { deploymentOf, type Entry } from "../block/entry.ts";
import { factsOf } from "../block/read_entry.ts";
import { ALIAS_SECTION } from "../block/format.ts";
import { nameIn } from "../catalog/offer.ts";
import { idIn } from "../providers/provider.ts";
import { shown } from "../text/key_look.ts";
import { awaitedBy, heldAlias } from "./aliases.ts";
import {
  type Held,
  heldAfter,
  namedSource,
  providerOf,
  type WhyInput,
} from "./input.ts";
import { because, type Reason } from "./reasons.ts";
import { silenceOf } from "./silent.ts";
import { isCalled } from "./spellings.ts";

/** The entries that a name stands for, in the block as a run would leave it. */
export function findHeld(held: readonly Held[], input: WhyInput): Held[] {
  const { name } = input;
  const exact = held.filter(({ entry }) => entry.name === name);
  const { names, otherNames } = input.config.userEntries;
  const isTaken = names.has(name) || otherNames.has(name);
  if (exact.length > 0 || isTaken) return exact;
  return held.filter((one) => isMeant(one, input));
}

/** By another name of its model. LiteLLM takes capitals for other names. */
function isMeant(held: Held, input: WhyInput): boolean {
  const { name } = input;
  const { section, entry } = held;
  if (section === ALIAS_SECTION) return entry.id === name;
  if ([entry.id, entry.model, deploymentOf(entry)].includes(name)) return true;
  if (ownName(held, input) === name) return false;
  const isSame = entry.name.toLowerCase() === name.toLowerCase();
  const source = namedSource(section, input);
  return !isSame && isCalled(name, source, modelOf(held, input));
}

/** The entries of models that would have the name, if it were not taken. */
export function substitutesFor(input: WhyInput): Held[] {
  return heldAfter(input).filter((one) =>
    isSubstitute(one, input) && ownName(one, input) === input.name
  );
}

function isSubstitute(held: Held, input: WhyInput): boolean {
  const { name } = held.entry;
  return name === deploymentOf(held.entry) && name !== ownName(held, input);
}

/** What a model would be called, if that is to be had. */
function ownName(held: Held, input: WhyInput): string {
  return nameIn(namedSource(held.section, input), modelOf(held, input));
}

/** The provider's own id of an entry's model. */
function modelOf({ section, entry: { model } }: Held, input: WhyInput): string {
  const { prefix } = providerOf(section, input);
  return prefix !== "" && model.startsWith(prefix)
    ? model.slice(prefix.length)
    : idIn(model);
}

/** What is to be said of each entry, and of a provider without an answer. */
export function blockReasons(
  found: readonly Held[],
  input: WhyInput,
): Reason[] {
  const held = found.toSorted((a, b) => turnOf(a.entry) - turnOf(b.entry));
  return [
    ...held.map((one) =>
      one.section === ALIAS_SECTION
        ? heldAlias(one, input)
        : heldModel(one, input)
    ),
    ...held.flatMap((one) => keepersOf(one, input))
      .flatMap((id) => silenceOf(id, input) ?? []),
  ];
}

function turnOf({ order = 0 }: Entry): number {
  return order;
}

/** The providers for whose answer an entry had to wait. */
function keepersOf({ section, entry }: Held, input: WhyInput): string[] {
  if (section === ALIAS_SECTION) return awaitedBy(entry.name, input);
  return isKept(section, input) ? [section] : [];
}

function isKept(section: string, { catalog }: WhyInput): boolean {
  return catalog === undefined || catalog.carriedOver.has(section);
}

function heldModel(held: Held, input: WhyInput): Reason {
  const { section, entry: { model: upstream } } = held;
  const { id: provider, title } = providerOf(section, input);
  const model = modelOf(held, input);
  const { endsOn = null, mode } = factsOf(held.entry) ?? {};
  const leader = leaderOf(held, input);
  const message = [
    `${ofTitle(title)} ${shown(model)}`,
    ...isSubstitute(held, input) ? [substituteFor(held, input)] : [],
    ...leader ? [`which takes over while ${leader.title} fails`] : [],
    ...mode === "responses"
      ? ["which answers through the Responses API alone"]
      : [],
    ...endsOn === null ? [] : [`whose last day is ${endsOn}`],
    ...isKept(section, input) ? ["kept from an earlier run"] : [],
  ].join(", ");
  return because("in-block", message, { provider, model, upstream, endsOn });
}

/** A model whose own name is taken: whichever of its names is asked about. */
function substituteFor(held: Held, input: WhyInput): string {
  const { name } = held.entry;
  return name === input.name
    ? `so called because ${shown(ownName(held, input))} is taken`
    : `which is in the block as ${shown(name)}`;
}

/** `xAI's`, `Fireworks'`. */
function ofTitle(title: string): string {
  return title.endsWith("s") ? `${title}'` : `${title}'s`;
}

/** The provider that LiteLLM turns to first for the name. */
function leaderOf(
  { entry }: Held,
  input: WhyInput,
): ReturnType<typeof providerOf> | undefined {
  const leader = heldAfter(input).find((one) =>
    one.entry.name === entry.name && turnOf(one.entry) < turnOf(entry)
  );
  return leader && providerOf(leader.section, input);
}
