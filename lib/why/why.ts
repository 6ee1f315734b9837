/**
 * Where a name comes from, or why it is not in the block: all that is known of
 * it, the most relevant first. Pure.
 *
 * @module
 */

import { undatedName } from "../providers/claude.ts";
import type { Explanation, Reason } from "./reasons.ts";
import { nearestFew } from "../text/suggest.ts";
import { blockReasons, findHeld, followsOf, substitutesFor } from "./block.ts";
import { callersOf, covering, handWritten } from "./user_config.ts";
import {
  aliasRule,
  type Held,
  heldAfter,
  heldBefore,
  settingAt,
  type WhyInput,
} from "./input.ts";
import { listedReasons, unique } from "./listed.ts";
import { retiredReasons } from "./retired.ts";
import { silentReasons } from "./unlisted.ts";

/** So many names are proposed at most. */
const MAX_NEAREST = 3;

/** Explains a name: as clients send it, a provider's id, or LiteLLM's name. */
export function explain(name: string, input: WhyInput): Explanation {
  const held = findHeld(name, heldAfter(input), input);
  const isInBlock = held.length > 0;
  const reasons = isInBlock ? blockReasons(held, input) : absence(name, input);
  const isKnown = reasons.some(({ kind }) => !UNSURE.includes(kind));
  return {
    name,
    isInBlock,
    isOnDisk: findHeld(name, heldBefore(input), input).length > 0,
    names: [...new Set(held.map(({ entry }) => entry.name))],
    reasons,
    nearest: isKnown ? [] : namesNear(name, input),
  };
}

/** Reasons that do not say that the name is one. */
const UNSURE: readonly Reason["kind"][] = [
  "turned-off",
  "not-asked",
  "provider-failed",
  "no-key",
  "not-enabled",
  "not-listed",
  "alias-no-target",
];

/** The kinds of reasons, the most relevant first; others keep their order. */
const ORDER: readonly Reason["kind"][] = [
  "by-hand",
  "wildcard",
  "in-block",
  "alias",
  "other-case",
  "alias-off",
  "alias-no-target",
  "retired",
  "filtered",
  "variant",
  "other-name",
  "other-maker",
  "not-chat",
  "taken",
  "ambiguous-maker",
  "malformed",
  "turned-off",
  "not-asked",
  "provider-failed",
  "no-key",
  "not-listed",
  "not-enabled",
];

function absence(name: string, input: WhyInput): Reason[] {
  const known = knownOf(name, input);
  const silent = known.some(({ kind }) => kind === "other-case")
    ? []
    : silentReasons(name, followedBy(name, input), known.length > 0, input)
      .filter(({ kind }) => kind !== "not-enabled" || isElsewhere(known));
  const all = unique([...known, ...silent, ...unlisted(known, input)]);
  return all.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/** What the config, the settings, the lists and the table say of a name. */
function knownOf(name: string, input: WhyInput): Reason[] {
  const taken = handWritten(name, input);
  const own = [
    ...taken,
    ...callersOf(name, input),
    ...ofAlias(name, input),
    ...otherCase(name, input),
  ];
  const substitutes = substitutesFor(name, input);
  const lists = listedReasons(name, input);
  const listed = lists.length > 0 ? lists : retiredReasons(name, input);
  const isCovered = listed.some(({ kind }) => kind === "wildcard");
  const covered = taken.length > 0 || isCovered
    ? []
    : covering([name], isOffered(name, substitutes, input), input);
  const others = blockReasons(substitutes, input);
  return [...own, ...covered, ...others, ...listed];
}

function otherCase(name: string, input: WhyInput): Reason[] {
  const found = heldAfter(input).find(({ entry }) =>
    entry.name !== name && entry.name.toLowerCase() === name.toLowerCase()
  );
  return found ? [{ kind: "other-case", name: found.entry.name }] : [];
}

/** Whether another provider may well have what those that are on do not offer. */
function isElsewhere(known: readonly Reason[]): boolean {
  return known.every(({ kind }) => kind === "other-maker");
}

/** Who answered and knows nothing of it, where nobody does. */
function unlisted(
  known: readonly Reason[],
  { outcomes, settings: { sources } }: WhyInput,
): Reason[] {
  if (known.length > 0) return [];
  const answered = outcomes.filter(({ kind }) => kind === "answered");
  const providers = sources.map(({ provider }) => provider)
    .filter(({ id }) => answered.some(({ provider }) => provider === id))
    .map(({ title }) => title);
  return [{ kind: "not-listed", providers }];
}

/** An alias that the block has not, and nobody else. */
function ofAlias(name: string, input: WhyInput): Reason[] {
  const isOwn = input.settings.ownAliases.has(name);
  const at = settingAt(input, ["aliases", name]);
  if (!aliasRule(name, input)) return isOwn ? [{ kind: "alias-off", at }] : [];
  if (skippedAs(name, input) !== undefined) return [];
  const follows = followsOf(name, input);
  return [{ kind: "alias-no-target", follows, ...(isOwn && { at }) }];
}

/** Whether a wildcard alone keeps a model from having the name. */
function isOffered(
  name: string,
  substitutes: readonly Held[],
  input: WhyInput,
): boolean {
  return substitutes.length > 0 || skippedAs(name, input) === "wildcard";
}

/** Why a run found the name and does not write it. */
function skippedAs(name: string, { catalog }: WhyInput): string | undefined {
  return catalog?.skipped.find((one) => one.name === name)?.reason;
}

/** The providers that an alias of this name follows. */
function followedBy(name: string, input: WhyInput): ReadonlySet<string> {
  const { families = [] } = aliasRule(name, input) ?? {};
  return new Set(families.map(({ provider }) => provider));
}

/** Names that LiteLLM answers, near to one that is not among them. */
function namesNear(name: string, input: WhyInput): string[] {
  const { names } = input.config.userEntries;
  const held = heldAfter(input).map(({ entry }) => entry.name);
  const known = [...new Set([...held, ...names])]
    .filter((one) => one !== name && !one.includes("*"));
  const plain = undatedName(name) ?? name.replace(/^claude\//, "");
  return known.includes(plain) ? [plain] : nearestFew(name, known, MAX_NEAREST);
}
