/**
 * What matters in the user's part of a config: the names that are taken, the
 * wildcards that cover others, and the models whose limits are stated. Reads
 * values only; nothing of it is ever written.
 *
 * @module
 */

import { type CallTarget, callTargetsOf } from "./call_targets.ts";
import { isOurs, namesOf } from "../block/read_entry.ts";
import { resolved, type ValueOf } from "../litellm/references.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";

/** The user's names and models. */
export interface UserEntries {
  /** In `model_list` and `model_group_alias`, of the config and its includes. */
  readonly names: ReadonlySet<string>;
  /** Names with a `*`, which LiteLLM tries after all exact names. */
  readonly wildcards: readonly string[];
  /** What else LiteLLM accepts as a name: ids, groups, teams' names. */
  readonly otherNames: ReadonlySet<string>;
  /** What routing groups share their calls between. */
  readonly grouped: ReadonlySet<string>;
  /** By `litellm_params.model`, which LiteLLM accepts as a name last of all. */
  readonly upstreams: ReadonlyMap<string, readonly CallTarget[]>;
  /** `litellm_params.model` of entries that state limits. */
  readonly limited: ReadonlySet<string>;
  /** `model_info.display_name`, which clients show. */
  readonly displayNames: ReadonlySet<string>;
}

/**
 * Reads the parsed config with all that it includes, without the block. A name
 * may come from a variable (`os.environ/NAME`), as LiteLLM reads it; one that
 * `valueOf` does not know is ignored.
 */
export function readUserEntries(
  config: JsonObject,
  valueOf: ValueOf = () => undefined,
): UserEntries {
  const items = listField(config, "model_list").filter(isJsonObject)
    .filter((item) => !isOurs(item));
  const names = items.flatMap((item) =>
    resolved(namesOf(item).name, valueOf) ?? []
  );
  const router = objectField(config, "router_settings");
  const groups = listField(router, "routing_groups").filter(isJsonObject);
  return {
    names: new Set([
      ...names,
      ...Object.keys(objectField(router, "model_group_alias")),
    ]),
    wildcards: [...names, ...items.flatMap(teamName)].filter((name) =>
      name.includes("*")
    ),
    otherNames: new Set([
      ...items.flatMap((item) => namesOf(item).id ?? []),
      ...items.flatMap(teamName),
      ...groups.flatMap((group) => textField(group, "group_name") ?? []),
    ]),
    grouped: new Set(
      groups.flatMap((group) => listField(group, "models"))
        .filter((name) => typeof name === "string"),
    ),
    upstreams: callTargetsOf(items),
    limited: new Set(
      items.filter(statesLimits).flatMap((item) => namesOf(item).model ?? []),
    ),
    displayNames: new Set(
      items.flatMap((item) => namesOf(item).displayName ?? []),
    ),
  };
}

/** The name under which a team calls its own deployment. */
function teamName(item: JsonObject): string[] {
  const info = objectField(item, "model_info");
  const name = textField(info, "team_public_model_name");
  return name === undefined ? [] : [name];
}

function statesLimits(item: JsonObject): boolean {
  const info = objectField(item, "model_info");
  return ["max_tokens", "max_input_tokens", "max_output_tokens"].some((name) =>
    field(info, name) !== undefined
  );
}
