/**
 * The variables that a config sets by itself: LiteLLM writes what is below
 * `environment_variables` into its environment, over what is there, but only
 * after it has replaced each `os.environ/NAME` of the config (`get_config` and
 * `_load_environment_variables` in `proxy/proxy_server.py`, measured with
 * 1.108.7).
 *
 * @module
 */

import { resolved, type ValueOf, variableIn } from "../litellm/references.ts";
import { type JsonObject, objectField } from "../text/fields.ts";
import { isPlainName } from "./env_file.ts";
import type { KeyRing } from "./key_ring.ts";

/** The command line is read before the config. */
const READ_BEFORE: readonly string[] = ["HOST", "PORT"];

/**
 * The keys with what the config states: `config` is the whole, its includes
 * merged. A variable that it names and nobody knows stays as it was.
 */
export function withConfigVariables(
  keys: KeyRing,
  { config, statedIn, valueOf, mayRead = () => true }: {
    readonly config: JsonObject;
    /** Where the config states a variable, in words. */
    readonly statedIn: (variable: string) => string;
    readonly valueOf: ValueOf;
    /** Whether a variable without a value is certainly not set. */
    readonly mayRead?: (variable: string) => boolean;
  },
): KeyRing {
  const section = objectField(config, "environment_variables");
  const values = Object.entries(section).flatMap(([name, value]) => {
    const text = READ_BEFORE.includes(name)
      ? undefined
      : resolved(textOf(value), valueOf);
    return text === undefined ? [] : [[name, text] as const];
  });
  const unresolved = Object.entries(section).flatMap(([name, value]) => {
    const variable = variableIn(value);
    const isShown = variable !== undefined && isPlainName(variable);
    if (!isShown || valueOf(variable) !== undefined) return [];
    return [[name, { variable, isUnset: mayRead(variable) }] as const];
  });
  return keys.withStated({
    values: new Map(values),
    from: statedIn,
    unresolved: new Map(unresolved),
  });
}

/** As Python writes it; a list, say, is no value for a key or an address. */
function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
      return value ? "True" : "False";
    case "number":
      return Number.isSafeInteger(value) ? `${value}` : undefined;
    default:
      return value === null ? "None" : undefined;
  }
}
