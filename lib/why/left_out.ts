/**
 * Why a chat model that a provider lists is not in the block: in the order in
 * which a run decides, which is that of `catalog/select.ts` and `names.ts`.
 *
 * @module
 */

import { nameIn, type Source } from "../catalog/offer.ts";
import type { SelectionRules } from "../catalog/select.ts";
import { STAND_IN } from "../catalog/first_choice.ts";
import { hasEnded } from "../providers/lifecycle.ts";
import type { Model } from "../providers/provider.ts";
import type { Filter, Reason } from "./reasons.ts";
import { matches, matchesAny } from "../text/glob.ts";
import type { Path } from "../yaml/positions.ts";
import { endOf } from "./retired.ts";
import { callersOf, covering, handWritten } from "./user_config.ts";
import { heldAfter, providerName, settingAt, type WhyInput } from "./input.ts";

/** Why the model is not in the block; empty where it is there. */
export function leftOut(
  model: Model,
  source: Source,
  input: WhyInput,
): Reason[] {
  const isHeld = heldAfter(input).some(({ section, entry }) =>
    section === source.provider.id &&
    entry.model === source.provider.prefix + model.id
  );
  if (isHeld) return [];
  const chosen = notChosen(model, source, input);
  return chosen ? [chosen] : notNamed(model, source, input);
}

/** What the filters say, as `selectModels()` applies them. */
function notChosen(
  model: Model,
  source: Source,
  input: WhyInput,
): Reason | undefined {
  const { provider, rules } = source;
  const listed = {
    provider: providerName(provider.id, input),
    model: model.id,
  };
  const filter = filterOf(model, rules);
  if (filter) {
    const isDefault = filter.by === "include" &&
      String(rules.include) === String(provider.include);
    if (isDefault && provider.id === STAND_IN) {
      return { kind: "other-maker", ...listed };
    }
    const path = settingOf(filter, rules);
    const at = isDefault
      ? {}
      : { at: settingAt(input, ["providers", provider.id, ...path]) };
    return { kind: "filtered", ...listed, filter, ...at };
  }
  const { variant } = model;
  if (variant !== undefined && !rules.variants.includes(variant)) {
    return { kind: "variant", ...listed, variant, variants: rules.variants };
  }
  return retired(model, source, input) ?? limited(model, source, input);
}

function filterOf(model: Model, rules: SelectionRules): Filter | undefined {
  const id = model.id.replace(/^~/, "");
  if (!matchesAny(rules.include, id)) {
    return { by: "include", globs: rules.include };
  }
  const glob = rules.exclude.find((one) => matches(one, id));
  if (glob !== undefined) return { by: "exclude", glob };
  const { minContextTokens: least = 0 } = rules;
  const tokens = model.maxInputTokens ?? Infinity;
  return tokens < least ? { by: "min_context", tokens, least } : undefined;
}

/** Where in a provider's settings a filter is. */
function settingOf(filter: Filter, { exclude }: SelectionRules): Path {
  return filter.by === "exclude"
    ? [filter.by, exclude.indexOf(filter.glob)]
    : [filter.by];
}

function retired(
  model: Model,
  { provider: { id }, rules }: Source,
  input: WhyInput,
): Reason | undefined {
  if (rules.keepRetired || !hasEnded(model, input.settings.today)) {
    return undefined;
  }
  return { ...endOf(id, model, input), isListed: true };
}

function limited(
  model: Model,
  { provider: { id }, rules: { limit } }: Source,
  input: WhyInput,
): Reason | undefined {
  const { models = [] } = input.catalog?.selections.get(id) ?? {};
  if (limit === undefined || models.some((one) => one.id === model.id)) {
    return undefined;
  }
  return {
    kind: "filtered",
    provider: providerName(id, input),
    model: model.id,
    filter: { by: "limit", count: limit },
    at: settingAt(input, ["providers", id, "limit"]),
  };
}

/** It is wanted, but its name is not to be had. */
function notNamed(model: Model, source: Source, input: WhyInput): Reason[] {
  const { provider } = source;
  const name = nameIn(source, model.id);
  const upstream = provider.prefix + model.id;
  const deployment = `discover:${provider.id}/${model.id}`;
  const found = [
    ...handWritten(name, input),
    ...input.settings.overWildcards
      ? []
      : covering([name, deployment], true, input),
    ...callersOf(upstream, input),
  ];
  if (found.length > 0) return found;
  const holder = heldAfter(input).find(({ entry }) => entry.name === name);
  if (!holder) return [];
  const by = holder.entry.model;
  const listed = {
    provider: providerName(provider.id, input),
    model: model.id,
  };
  return [{ kind: "taken", ...listed, by }];
}
