/**
 * Fallbacks that are the very same upstream model, called with the same key at
 * the same base, as the model that they stand in for: they fail with it.
 *
 * @module
 */

import { deploymentOf, type Entry } from "../../block/entry.ts";
import { statedParameter } from "../../block/entry_lines.ts";
import { isTargetOf, targetIn } from "../../config/call_targets.ts";
import {
  hasAllModels,
  type UserModel,
  userModels,
} from "../../config/user_models.ts";
import { isSameModel } from "../../providers/model_words.ts";
import { type JsonObject, objectField, textField } from "../../text/fields.ts";
import { quoted } from "../../text/key_look.ts";
import type { DoctorInput, Found } from "../input.ts";
import { type FallbackRule, fallbackRules } from "../mentions.ts";

/** One finding for each such fallback of a named model. */
export function sameDeployment(input: DoctorInput): Found[] {
  const { config, environment } = input;
  if (!hasAllModels(config, environment?.valueOf)) return [];
  const deploymentsOf = deploymentsIn(input);
  return fallbackRules(config.merged.value)
    .filter(({ name, isSound }) => isSound && name !== "*")
    .flatMap((rule) => uselessIn(rule, input, deploymentsOf));
}

function uselessIn(
  rule: FallbackRule,
  { ours }: DoctorInput,
  deploymentsOf: DeploymentsOf,
): Found[] {
  const own = deploymentsOf(rule.name);
  return rule.targets.flatMap(({ name, path, hasParameters }) => {
    const others = deploymentsOf(name);
    if (hasParameters || !areAllSame(own, others)) return [];
    return [{
      code: "same-deployment",
      text: `the fallback ${quoted(name)} of ${quoted(rule.name)} is the ` +
        "same model with the same key: it fails for the same reason",
      hint: hintFor(others[0]?.model ?? "", ours),
      at: { path },
    }];
  });
}

/** What answers under a name. */
type Deployment = UserModel | Entry;

type DeploymentsOf = (name: string) => readonly Deployment[];

/** An alias wins over entries of its name; an upstream model is a name last. */
function deploymentsIn({ config, ours }: DoctorInput): DeploymentsOf {
  const router = objectField(config.merged.value, "router_settings");
  const aliases = objectField(router, "model_group_alias");
  const all: readonly Deployment[] = [...userModels(config), ...ours];
  const byName = Map.groupBy(all, ({ name }) => name);
  const byModel = Map.groupBy(all, ({ model }) => model);
  return (name) => {
    const called = textField(aliases, name) ??
      textField(objectField(aliases, name), "model") ?? name;
    return byName.get(called) ?? byModel.get(called) ?? [];
  };
}

/** Of several, LiteLLM may not have tried the one that would have answered. */
function areAllSame(
  own: readonly Deployment[],
  others: readonly Deployment[],
): boolean {
  const [first] = own;
  const [other] = others;
  return first !== undefined && other !== undefined &&
    others.every((one) => areSame(first, one)) &&
    own.every((one) => areSame(one, other));
}

function areSame(a: Deployment, b: Deployment): boolean {
  if (a.model !== b.model || a.model === "") return false;
  if (!("params" in a)) return "params" in b ? isCopy(b, a) : isTwin(a, b);
  return "params" in b ? paramsText(a) === paramsText(b) : isCopy(a, b);
}

/** Whether an entry of ours does what the user's does: that one adds nothing. */
function isCopy({ params }: UserModel, entry: Entry): boolean {
  const isPlain = Object.keys(paramsOf(params))
    .every((key) => ["model", "api_key", "api_base"].includes(key));
  return isPlain && isTargetOf(targetIn(params), entry);
}

function isTwin(a: Entry, b: Entry): boolean {
  return (["api_key", "api_base"] as const).every((name) =>
    statedParameter(a, name) === statedParameter(b, name)
  );
}

function paramsText({ params }: UserModel): string {
  const entries = Object.entries(paramsOf(params));
  return JSON.stringify(entries.toSorted(([a], [b]) => a < b ? -1 : 1));
}

/** What decides whether a call succeeds; both names of the base are one. */
function paramsOf(params: JsonObject): JsonObject {
  const { base } = targetIn(params);
  return Object.fromEntries([
    ...Object.entries(params).filter(([key]) =>
      !/^(?:api_base|base_url|temperature|top_p|weight|order)$|cost_per/.test(
        key,
      )
    ),
    ...base === undefined ? [] : [["api_base", base.replace(/\/+$/, "")]],
  ]);
}

/** The same model of another provider, or an alias of another maker's. */
function hintFor(model: string, ours: readonly Entry[]): string {
  const prefix = model.slice(0, model.indexOf("/") + 1);
  const others = ours.filter((entry) => !entry.model.startsWith(prefix));
  const other = others.find((entry) => isSameModel(entry.model, model)) ??
    others.find((entry) => deploymentOf(entry).startsWith("alias/"));
  const example = other ? `, such as ${quoted(other.name)}` : "";
  return `name a model of another maker or provider${example}`;
}
