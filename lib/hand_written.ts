/**
 * What the hand-written part of a config says that matters here: the names that
 * are taken, the wildcards that cover others, and the models whose limits are
 * stated. Reads values only; the text is never written again.
 *
 * @module
 */

import { ConfigError } from "./errors.ts";
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
  /** In `model_list`, `model_group_alias` and local `include` files. */
  readonly names: ReadonlySet<string>;
  /** `model_name`s with a `*`, which LiteLLM matches after all exact names. */
  readonly wildcards: readonly string[];
  /** `litellm_params.model` of entries that state limits of their own. */
  readonly limited: ReadonlySet<string>;
  /** Local files whose `model_list` LiteLLM appends, as the config names them. */
  readonly includes: readonly string[];
  /** How many entries of ours stand outside the markers. */
  readonly strays: number;
}

/**
 * Reads the parsed config, its block taken out, and its parsed include files.
 * Throws {@linkcode ConfigError} when the config is no mapping.
 */
export function readHandWritten(
  config: unknown,
  included: readonly unknown[] = [],
): HandWritten {
  if (!isRow(config)) {
    throw new ConfigError("no mapping of keys to values", {
      hint: "a LiteLLM config begins with keys such as model_list:",
    });
  }
  const all = [config, ...included.filter(isRow)];
  const items = all.flatMap((part) => listField(part, "model_list"))
    .filter(isRow);
  const mine = items.filter((item) => !isOurs(item));
  const names = mine.flatMap((item) => textField(item, "model_name") ?? []);
  return {
    names: new Set([...names, ...all.flatMap(groupAliases)]),
    wildcards: names.filter((name) => name.includes("*")),
    limited: new Set(mine.filter(statesLimits).flatMap(upstreamOf)),
    includes: listField(config, "include").filter((path) =>
      typeof path === "string"
    ),
    strays: items.length - mine.length,
  };
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
