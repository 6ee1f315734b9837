/**
 * What the lists of the providers that answered say of a name that is not in the
 * block.
 *
 * @module
 */

import { keyOf, pageOf } from "../advice/failure_hint.ts";
import { type Source, sourceOf } from "../catalog/offer.ts";
import { namesIn } from "../fetch/rows.ts";
import type { Provider } from "../providers/provider.ts";
import { shown } from "../text/key_look.ts";
import { itOr, nameOf, type WhyInput } from "./input.ts";
import { leftOut } from "./left_out.ts";
import { useOf } from "./other_use.ts";
import { because, type Reason } from "./reasons.ts";
import { isCalled } from "./spellings.ts";

/** One list has at most so much to say of a name. */
const MAX_ROWS = 3;

/** What each list says of a name. */
export function listedReasons(input: WhyInput): Reason[] {
  const { name } = input;
  return input.outcomes.flatMap((outcome) => {
    const source = sourceOf(outcome.provider, input.settings.sources);
    if (outcome.kind !== "answered" || !source) return [];
    const { models, listing, withheld } = outcome;
    const ofModels = models.filter(({ id }) => isCalled(name, source, id))
      .flatMap((model) => leftOut({ model, source, input }));
    const ids = new Set(models.map(({ id }) => id));
    const found = ofModels.length > 0
      ? ofModels
      : listing.flatMap((row) =>
        rowReason(row, { ids, withheld }, source, input)
      );
    const names = found.filter(({ reason }) => reason === "other-name");
    // A model's batch row has the same other names.
    return unique(names.length > 0 ? names : found).slice(0, MAX_ROWS);
  });
}

/** The ids of a list's models, and of those that the key may not call. */
interface Ids {
  readonly ids: ReadonlySet<string>;
  readonly withheld: ReadonlySet<string> | undefined;
}

/** A row that became no model, or that has the name next to its id. */
function rowReason(
  row: unknown,
  { ids, withheld }: Ids,
  source: Source,
  input: WhyInput,
): Reason[] {
  const { name } = input;
  const { provider } = source;
  const reading = provider.read(row);
  const [first = "", ...others] = namesIn(row);
  const model = reading.kind === "chat" ? reading.model.id : first;
  if (ids.has(model) && reading.kind === "chat") {
    const isOther = model !== name && [first, ...others].includes(name);
    return isOther ? [otherName(model, provider, input)] : [];
  }
  if (!isCalled(name, source, model) && !others.includes(name)) return [];
  if (withheld?.has(model)) return [notForKey(model, source, input)];
  const isOdd = reading.kind === "ambiguous-maker" ||
    reading.kind === "malformed";
  const what = isOdd ? ODD[reading.kind] : useOf(row, model);
  const message = `${provider.title} lists ${itOr(model, input)}, but ${what}`;
  return [because(isOdd ? reading.kind : "not-chat", message, {
    ...{ provider: provider.id, model },
    hint: "to have it, add an entry of your own to model_list",
  })];
}

/** It is listed, and the key may call others only. */
function notForKey(model: string, source: Source, input: WhyInput): Reason {
  const { provider } = source;
  const message =
    `${provider.title} lists ${itOr(model, input)}, but its key ` +
    "may not call it";
  const hint = `allow it for ${keyOf(source)}${pageOf(provider)}`;
  return because("not-for-key", message, {
    ...{ provider: provider.id, model, hint },
  });
}

const ODD = {
  "ambiguous-maker": "its row names another maker",
  malformed: "an id like that is written into no config",
} as const;

function otherName(
  model: string,
  provider: Provider,
  input: WhyInput,
): Reason {
  const held = nameOf(provider, model, input);
  const message = `${provider.title} lists it as another name of ${
    shown(model)
  }`;
  return because("other-name", message, {
    ...{ provider: provider.id, model },
    hint: held === undefined ? null : `use ${shown(held)}`,
  });
}

/** Each once: several rows may have one id, and several names lead to one row. */
export function unique(reasons: readonly Reason[]): Reason[] {
  const byText = new Map(
    reasons.map((reason) => [JSON.stringify(reason), reason]),
  );
  return [...byText.values()];
}
