/**
 * Entries of `model_list` on which LiteLLM stops when it starts. What it merely
 * leaves out (a model without provider, a limit that is no number) is not among
 * them. Source: `proxy/proxy_server.py` (`load_config`) and `router.py`
 * (`set_model_list`), measured with 1.108.7.
 *
 * @module
 */

import { isOurs } from "../../block/read_entry.ts";
import { takesAnyKind } from "../../litellm/release.ts";
import { field, isJsonObject, type JsonObject } from "../../text/fields.ts";
import { quoted } from "../../text/key_look.ts";
import type { Path } from "../../yaml/positions.ts";
import type { DoctorInput, Found, LitellmEnvironment } from "../input.ts";
import { unsetVariable } from "../unset_reference.ts";
import { isTruthy, kindOf } from "../../text/python_values.ts";
import { noTextIn } from "../written_kinds.ts";

/** What often stands next to `litellm_params:` instead of below it. */
const PARAMS = ["model", "api_key", "api_base"];

/** What is wrong with an entry, and where in it. */
interface Fault {
  readonly text: string;
  readonly hint: string;
  readonly path: Path;
}

/** What the checks of one entry need; paths start at the entry. */
interface Around {
  readonly environment: LitellmEnvironment | undefined;
  readonly noText: ReturnType<typeof noTextIn>;
}

/** At most one finding for each entry. */
export function malformedEntries(
  input: Pick<DoctorInput, "config" | "lines" | "environment">,
): Found[] {
  const { config, environment } = input;
  const noTextAt = noTextIn(input);
  const list = field(config.merged.value, "model_list");
  if (!isTruthy(list)) return [];
  if (!Array.isArray(list)) {
    return [finding({
      text: `model_list is ${kindOf(list)} where LiteLLM needs a list`,
      hint: "write its entries below it, each starting with `- model_name:`",
      path: ["model_list"],
    })];
  }
  return list.flatMap((item: unknown, at) => {
    const noText: Around["noText"] = (path, value) =>
      noTextAt(["model_list", at, ...path], value);
    const fault = isJsonObject(item)
      ? isOurs(item) ? undefined : faultIn(item, { environment, noText })
      : notAnEntry(item);
    if (!fault) return [];
    return [finding({ ...fault, path: ["model_list", at, ...fault.path] })];
  });
}

function finding({ text, hint, path }: Fault): Found {
  return { code: "malformed-entry", text, hint, at: { path } };
}

function notAnEntry(item: unknown): Fault {
  return {
    text: `an item of model_list is ${kindOf(item)} where LiteLLM needs an ` +
      "entry",
    hint: "write an entry with model_name: and litellm_params:, or remove it",
    path: [],
  };
}

function faultIn(
  item: JsonObject,
  around: Around,
): Fault | undefined {
  const name = nameOf(item);
  const params = field(item, "litellm_params");
  if (!isJsonObject(params)) return badParams(name, item, params);
  const isLenient = takesAnyKind(around.environment?.release);
  const isLeftOut = isLenient && Array.isArray(field(params, "model"));
  const model = isLeftOut ? undefined : badModel(name, params, around);
  if (model) return model;
  const noName = badName(item, around);
  return isLenient
    ? noName?.path.length === 0 ? noName : undefined
    : noName ?? badInfo(name, item);
}

function badModel(
  name: string,
  params: JsonObject,
  around: Around,
): Fault | undefined {
  const path = ["litellm_params", "model"];
  const fault = textFault(params, path, around);
  return fault && {
    text: `${name} ${fault.state}`,
    hint: fault.hint ?? "write the provider and its model under " +
        "litellm_params:, such as model: openai/gpt-5",
    path: ["litellm_params", ...fault.isThere ? ["model"] : []],
  };
}

function badParams(name: string, item: JsonObject, params: unknown): Fault {
  const isThere = Object.hasOwn(item, "litellm_params");
  const text = !isThere
    ? `${name} has no litellm_params`
    : params === null
    ? `${name} has nothing under litellm_params`
    : `the litellm_params of ${name} is ${kindOf(params)}, not a mapping`;
  return {
    text,
    hint: paramsHint(item, params, isThere),
    path: isThere ? ["litellm_params"] : [],
  };
}

function paramsHint(
  item: JsonObject,
  params: unknown,
  isThere: boolean,
): string {
  const beside = Object.keys(item).filter((key) => PARAMS.includes(key));
  if (beside.length > 0 && (params ?? null) === null) {
    const lines = `${beside.join(": and ")}:`;
    return isThere
      ? `indent ${lines} further than litellm_params:`
      : `write litellm_params: above ${lines}, and indent them below it`;
  }
  return isThere
    ? "write the model: of the entry below it, or remove the entry"
    : "add litellm_params: with a model: to it, or remove the entry";
}

function badName(
  item: JsonObject,
  around: Around,
): Fault | undefined {
  const fault = textFault(item, ["model_name"], around);
  return fault && {
    text: `an entry ${fault.state}`,
    hint: fault.hint ??
      (fault.isScalar
        ? "put quotes around it: LiteLLM before 1.110 takes only text for a name"
        : "add the model_name: that clients are to use"),
    path: fault.isThere ? ["model_name"] : [],
  };
}

function badInfo(name: string, item: JsonObject): Fault | undefined {
  const info = field(item, "model_info");
  if (!Object.hasOwn(item, "model_info") || isJsonObject(info)) {
    return undefined;
  }
  const text = info === null
    ? `${name} has nothing under model_info`
    : `the model_info of ${name} is ${kindOf(info)}, not a mapping`;
  return {
    text,
    hint: "remove model_info:, or write keys such as mode: below it",
    path: ["model_info"],
  };
}

interface TextFault {
  /** Follows the entry that has it. */
  readonly state: string;
  readonly hint?: string;
  readonly isThere: boolean;
  /** A number, a date, true or false: text in the eyes of its user. */
  readonly isScalar: boolean;
}

/** What keeps a key from being text when LiteLLM has looked up its variable. */
function textFault(
  mapping: JsonObject,
  path: readonly string[],
  { environment, noText }: Around,
): TextFault | undefined {
  const key = path.at(-1) ?? "";
  const value = field(mapping, key);
  const isThere = Object.hasOwn(mapping, key);
  const other = noText(path, value);
  if (other) {
    const state = value === undefined
      ? `has no ${key}`
      : value === null
      ? `has nothing after ${key}:`
      : `has ${other.kind} as ${key}, not text`;
    return { state, isThere, isScalar: other.isScalar };
  }
  if (typeof value !== "string") return undefined;
  const isScalar = false;
  const variable = unsetVariable(value, environment);
  return variable === undefined ? undefined : {
    state: `takes its ${key} from "${variable}", which is not set`,
    hint: `set ${variable} for LiteLLM, or write the ${key} itself`,
    isThere,
    isScalar,
  };
}

function nameOf(item: JsonObject): string {
  const name = field(item, "model_name");
  return typeof name === "string" && name !== ""
    ? quoted(name)
    : "an entry without a name";
}
