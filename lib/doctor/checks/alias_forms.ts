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
import { type Unread, unreadKeys } from "../unread_keys.ts";

const KEY = "model_group_alias";

/** Where users put it as well, although LiteLLM does not look there. */
const OTHER_SECTIONS = ["litellm_settings", "general_settings"] as const;

/** Aliases in a form that LiteLLM refuses or never resolves. */
export function aliasForms(
  input: Pick<DoctorInput, "config" | "lines" | "environment">,
): Found[] {
  const { config, environment } = input;
  const router = objectField(config.merged.value, "router_settings");
  const path = ["router_settings", KEY];
  return [
    ...faultsIn(field(router, KEY), environment?.release)
      .flatMap((fault) => found([...path, ...fault.path], fault)),
    ...unreadKeys(input, KEY, {
      sections: OTHER_SECTIONS,
      readIn: ["router_settings"],
      code: "dead-alias",
      hint: (unread) => moveHint(input, unread),
    }),
  ];
}

function faultsIn(
  value: unknown,
  release: string | undefined,
): readonly (Fault & { readonly path: Path })[] {
  if (!isJsonObject(value)) {
    return isTruthy(value) && variableIn(value) === undefined
      ? [{ ...notAMapping(value, release), path: [] }]
      : [];
  }
  return Object.entries(value).flatMap(([alias, target]) => {
    const fault = faultOf(alias, target);
    return fault ? [{ ...fault, path: [alias] }] : [];
  });
}

/** Where it is moved as it is, LiteLLM must not stop at it. */
function moveHint(
  { lines, environment }: Pick<DoctorInput, "lines" | "environment">,
  { path, value, other }: Unread,
): string {
  const move = other
    ? `move its aliases to the ${KEY}: on ${lines.named(other, path)}`
    : "move it to router_settings:";
  const faults = faultsIn(value, environment?.release)
    .map(({ text, hint }) => `${text} (${hint})`);
  return faults.length > 0
    ? `${move}, but first repair it: ${faults.join("; ")}`
    : move;
}

interface Fault {
  readonly isRefused: boolean;
  readonly text: string;
  readonly hint: string;
}

function found(path: Path, { isRefused, text, hint }: Fault): Found[] {
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
      hint: "write one model_name after it: an alias resolves to one name",
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
    hint: "write the model_name that it resolves to after model:",
  };
}

function shape(target: unknown): string {
  return target === "" ? "empty" : kindOf(target);
}
