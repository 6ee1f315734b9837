/**
 * The variables that a config sets by itself: LiteLLM writes what is below
 * `environment_variables` into its environment when it reads the config, over
 * what is there (`proxy/proxy_server.py`, `_load_environment_variables`, read
 * in 1.106.2).
 *
 * @module
 */

import { resolved, type ValueOf } from "../litellm/references.ts";
import type { KeyRing } from "./key_ring.ts";
import { type JsonObject, objectField } from "../text/fields.ts";

/** The command line is read before the config. */
const READ_BEFORE: readonly string[] = ["PORT"];

/**
 * The keys with what the config states: `config` is the whole, its includes
 * merged. A variable that it names and nobody knows stays as it was.
 */
export function withConfigVariables(
  keys: KeyRing,
  { config, configPath, valueOf }: {
    readonly config: JsonObject;
    readonly configPath: string;
    readonly valueOf: ValueOf;
  },
): KeyRing {
  const section = objectField(config, "environment_variables");
  const values = Object.entries(section).flatMap(([name, value]) => {
    if (READ_BEFORE.includes(name) || typeof value !== "string") return [];
    const text = resolved(value, valueOf);
    return text === undefined ? [] : [[name, text] as const];
  });
  return keys.withStated({
    values: new Map(values),
    from: `environment_variables in ${configPath}`,
  });
}
