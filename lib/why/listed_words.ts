/**
 * What a provider's list says of a name, in words: a part of `words.ts`.
 *
 * @module
 */

import type { Use } from "./other_use.ts";
import { LIFECYCLE_DATE } from "../providers/lifecycle_table.ts";
import { shown } from "../text/key_look.ts";
import type { InBlock, Reason } from "./reasons.ts";
import {
  includeHint,
  type Of,
  pasteHint,
  placeOf,
  type ReasonWords,
} from "./word_parts.ts";

type RowReason = Exclude<
  Extract<Reason, { readonly model: string }>,
  InBlock
>;

/** The words for a reason that is a row of a provider's list. */
export function listedWords(reason: RowReason): ReasonWords {
  const { provider, model } = reason;
  const row = `${provider.title} lists ${shown(model)}`;
  switch (reason.kind) {
    case "retired":
      return retired(reason);
    case "filtered":
      return filtered(reason, row);
    case "other-maker":
      return {
        text: `${row}, and only Anthropic's models are taken from it`,
        hint: includeHint(provider, ["anthropic/*"], model),
      };
    case "variant":
      return {
        text:
          `${row}, a variant ("${reason.variant}") that is added only when ` +
          "asked for",
        hint: pasteHint(
          provider,
          `variants: [${[...reason.variants, reason.variant].join(", ")}]`,
        ),
      };
    case "not-chat":
      return {
        text: reason.use === undefined
          ? `${row}, but not as a chat model`
          : `${row}, which ${
            USE_WORDS[reason.use]
          }: only chat models are added`,
      };
    case "ambiguous-maker":
      return { text: `${row}, but its row names another maker` };
    case "malformed":
      return { text: `${row}, an id that no config may hold` };
    case "other-name":
      return {
        text: `${provider.title} lists it as another name of ${shown(model)}`,
        ...(reason.name !== undefined && {
          hint: `the block has it as ${shown(reason.name)}`,
        }),
      };
    case "taken":
      return {
        text: `${row}, but the block gives that name to ${shown(reason.by)}`,
      };
  }
}

const USE_WORDS: Readonly<Record<Use, string>> = {
  images: "makes images",
  video: "makes videos",
  audio: "is for speech or sound",
  embeddings: "makes embeddings",
  ranking: "ranks texts",
  moderation: "moderates texts",
  documents: "reads documents",
  batch: "answers batch requests alone",
};

function retired(reason: Of<"retired">): ReasonWords {
  const { provider: { id, title }, model, endsOn, source } = reason;
  const when = endsOn === undefined ? "" : ` on ${endsOn}`;
  const says = source === "list"
    ? "by its own list"
    : `as known on ${LIFECYCLE_DATE}`;
  return {
    text: `${title} shut down ${shown(model)}${when} (${says})` +
      successorOf(reason),
    ...(reason.isListed && {
      hint:
        `it is still listed: retired: keep for ${id} in discover.yaml adds ` +
        "it anyway",
    }),
  };
}

function successorOf(
  { successor, successorName }: Of<"retired">,
): string {
  if (successor === undefined) return "";
  const name = successorName === successor ? "" : ` as ${successorName}`;
  const here = successorName === undefined
    ? ""
    : `, which the block has${name}`;
  return `; its successor is ${shown(successor)}${here}`;
}

function filtered(
  { provider, model, filter, at }: Of<"filtered">,
  row: string,
): ReasonWords {
  const where = at === undefined ? "" : ` (${placeOf(at)})`;
  switch (filter.by) {
    case "include": {
      const globs = filter.globs.map((glob) => shown(glob)).join(", ");
      return at === undefined
        ? {
          text: `${row}, and only ${globs} is taken from it by default`,
          hint: includeHint(provider, filter.globs, model),
        }
        : { text: `${row}, which include does not match: ${globs}${where}` };
    }
    case "exclude":
      return {
        text: `${row}, which exclude leaves out: ${shown(filter.glob)}${where}`,
      };
    case "min_context":
      return {
        text: `${row} with ${filter.tokens} tokens, fewer than min_context: ` +
          `${filter.least}${where}`,
      };
    case "limit":
      return {
        text: `${row}, which is not among the newest of limit: ` +
          `${filter.count}${where}`,
      };
  }
}
