/**
 * A `model_group_alias` that LiteLLM cannot use: it stops at some forms when it
 * starts, and resolves nothing by others. Source: `router.py`
 * (`get_model_list_from_model_alias`) and `router_utils/common_utils.py`
 * (`resolve_model_group_alias`), measured with 1.108.7.
 *
 * @module
 */

import { variableIn } from "../../litellm/references.ts";
import { isSince } from "../../litellm/release.ts";
import { field, isJsonObject, objectField } from "../../text/fields.ts";
import { quoted } from "../../text/key_look.ts";
import type { Path } from "../../yaml/positions.ts";
import type { DoctorInput, Found } from "../input.ts";
import { isTruthy, kindOf } from "../../text/python_values.ts";
import { unreadKeys } from "../unread_keys.ts";

const KEY = "model_group_alias";

/** Where users put it as well, although LiteLLM does not look there. */
const OTHER_SECTIONS = ["litellm_settings", "general_settings"] as const;

/** Aliases in a form that LiteLLM refuses or never resolves. */
export function aliasForms(
  { config, environment }: Pick<DoctorInput, "config" | "environment">,
): Found[] {
  const whole = config.merged.value;
  const value = field(objectField(whole, "router_settings"), KEY);
  const path = ["router_settings", KEY];
  const used = isJsonObject(value)
    ? Object.entries(value).flatMap(([alias, target]) =>
      found([...path, alias], faultOf(alias, target))
    )
    : isTruthy(value) && variableIn(value) === undefined
    ? found(path, notAMapping(value, environment?.release))
    : [];
  return [
    ...used,
    ...unreadKeys(whole, KEY, OTHER_SECTIONS, {
      code: "dead-alias",
      hint: "move it to router_settings:",
    }),
  ];
}

interface Fault {
  readonly isRefused: boolean;
  readonly text: string;
  readonly hint: string;
}

function found(path: Path, fault: Fault | undefined): Found[] {
  if (!fault) return [];
  const { isRefused, text, hint } = fault;
  const code = isRefused ? "malformed-alias" : "dead-alias";
  return [{ code, text, hint, at: { path } }];
}

/** LiteLLM 1.110.2 starts, and reads none of it (measured). */
function notAMapping(value: unknown, release: string | undefined): Fault {
  return {
    isRefused: isSince("1.110", release) !== true,
    text: `${KEY} is ${kindOf(value)} where LiteLLM needs a mapping`,
    hint: "write each alias below it as `alias: model_name`",
  };
}

/** A mapping without `hidden` stops LiteLLM, and so does one that has no model. */
function faultOf(alias: string, target: unknown): Fault | undefined {
  if (typeof target === "string" && target !== "") return undefined;
  const what = `the alias ${quoted(alias)}`;
  if (!isJsonObject(target)) {
    return {
      isRefused: false,
      text: `${what} is ${shape(target)}, which LiteLLM never resolves`,
      hint: "write one model_name after it: an alias stands for one name",
    };
  }
  const model = field(target, "model");
  const isListed = field(target, "hidden") !== true;
  if (!Object.hasOwn(target, "hidden")) {
    return {
      isRefused: true,
      text: `${what} is a mapping without "hidden"`,
      hint: "add hidden: false, or true to leave it out of /v1/models",
    };
  }
  if (typeof model === "string" && model !== "") return undefined;
  const isRefused = isListed &&
    (model === undefined || typeof model === "object" && model !== null);
  return {
    isRefused,
    text: `${what} names no model`,
    hint: "write the model_name that it stands for after model:",
  };
}

function shape(target: unknown): string {
  return target === "" ? "empty" : kindOf(target);
}
