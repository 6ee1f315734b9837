/**
 * Whether a config of a usual name is LiteLLM's at all: other programs have a
 * `config.yaml` with a `model_list`, too.
 *
 * @module
 */

import { ConfigError } from "../errors.ts";
import { hasLitellmSection } from "../block/forms.ts";
import { isJsonObject, listField } from "../text/fields.ts";
import { Positions } from "../yaml/positions.ts";
import type { Config } from "./config.ts";

/**
 * Refuses a file in which nothing is LiteLLM's but the name of the list. Only for
 * one that was found: what the user names is theirs to judge.
 */
export function assertNotAnothers(
  { bytes, region, userConfig }: Config,
  path: string,
): void {
  const items = listField(userConfig, "model_list");
  // An earlier run has changed it already.
  if (items.length === 0 || region.kind === "existing") return;
  if (items.some(hasParams)) return;
  if (hasLitellmSection(Object.keys(userConfig))) return;
  throw new ConfigError(
    "another program's config: no entry of model_list has litellm_params",
    {
      line: new Positions(bytes, region).lineOf(["model_list"]),
      hint: "if it is LiteLLM's, name it: --config " +
        (/\s/.test(path) ? `"${path}"` : path),
    },
  );
}

function hasParams(item: unknown): boolean {
  return isJsonObject(item) && "litellm_params" in item;
}
