/**
 * What the hand-written part of a config says that matters here: the names that
 * are taken, the wildcards that cover others, and the models whose limits are
 * stated. Reads values only; the text is never written again.
 *
 * @module
 */

import { matches } from "./glob.ts";
import { OUR_ID } from "./render.ts";
import {
  field,
  isRow,
  listField,
  type Row,
  rowField,
  textField,
} from "./row.ts";

/** Names and models that belong to the config's owner. */
export interface HandWritten {
  /** In `model_list` and `model_group_alias`, of the config and its includes. */
  readonly names: ReadonlySet<string>;
  /** `model_name`s with a `*`, which LiteLLM matches after all exact names. */
  readonly wildcards: readonly string[];
  /** `litellm_params.model` of entries that state limits of their own. */
  readonly limited: ReadonlySet<string>;
}

/** The value of a variable of the environment that LiteLLM will have. */
export type ValueOf = (variable: string) => string | undefined;

/**
 * Reads the parsed config with all that it includes, its block taken out. A
 * name may stand in a variable (`os.environ/NAME`), as LiteLLM reads it; one
 * that `valueOf` does not know counts for nothing.
 */
export function readHandWritten(
  config: Row,
  valueOf: ValueOf = () => undefined,
): HandWritten {
  const mine = listField(config, "model_list").filter(isRow)
    .filter((item) => !isOurs(item));
  const names = mine.flatMap((item) =>
    resolved(textField(item, "model_name"), valueOf) ?? []
  );
  return {
    names: new Set([...names, ...groupAliases(config)]),
    wildcards: names.filter((name) => name.includes("*")),
    limited: new Set(mine.filter(statesLimits).flatMap(upstreamOf)),
  };
}

const IN_ENVIRONMENT = "os.environ/";

function resolved(
  name: string | undefined,
  valueOf: ValueOf,
): string | undefined {
  return name?.startsWith(IN_ENVIRONMENT)
    ? valueOf(name.slice(IN_ENVIRONMENT.length))
    : name;
}

/** Whether a parsed `model_list` item is one of ours, wherever it stands. */
export function isOurs(item: unknown): boolean {
  const id = isRow(item) && textField(rowField(item, "model_info"), "id");
  return typeof id === "string" && id.startsWith(OUR_ID);
}

/** The hand-written wildcard that would answer for `name`, if there is one. */
export function wildcardFor(
  mine: HandWritten,
  name: string,
): string | undefined {
  return mine.wildcards.find((wildcard) => matches(wildcard, name));
}

function groupAliases(config: Row): string[] {
  const settings = rowField(config, "router_settings");
  return Object.keys(rowField(settings, "model_group_alias"));
}

function statesLimits(item: Row): boolean {
  const info = rowField(item, "model_info");
  return ["max_tokens", "max_input_tokens", "max_output_tokens"].some((name) =>
    field(info, name) !== undefined
  );
}

function upstreamOf(item: Row): string[] {
  const model = textField(rowField(item, "litellm_params"), "model");
  return model === undefined ? [] : [model];
}
