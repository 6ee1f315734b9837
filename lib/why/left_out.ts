/**
 * Why a chat model that a provider lists is not in the block: in the order in
 * which a run decides, which is that of `catalog/select.ts` and `names.ts`.
 *
 * @module
 */

import { STAND_IN } from "../catalog/first_choice.ts";
import { nameIn, type Source } from "../catalog/offer.ts";
import { isOffered, isUnwantedPrice, tooDear } from "../catalog/select.ts";
import { hasEnded } from "../providers/lifecycle.ts";
import { type Model, plainId, type Price } from "../providers/provider.ts";
import { matches, matchesAny } from "../text/glob.ts";
import { shown } from "../text/key_look.ts";
import type { Path } from "../yaml/positions.ts";
import {
  heldAfter,
  itOr,
  nameOf,
  pasteHint,
  settingAt,
  type WhyInput,
} from "./input.ts";
import { because, placeOf, type Reason } from "./reasons.ts";
import { listedEnd } from "./retired.ts";
import { callersOf, covering, handWritten } from "./user_config.ts";

/** A chat model of a list. */
export interface Listed {
  readonly model: Model;
  readonly source: Source;
  readonly input: WhyInput;
}

/** Why the model is not in the block; empty where it is there. */
export function leftOut(listed: Listed): Reason[] {
  const { model, source: { provider }, input } = listed;
  if (nameOf(provider, model.id, input) !== undefined) return [];
  const reason = filtered(listed) ?? asVariant(listed) ?? retired(listed) ??
    overLimit(listed);
  return reason ? [reason] : notNamed(listed);
}

function filtered(listed: Listed): Reason | undefined {
  const { model, source: { provider, rules } } = listed;
  const { include, exclude, minContextTokens: least = 0 } = rules;
  const id = plainId(model.id);
  if (!matchesAny(include, id)) {
    return String(include) === String(provider.include)
      ? byDefault(listed)
      : bySetting(["include"], `include has only ${globsOf(include)}`, listed);
  }
  const at = exclude.findIndex((glob) => matches(glob, id));
  if (at >= 0) {
    const what = `exclude has ${shown(exclude[at] ?? "")}`;
    return bySetting(["exclude", at], what, listed);
  }
  const tokens = model.maxInputTokens ?? Infinity;
  return tokens < least
    ? bySetting(
      ["min_context"],
      `it takes ${tokens} tokens, and min_context is ${least}`,
      listed,
    )
    : byPrice(listed);
}

function byPrice(listed: Listed): Reason | undefined {
  const { model, source: { rules } } = listed;
  const part = tooDear(model, rules);
  if (part !== undefined) {
    const most = rules.maxPrice?.[part];
    const what = `${costOf(model, part)}, and max_price is ${most}`;
    return bySetting(["max_price", part], what, listed);
  }
  if (!isUnwantedPrice(model, rules)) return undefined;
  const why = rules.free === "never"
    ? "it costs nothing, and free: never leaves that out"
    : `${costOf(model)}, and free: only takes what costs nothing`;
  return bySetting(["free"], why, listed);
}

function costOf(
  { price }: Model,
  part: keyof Price = price?.input === 0 ? "output" : "input",
): string {
  return price === undefined
    ? "its list states no price for it"
    : `it costs $${price[part]} per million ${part} tokens`;
}

/** A line of `discover.yaml` leaves the model out. */
function bySetting(path: Path, what: string, listed: Listed): Reason {
  const { model, source: { provider: { id } }, input } = listed;
  const at = settingAt(input, ["providers", id, ...path]);
  const message = `${rowOf(listed)}, but ${what} (${placeOf(at)})`;
  const hint = "change that line to add it";
  return because("filtered", message, {
    provider: id,
    model: model.id,
    at,
    hint,
  });
}

function rowOf({ model, source: { provider }, input }: Listed): string {
  return `${provider.title} lists ${itOr(model.id, input)}`;
}

function globsOf(globs: readonly string[]): string {
  return globs.map((glob) => shown(glob)).join(", ");
}

/** The user set no `include`. */
function byDefault(listed: Listed): Reason {
  const { model, source: { provider: { id }, rules: { include } } } = listed;
  const isOther = id === STAND_IN;
  const taken = isOther
    ? "only Anthropic's models are taken from it"
    : `only ${globsOf(include)} is taken from it`;
  const globs = [...include, plainId(model.id)]
    .map((glob) => JSON.stringify(shown(glob)));
  const message = `${rowOf(listed)}, but ${taken} by default`;
  return because(isOther ? "other-maker" : "filtered", message, {
    ...{ provider: id, model: model.id },
    hint: pasteHint(ADD, id, `include: [${globs.join(", ")}]`),
  });
}

const ADD = "to add it, set this in discover.yaml";

function asVariant(listed: Listed): Reason | undefined {
  const { model: { id: model, variant }, source } = listed;
  const { provider: { id: provider }, rules } = source;
  if (variant === undefined || isOffered(listed.model, rules)) return undefined;
  const { variants } = rules;
  const setting = `variants: [${[...variants, variant].join(", ")}]`;
  const message = `${
    rowOf(listed)
  }, but as a variant ("${variant}"), added only on request`;
  const hint = pasteHint(ADD, provider, setting);
  return because("variant", message, { provider, model, hint });
}

function retired({ model, source, input }: Listed): Reason | undefined {
  const { provider, rules: { keepRetired } } = source;
  return !keepRetired && hasEnded(model, input.settings.today)
    ? listedEnd(provider.id, model, input)
    : undefined;
}

function overLimit(listed: Listed): Reason | undefined {
  const { model, source: { provider, rules: { limit } }, input } = listed;
  const { models } = input.catalog?.selections.get(provider.id) ?? {};
  const isOver = limit !== undefined &&
    !models?.some(({ id }) => id === model.id);
  return isOver
    ? bySetting(["limit"], `limit: ${limit} takes only the newest`, listed)
    : undefined;
}

/** It is wanted, but its name is not to be had. */
function notNamed(listed: Listed): Reason[] {
  const { model, source, input } = listed;
  const { provider: { id, prefix } } = source;
  const name = nameIn(source, model.id);
  const names = [name, `discover:${id}/${model.id}`];
  const found = [
    ...handWritten(name, input),
    ...input.settings.overWildcards ? [] : covering(names, true, input),
    ...callersOf(prefix + model.id, input),
  ];
  if (found.length > 0) return found;
  const holder = heldAfter(input).find(({ entry }) => entry.name === name);
  if (!holder) return [];
  const message = `${rowOf(listed)}, but the name ${shown(name)} belongs to ` +
    shown(holder.entry.model);
  const hint = `set another name for one of the two providers in discover.yaml`;
  return [because("taken", message, { provider: id, model: model.id, hint })];
}
