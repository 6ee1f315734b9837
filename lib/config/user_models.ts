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

/** Whether all models are seen here: those in a database are not. */
export function hasAllModels(
  { merged, includes }: Pick<Config, "merged" | "includes">,
): boolean {
  const general = objectField(merged.value, "general_settings");
  return includes.broken.length === 0 &&
    field(general, "store_model_in_db") !== true;
}
