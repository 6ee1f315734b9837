/**
 * What advice is made from: what is known after a run, the user's own entries,
 * and a finding before its line is known.
 *
 * @module
 */

import type { PreviousBlock } from "../block/previous.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config/config.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { isDying } from "../providers/lifecycle.ts";
import type { Model } from "../providers/provider.ts";
import type { Settings } from "../settings/settings.ts";
import {
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";
import { nearestIds } from "../text/suggest.ts";
import type { Warning } from "../warning.ts";
import type { Path } from "../yaml/positions.ts";
import type { ReadAs } from "./encoding.ts";

/** What is known whether a catalog could be built or not. */
export interface BaseInput {
  readonly config: Config;
  /** The config as it is after the run: its lines are the ones to name. */
  readonly bytes: Uint8Array;
  readonly settings: Settings;
  readonly readAs: ReadAs;
}

/** All that is known when the catalog is built. */
export interface AdviceInput extends BaseInput {
  readonly previous: PreviousBlock;
  readonly catalog: Catalog;
  readonly outcomes: readonly Outcome[];
}

/** A warning about a part of the config; the path becomes a file and a line. */
export interface Finding extends Omit<Warning, "line" | "file"> {
  readonly path: Path;
}

/** One of the user's own entries in `model_list`. */
interface UserModel {
  readonly path: Path;
  /** `model_name`; empty if there is none. */
  readonly name: string;
  /** `litellm_params`, and the model in it. */
  readonly params: JsonObject;
  readonly model: string;
}

/** The user's own entries, including those of included files. */
export function userModels({ merged }: Config): UserModel[] {
  return listField(merged.value, "model_list").flatMap((item, at) => {
    if (!isJsonObject(item)) return [];
    const params = objectField(item, "litellm_params");
    const name = textField(item, "model_name") ?? "";
    const model = textField(params, "model") ?? "";
    return [{ path: ["model_list", at], name, params, model }];
  });
}

/**
 * Names the models that come nearest to an id, or to a glob, without a match: none
 * that ends soon.
 */
export function closestIds(
  wanted: string,
  models: readonly Model[],
  today: string,
): Pick<Warning, "hint"> {
  const lasting = models.filter((model) => !isDying(model, today));
  const near = nearestIds(wanted, lasting.map(({ id }) => id), 3);
  return near.length > 0 ? { hint: `closest ids: ${near.join(", ")}` } : {};
}
