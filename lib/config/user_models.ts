/**
 * The user's own entries in `model_list`, with their places, and whether those
 * are all.
 *
 * @module
 */

import { isOurs } from "../block/read_entry.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";
import type { ValueOf } from "../litellm/references.ts";
import { isTruthy } from "../text/python_values.ts";
import type { Path } from "../yaml/positions.ts";
import type { Config } from "./config.ts";

/** One of the user's own entries in `model_list`. */
export interface UserModel {
  /** In the merged config. */
  readonly path: Path;
  /** `model_name`; empty if there is none. */
  readonly name: string;
  /** `litellm_params`, and the model in it. */
  readonly params: JsonObject;
  readonly model: string;
  readonly info: JsonObject;
}

/** The user's own entries, including those of included files. */
export function userModels({ merged }: Pick<Config, "merged">): UserModel[] {
  return listField(merged.value, "model_list").flatMap((item, at) => {
    if (!isJsonObject(item) || isOurs(item)) return [];
    const params = objectField(item, "litellm_params");
    const name = textField(item, "model_name") ?? "";
    const model = textField(params, "model") ?? "";
    const info = objectField(item, "model_info");
    return [{ path: ["model_list", at], name, params, model, info }];
  });
}

/**
 * Whether all models are seen here: those in a database are not. Where there is
 * one, it may itself say that it holds models, whatever the config says
 * (`proxy/proxy_server.py`, read in LiteLLM 1.108.7).
 */
export function hasAllModels(
  { merged, includes }: Pick<Config, "merged" | "includes">,
  valueOf: ValueOf = () => undefined,
): boolean {
  const general = objectField(merged.value, "general_settings");
  const stated = objectField(merged.value, "environment_variables");
  const inDatabase = [
    ...["store_model_in_db", "database_url"].map((name) =>
      field(general, name)
    ),
    ...DATABASE_VARIABLES.flatMap((name) => [
      field(stated, name),
      valueOf(name),
    ]),
  ].some(isOn);
  return includes.broken.length === 0 && !inDatabase;
}

const DATABASE_VARIABLES = [
  "STORE_MODEL_IN_DB",
  "DATABASE_URL",
  "DATABASE_HOST",
  "DIRECT_URL",
];

function isOn(value: unknown): boolean {
  return typeof value === "string"
    ? !/^(?:\s*|false)$/i.test(value)
    : isTruthy(value);
}
