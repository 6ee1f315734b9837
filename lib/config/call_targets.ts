/**
 * Where the calls for an upstream model go, and with which key. LiteLLM accepts
 * `litellm_params.model` as a name if nothing else has it, and shares such
 * calls between all entries of that model: an entry of ours may be among them
 * only if it calls the same base with the same key as the user's.
 *
 * @module
 */

import { PROVIDERS } from "../providers/table.ts";
import type { Entry } from "../block/entry.ts";
import { namesOf } from "../block/read_entry.ts";
import { statedParameter } from "../block/entry_lines.ts";
import {
  field,
  type JsonObject,
  objectField,
  textField,
} from "../text/fields.ts";
import { quote } from "../yaml/parse.ts";

/** The key and the base in `litellm_params`. */
export interface CallTarget {
  /** Absent if LiteLLM takes the provider's own variable. */
  readonly key: string | undefined;
  readonly base: string | undefined;
  /** Both are elsewhere, in `credential_list`. */
  readonly isElsewhere: boolean;
}

/** The targets of the user's entries, by their upstream model. */
export function callTargetsOf(
  items: readonly JsonObject[],
): Map<string, readonly CallTarget[]> {
  const byModel = Map.groupBy(items, (item) => namesOf(item).model);
  return new Map(
    [...byModel].flatMap(([model, group]) =>
      model === undefined ? [] : [[model, group.map(callTargetOf)]]
    ),
  );
}

function callTargetOf(item: JsonObject): CallTarget {
  return targetIn(objectField(item, "litellm_params"));
}

/** The key and the base that `litellm_params` state. */
export function targetIn(params: JsonObject): CallTarget {
  return {
    key: textField(params, "api_key"),
    // To LiteLLM the two are the same.
    base: textField(params, "api_base") ?? textField(params, "base_url"),
    isElsewhere: field(params, "litellm_credential_name") !== undefined,
  };
}

/** Whether an entry of ours calls the same base with the same key. */
export function isTargetOf(
  { key, base, isElsewhere }: CallTarget,
  entry: Entry,
): boolean {
  return !isElsewhere && hasKey(entry, key) && hasBase(entry, base);
}

function hasKey(entry: Entry, key: string | undefined): boolean {
  const stated = statedParameter(entry, "api_key");
  // LiteLLM's own variable is one of the table, never one of `discover.yaml`.
  return key === undefined
    ? !stated?.startsWith('"os.environ/DISCOVER_')
    : stated === quote(key);
}

/** Whether an entry of ours is called at this base, or both at the usual one. */
export function hasBase(entry: Entry, base: string | undefined): boolean {
  const stated = statedParameter(entry, "api_base");
  const plain = base?.replace(/\/+$/, "");
  if (plain !== undefined && stated === quote(plain)) return true;
  const usual = PROVIDERS.find(({ prefix }) => entry.model.startsWith(prefix));
  return stated === undefined &&
    (plain === undefined || plain === usual?.defaultBase);
}
