/**
 * What the user's own part of the config says of a name: who has it already, and
 * which wildcard answers it.
 *
 * @module
 */

import { userModels } from "../config/user_models.ts";
import { wildcardFor } from "../config/wildcards.ts";
import { resolved } from "../litellm/references.ts";
import {
  isJsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";
import { shown } from "../text/key_look.ts";
import type { Path } from "../yaml/positions.ts";
import { skippedAs, type WhyInput } from "./input.ts";
import { because, placeOf, type Reason } from "./reasons.ts";

const TEAM = "team_public_model_name";

/** Everything of the user's that has exactly this name. */
export function handWritten(name: string, input: WhyInput): Reason[] {
  const { config, lines, valueOf } = input;
  const hint = skippedAs(name, input) === undefined
    ? null
    : "rename yours to have discover's under this name";
  const taken: Taken = (as, path, upstream = null) => {
    const at = lines.of(path);
    const what = as === "model_name" ? "" : ` (${as})`;
    const calls = upstream ? `, which calls ${shown(upstream)}` : "";
    const message = `taken by hand on ${placeOf(at)}${what}${calls}`;
    return because("by-hand", message, { at, upstream, hint });
  };
  const ofModels = userModels(config).flatMap((one) => {
    const { path, model, info } = one;
    const named: readonly (readonly [string | undefined, Path])[] = [
      [resolved(one.name, valueOf), ["model_name"]],
      [textField(info, "id"), ["model_info", "id"]],
      [textField(info, TEAM), ["model_info", TEAM]],
    ];
    return named.filter(([known]) => known === name)
      .map(([, steps]) => taken(steps.join("."), [...path, ...steps], model));
  });
  return [...ofModels, ...inRouter(name, input, taken)];
}

/** A name is taken as something at a path; what it calls is known of some. */
type Taken = (as: string, path: Path, upstream?: string | null) => Reason;

/** Of `router_settings`. */
function inRouter(
  name: string,
  { config }: WhyInput,
  taken: Taken,
): Reason[] {
  const router = objectField(config.merged.value, "router_settings");
  const key = "model_group_alias";
  const aliases = objectField(router, key);
  const target = textField(aliases, name) ??
    textField(objectField(aliases, name), "model");
  const groups = listField(router, "routing_groups").flatMap((group, at) =>
    isJsonObject(group) && textField(group, "group_name") === name
      ? [taken("routing_groups", ["router_settings", "routing_groups", at])]
      : []
  );
  return Object.hasOwn(aliases, name)
    ? [taken(key, ["router_settings", key, name], target), ...groups]
    : groups;
}

/** The user's entries that call an upstream model. */
export function callersOf(upstream: string, input: WhyInput): Reason[] {
  return userModels(input.config).filter(({ model }) => model === upstream)
    .map(({ path, name }) => {
      const at = input.lines.of([...path, "litellm_params", "model"]);
      const message = `your entry "${shown(name)}" on ${placeOf(at)} calls ` +
        `${shown(upstream)}, and a second one would share its calls`;
      return because("by-hand", message, { at, upstream });
    });
}

/** The first wildcard that answers one of the names. */
export function covering(
  names: readonly string[],
  isOffered: boolean,
  { config, lines, valueOf }: WhyInput,
): Reason[] {
  const { wildcards } = config.userEntries;
  const [wildcard] = names.flatMap((name) =>
    wildcardFor(wildcards, name) ?? []
  );
  if (wildcard === undefined) return [];
  const model = userModels(config).find(({ name, info }) =>
    [resolved(name, valueOf), textField(info, TEAM)].includes(wildcard)
  );
  const at = model ? lines.of([...model.path, "model_name"]) : {};
  const hint = isOffered
    ? "set over_wildcards: true in discover.yaml to add it anyway; it then " +
      "takes those calls"
    : null;
  const message = `your wildcard "${shown(wildcard)}" on ${
    placeOf(at)
  } answers calls to it`;
  return [because("wildcard", message, { at, hint })];
}
