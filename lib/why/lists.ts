/**
 * What the lists of the providers that answered say of a name that is not in the
 * block.
 *
 * @module
 */

import { type Source, sourceOf } from "../catalog/offer.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { namesIn } from "../fetch/rows.ts";
import { useOf } from "./other_use.ts";
import type { Reading } from "../providers/provider.ts";
import type { Reason } from "./reasons.ts";
import { leftOut } from "./left_out.ts";
import { heldAfter, isCalled, providerName, type WhyInput } from "./input.ts";

type Answer = Outcome & { readonly kind: "answered" };

/** One list has at most so much to say of a name. */
const MAX_ROWS = 3;

/** What each list says of a name. */
export function listedReasons(name: string, input: WhyInput): Reason[] {
  return input.outcomes.flatMap((outcome) => {
    const source = sourceOf(outcome.provider, input.settings.sources);
    if (outcome.kind !== "answered" || !source) return [];
    return reasonsIn(name, { source, outcome, input }).slice(0, MAX_ROWS);
  });
}

/** One list, and all that it is looked at with. */
interface ListContext {
  readonly source: Source;
  readonly outcome: Answer;
  readonly input: WhyInput;
}

function reasonsIn(name: string, context: ListContext): Reason[] {
  const { source, outcome: { models, listing = [] } } = context;
  const ofModels = models.filter(({ id }) => isCalled(name, source, id))
    .flatMap((model) => leftOut(model, source, context.input));
  if (ofModels.length > 0) return ofModels;
  const ofRows = listing.flatMap((row) => rowReason(name, row, context) ?? []);
  const names = ofRows.filter(({ kind }) => kind === "other-name");
  // A model's batch row has the same other names.
  return unique(names.length > 0 ? names : ofRows);
}

/** A row that became no model, or that has the name next to its id. */
function rowReason(
  name: string,
  row: unknown,
  { source, outcome: { models }, input }: ListContext,
): Reason | undefined {
  const reading = source.provider.read(row);
  const provider = providerName(source.provider.id, input);
  if (reading.kind === "chat") {
    const { id } = reading.model;
    const isOffered = models.some((model) => model.id === id);
    if (!isOffered && isCalled(name, source, id)) {
      return { kind: "not-chat", provider, model: id };
    }
    return isOffered && namesIn(row).includes(name) && id !== name
      ? otherName(id, source, input)
      : undefined;
  }
  const [id = "", ...others] = namesIn(row);
  return isCalled(name, source, id) || others.includes(name)
    ? { provider, model: id, ...dropped(reading, row, id) }
    : undefined;
}

function dropped(
  { kind }: Exclude<Reading, { readonly kind: "chat" }>,
  row: unknown,
  id: string,
): { readonly kind: "not-chat" | "ambiguous-maker" | "malformed" } {
  if (kind !== "ineligible") return { kind };
  const use = useOf(row, id);
  return { kind: "not-chat", ...(use && { use }) };
}

function otherName(id: string, source: Source, input: WhyInput): Reason {
  const upstream = source.provider.prefix + id;
  const held = heldAfter(input).find(({ section, entry }) =>
    section === source.provider.id && entry.model === upstream
  );
  return {
    kind: "other-name",
    provider: providerName(source.provider.id, input),
    model: id,
    ...(held && { name: held.entry.name }),
  };
}

/** Each once: several rows may have one id, and several names lead to one row. */
export function unique(reasons: readonly Reason[]): Reason[] {
  const byText = new Map(
    reasons.map((reason) => [JSON.stringify(reason), reason]),
  );
  return [...byText.values()];
}
