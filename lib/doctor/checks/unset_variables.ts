/**
 * Variables that the config names as values (`os.environ/NAME`) and that LiteLLM
 * will not have: it takes nothing for them, without a word.
 *
 * @module
 */

import type { Config } from "../../config/config.ts";
import { isOurs } from "../../block/read_entry.ts";
import { variableIn } from "../../litellm/references.ts";
import { takesAnyKind } from "../../litellm/release.ts";
import { VARIABLES } from "../../providers/variables.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  objectField,
  textField,
} from "../../text/fields.ts";
import { isTruthy } from "../../text/python_values.ts";
import { quoted, quotedFew } from "../../text/key_look.ts";
import type { Path } from "../../yaml/positions.ts";
import type { DoctorInput, Found } from "../input.ts";

/** One finding for each variable that is sure to be unset, at its first line. */
export function unsetVariables(
  { config, environment }: DoctorInput,
): Found[] {
  if (environment === undefined || hasSecretManager(config)) return [];
  const stated = objectField(config.merged.value, "environment_variables");
  const isStated = (name: string): boolean => isTruthy(field(stated, name));
  const needsName = !takesAnyKind(environment.release);
  const isVital = (path: string): boolean =>
    VITAL.test(path) || needsName && NAME.test(path);
  const unset = referencesIn(config).filter(({ variable, path }) =>
    !isVital(path.join(".")) && environment.valueOf(variable) === undefined &&
    environment.mayRead(variable)
  ).filter((reference) => !(reference.isOwn && isStated(reference.variable)));
  const byVariable = Map.groupBy(unset, ({ variable }) => variable);
  return [...byVariable].flatMap(([variable, [first, ...others]]) =>
    first ? [findingFor(variable, [first, ...others], isStated(variable))] : []
  );
}

/** Those that may be set or not: the program may not read them. */
export function unjudgedVariables(
  { config, environment }: Pick<DoctorInput, "config" | "environment">,
): readonly string[] {
  if (environment === undefined || hasSecretManager(config)) return [];
  const unknown = referencesIn(config).map(({ variable }) => variable)
    .filter((variable) =>
      environment.valueOf(variable) === undefined &&
      !environment.mayRead(variable)
    );
  return [...new Set(unknown)];
}

/** One place where the config names a variable. */
interface Reference {
  readonly variable: string;
  readonly path: Path;
  /** The entry that it is in; empty elsewhere. */
  readonly model: string;
  /**
   * LiteLLM looks for the variable itself when it has no value here, and that is
   * after it has set those of `environment_variables` (measured with 1.108.7).
   */
  readonly isOwn: boolean;
}

/** LiteLLM then looks for the names there as well. */
function hasSecretManager({ merged }: Pick<Config, "merged">): boolean {
  const general = objectField(merged.value, "general_settings");
  return (field(general, "key_management_system") ?? null) !== null;
}

/** All of them, as LiteLLM finds them: `_check_for_os_environ_vars`. */
function referencesIn({ merged }: Pick<Config, "merged">): Reference[] {
  const { model_list: models, ...sections } = merged.value;
  const entries = (Array.isArray(models) ? models : [])
    .flatMap((item: unknown, at) =>
      isJsonObject(item) && !isOurs(item)
        ? within(item, ["model_list", at])
          .map((one) => inEntry(one, item))
        : []
    );
  return [...entries, ...within(sections, [])];
}

/** `COHERE_API_KEY` is the own variable of `cohere/...`. */
function inEntry(reference: Reference, item: JsonObject): Reference {
  const { variable, isOwn } = reference;
  const upstream = textField(objectField(item, "litellm_params"), "model");
  const [provider = ""] = (upstream ?? "").split("/");
  const start = `${provider.toUpperCase().replaceAll(/\W/g, "_")}_API_`;
  return {
    ...reference,
    model: textField(item, "model_name") ?? "",
    isOwn: isOwn || variable.startsWith(start),
  };
}

/** Of providers in the table, and of what has more than a key or base. */
function isOwnVariable(variable: string): boolean {
  return VARIABLES.includes(variable) ||
    /^(?:AWS|AZURE|REDIS|VERTEX|VERTEXAI)_/.test(variable);
}

/** Not in texts that are items of a list, which LiteLLM leaves as they are. */
function within(
  mapping: JsonObject,
  path: Path,
  seen: Set<unknown> = new Set(),
): Reference[] {
  // An anchor may stand for much, many times.
  if (seen.has(mapping)) return [];
  seen.add(mapping);
  return Object.entries(mapping).flatMap(([key, value]) => {
    const own = [...path, key];
    if (isJsonObject(value)) return within(value, own, seen);
    if (Array.isArray(value)) {
      return value.flatMap((item: unknown, at) =>
        isJsonObject(item) ? within(item, [...own, at], seen) : []
      );
    }
    const variable = variableIn(value);
    // Federated identities keep the reference itself.
    if (!variable || key.endsWith("_ref")) return [];
    const isOwn = isOwnVariable(variable);
    return [{ variable, path: own, model: "", isOwn }];
  });
}

/** Without these LiteLLM does not start, which is said elsewhere. */
const VITAL =
  /^(?:model_list\.\d+\.litellm_params\.model|general_settings\.master_key)$/;

const NAME = /^model_list\.\d+\.model_name$/;

function findingFor(
  variable: string,
  references: readonly [Reference, ...Reference[]],
  isStated: boolean,
): Found {
  const models = [...new Set(references.map(({ model }) => model))]
    .filter((name) => name !== "");
  return {
    code: "unset-variable",
    text: `the variable ${quoted(variable)} is not set` +
      (isStated
        ? ": LiteLLM looks for it before it has read environment_variables"
        : "") +
      (models.length > 0 ? `, and ${quotedFew(models)} would use it` : ""),
    hint: "set it where LiteLLM is started, or remove the lines that name it",
    at: { path: references[0].path },
  };
}
