/**
 * Where a name comes from, or why it is not in the block: all that is known of
 * it, the most relevant first. Pure.
 *
 * @module
 */

import { keyOf } from "../advice/failure_hint.ts";
import { sourceOf } from "../catalog/offer.ts";
import { undatedName } from "../providers/claude.ts";
import { shown } from "../text/key_look.ts";
import { counted } from "../text/plural.ts";
import { nearestFew } from "../text/suggest_several.ts";
import { absentAlias, followedBy } from "./aliases.ts";
import { blockReasons, findHeld, substitutesFor } from "./block.ts";
import {
  heldAfter,
  heldBefore,
  providerOf,
  skippedAs,
  type WhyInput,
} from "./input.ts";
import { listedReasons, unique } from "./lists.ts";
import { because, type Explanation, type Reason, REASONS } from "./reasons.ts";
import { retiredReasons } from "./retired.ts";
import { silentReasons } from "./silent.ts";
import { callersOf, covering, handWritten } from "./user_config.ts";

/** So many names are proposed at most. */
const MAX_NEAREST = 3;

/** Explains the name. */
export function explain(input: WhyInput): Explanation {
  const { name } = input;
  const held = findHeld(heldAfter(input), input);
  const inBlock = held.length > 0;
  const known = inBlock ? blockReasons(held, input) : knownOf(input);
  const others = inBlock ? [] : unknownOf(known, input);
  const names = [...new Set(held.map(({ entry }) => entry.name))];
  return {
    ...{ name, inBlock, names },
    // A model that a run would rename is not yet there by its new name.
    onDisk: findHeld(heldBefore(input), input)
      .some(({ entry }) => !inBlock || names.includes(entry.name)),
    reasons: unique([...known, ...others])
      .toSorted((a, b) => rankOf(a) - rankOf(b)),
    nearest: known.length > 0 ? [] : namesNear(input),
  };
}

function rankOf({ reason }: Reason): number {
  return REASONS.indexOf(reason);
}

/** What the config, the settings, the lists and the table say of a name. */
function knownOf(input: WhyInput): Reason[] {
  const { name } = input;
  const taken = handWritten(name, input);
  const cased = otherCase(input);
  if (cased.length > 0) return [...taken, ...cased];
  const substitutes = substitutesFor(input);
  const lists = listedReasons(input);
  const listed = lists.length > 0 ? lists : retiredReasons(input);
  const isCovered = listed.some(({ reason }) => reason === "wildcard");
  const isOffered = substitutes.length > 0 ||
    skippedAs(name, input) === "wildcard";
  const known = [
    ...taken,
    ...callersOf(name, input),
    ...absentAlias(input),
    ...taken.length > 0 || isCovered ? [] : covering([name], isOffered, input),
    ...blockReasons(substitutes, input),
    ...listed,
  ];
  // That OpenRouter has it, too, explains nothing where something else does.
  const others = known.filter(({ reason }) => reason !== "other-maker");
  return others.length > 0 ? others : known;
}

/** LiteLLM takes capitals and small letters for different names. */
function otherCase(input: WhyInput): Reason[] {
  const name = input.name.toLowerCase();
  const found = heldAfter(input)
    .find(({ entry }) => entry.name.toLowerCase() === name);
  if (!found || found.entry.name === input.name) return [];
  const message = "names are case-sensitive";
  const hint = `use ${shown(found.entry.name)}, which is in the block`;
  return [because("other-case", message, { hint })];
}

/** Who could know more of the name, and did not say. */
function unknownOf(known: readonly Reason[], input: WhyInput): Reason[] {
  if (known.some(({ reason }) => reason === "other-case")) return [];
  // Another provider may well have what those that are on do not offer.
  const isElsewhere = known.every(({ reason }) => reason === "other-maker");
  const isFound = known.length > 0;
  const silent = silentReasons(followedBy(input), isFound, input)
    .filter(({ reason }) => isElsewhere || reason !== "not-enabled");
  return isFound ? silent : [...silent, notListed(input)];
}

/** Who answered and has nothing of that name. */
function notListed(input: WhyInput): Reason {
  const titles = input.outcomes.filter(({ kind }) => kind === "answered")
    .map(({ provider }) => providerOf(provider, input).title);
  const [first] = titles;
  const who = titles.length > 4
    ? `none of ${titles.length} providers lists it`
    : titles.length > 1
    ? `none of ${titles.join(", ")} lists it`
    : `${first} does not list it`;
  return because(
    "not-listed",
    first !== undefined
      ? who
      : input.outcomes.length === 0
      ? "no provider was asked"
      : "no provider returned a model list that could be used",
    { hint: hiddenHint(input) },
  );
}

/** OpenRouter's list has no word of what the key's settings leave out. */
function hiddenHint({ outcomes, settings }: WhyInput): string | null {
  const hints = outcomes.flatMap((outcome) => {
    const source = sourceOf(outcome.provider, settings.sources);
    if (outcome.kind !== "answered" || !source?.provider.keyInfo) return [];
    const hidden = (outcome.notForKey ?? 0) - (outcome.withheld?.size ?? 0);
    const { title, keyInfo: { page } } = source.provider;
    const where = `see the privacy settings and guardrails at ${page}`;
    const more = counted(hidden, "more model");
    return hidden > 0
      ? [`${title} has ${more} that ${keyOf(source)} may not call; ${where}`]
      : [];
  });
  return hints[0] ?? null;
}

/** Names that LiteLLM answers, near to one that is not among them. */
function namesNear(input: WhyInput): string[] {
  const { name } = input;
  const { names } = input.config.userEntries;
  const held = heldAfter(input).map(({ entry }) => entry.name);
  const known = [...new Set([...held, ...names])]
    .filter((one) => one !== name && !one.includes("*"));
  const plain = undatedName(name) ?? name.replace(/^claude\//, "");
  return known.includes(plain) ? [plain] : nearestFew(name, known, MAX_NEAREST);
}
