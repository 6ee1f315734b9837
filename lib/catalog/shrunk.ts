/**
 * Whether a list can be believed. A provider that lost most of its models
 * overnight more likely has an outage, or another key: its earlier models stay
 * until somebody accepts the list.
 *
 * @module
 */

import type { PreviousBlock } from "../block/previous.ts";
import { countModels, type Section } from "../block/format.ts";
import { factsOf } from "../block/read_entry.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { type Source, sourceOf } from "./offer.ts";

/** At least so many models fewer: a short list may well change as a whole. */
const MIN_LOSS = 10;

/**
 * The outcome; as a failure, where it lists fewer than a fifth of the models of
 * the provider's section, whatever the filters leave of them. The section of
 * another server says nothing about this one's list.
 */
export function doubtShrunk(
  outcome: Outcome,
  { sections }: PreviousBlock,
  sources: readonly Source[],
): Outcome {
  const { provider, elapsedMs } = outcome;
  const section = sections.get(provider);
  const source = sourceOf(provider, sources);
  if (outcome.kind === "failed" || !section || !source) return outcome;
  // What the provider says of the key is no outage.
  const listed = outcome.models.length + (outcome.withheld?.size ?? 0);
  const earlier = countModels(section.entries);
  const isShrunk = listed * 5 < earlier && earlier - listed >= MIN_LOSS;
  if (!isShrunk || source.acceptsShrink || isElsewhere(source, section)) {
    return outcome;
  }
  const failure = { reason: "shrunk", counts: { listed, earlier } } as const;
  return { kind: "failed", provider, elapsedMs, failure };
}

/** Whether the entries of an earlier run call another address. */
function isElsewhere({ apiBase }: Source, { entries }: Section): boolean {
  const [first] = entries;
  return first !== undefined && factsOf(first)?.apiBase !== apiBase;
}
