/**
 * A reason of `--why` as a sentence without a final period, and what to do.
 *
 * @module
 */

import { PROVIDERS } from "../providers/table.ts";
import { shown } from "../text/key_look.ts";
import { counted } from "../text/plural.ts";
import type { InAliases, InBlock, Reason } from "./reasons.ts";
import { listedWords } from "./listed_words.ts";
import { type Of, pasteHint, placeOf, type ReasonWords } from "./word_parts.ts";

/** The words for a reason. */
export function wordsOf(reason: Reason): ReasonWords {
  switch (reason.kind) {
    case "in-block":
      return { text: inBlock(reason) };
    case "alias":
    case "alias-off":
    case "alias-no-target":
      return { text: aliasWords(reason) };
    case "by-hand":
      return byHand(reason);
    case "wildcard":
      return wildcard(reason);
    case "other-case":
      return {
        text: `names are case-sensitive: the block has ${shown(reason.name)}`,
      };
    case "turned-off":
    case "not-enabled":
    case "not-asked":
    case "provider-failed":
    case "no-key":
    case "not-listed":
      return unasked(reason);
    default:
      return listedWords(reason);
  }
}

function inBlock(reason: InBlock): string {
  const { provider: { title }, model, name, upstream } = reason;
  const { standsInFor, secondNameOf, insteadOf, endsOn, isKept } = reason;
  const notes = [
    secondNameOf && `a second name of ${shown(secondNameOf)}`,
    insteadOf && `named ${shown(name)} since ${shown(insteadOf)} is taken`,
    standsInFor && `stands in while ${standsInFor} fails`,
    endsOn && `its last day is ${endsOn}`,
    reason.isKeyRejected && `but ${title} rejected the API key`,
    isKept && "kept from an earlier run",
  ];
  return [
    `${title} ${isKept ? "listed" : "lists"} it as ${shown(model)}`,
    `LiteLLM calls ${shown(upstream)}`,
    ...notes.filter((note) => typeof note === "string"),
  ].join("; ");
}

function aliasWords(
  reason: InAliases | Of<"alias-off"> | Of<"alias-no-target">,
): string {
  if (reason.kind === "alias-off") {
    return `discover.yaml turns this alias off (${placeOf(reason.at)})`;
  }
  const { follows, at } = reason;
  const whose = at ? `alias from ${placeOf(at)}` : "default alias";
  if (reason.kind === "alias-no-target") {
    return `the ${whose} follows ${
      globsOf(follows)
    }, which no model of this run matches`;
  }
  const { passedOver, upstream, isKept } = reason;
  const end = passedOver?.endsOn ? `, last day ${passedOver.endsOn}` : "";
  return `${whose} for the newest of ${globsOf(follows)}; now ${
    shown(upstream)
  }` + (passedOver ? ` (not ${passedOver.model}${end})` : "") +
    (isKept ? "; kept from an earlier run" : "");
}

/** The first says enough. */
function globsOf([first = "", ...others]: readonly string[]): string {
  const more = others.length === 0
    ? ""
    : ` (or of ${counted(others.length, "more glob")})`;
  return shown(first) + more;
}

function byHand({ as, at, entry, upstream }: Of<"by-hand">): ReasonWords {
  const where = placeOf(at);
  const calls = upstream === undefined ? "" : ` (it calls ${shown(upstream)})`;
  switch (as) {
    case "model_name":
      return {
        text: `taken by hand on ${where}${calls}: discover leaves that name ` +
          "to your entry",
      };
    case "litellm_params.model":
      return {
        text: `your entry "${shown(entry ?? "")}" on ${where} calls ` +
          `${shown(upstream ?? "")}: discover adds no other entry that would ` +
          "share its calls",
      };
    default:
      return {
        text: `taken by hand as ${as} on ${where}: discover leaves that name ` +
          "to your config",
      };
  }
}

function wildcard(
  { wildcard, at, isOffered }: Of<"wildcard">,
): ReasonWords {
  return {
    text:
      `your wildcard "${shown(wildcard)}" on ${placeOf(at)} answers calls ` +
      "to it",
    ...(isOffered && {
      hint: "set over_wildcards: true in discover.yaml to add it anyway; it " +
        "then takes those calls",
    }),
  };
}

function unasked(
  reason: Of<
    | "turned-off"
    | "not-enabled"
    | "not-asked"
    | "provider-failed"
    | "no-key"
    | "not-listed"
  >,
): ReasonWords {
  switch (reason.kind) {
    case "turned-off":
      return {
        text: `${reason.provider.title} is disabled (${placeOf(reason.at)})`,
      };
    case "not-enabled":
      return notEnabled(reason);
    case "not-asked":
      return { text: `${reason.provider.title} was left out by --only` };
    case "provider-failed":
    case "no-key": {
      const { provider: { title }, message, hint } = reason;
      return { text: `${title}: ${message}`, ...(hint && { hint }) };
    }
    case "not-listed":
      return { text: notListed(reason.providers) };
  }
}

function notEnabled(
  { provider, keyVariables: [variable] }: Of<"not-enabled">,
): ReasonWords {
  const text = `${provider.title} is not enabled`;
  // A server of the user's needs more than its name.
  if (!PROVIDERS.some(({ id }) => id === provider.id)) return { text };
  const key = variable === undefined ? "" : `, and ${variable} to its key`;
  return {
    text,
    hint: pasteHint(provider, "", `to ask it, set this in discover.yaml${key}`),
  };
}

function notListed(titles: readonly string[]): string {
  const [first] = titles;
  if (first === undefined) return "no provider returned a model list";
  if (titles.length === 1) return `${first} answered, and does not list it`;
  const who = titles.length > 4
    ? `${titles.length} providers`
    : titles.join(", ");
  return `${who} answered, and none of them lists it`;
}
