/**
 * Sections that are no mapping, and settings of a kind on which LiteLLM stops
 * when it starts. Source: `proxy/proxy_server.py` (`load_config`), measured with
 * 1.108.7.
 *
 * @module
 */

import {
  field,
  isJsonObject,
  type JsonObject,
  objectField,
} from "../../text/fields.ts";
import type { Path } from "../../yaml/positions.ts";
import type { DoctorInput, Found } from "../input.ts";
import { isTruthy, kindOf } from "../../text/python_values.ts";

/** LiteLLM goes through their keys; an empty one of any kind is fine. */
const SECTIONS = ["litellm_settings", "environment_variables"] as const;

/** LiteLLM refuses them in the section where they once were. */
const MOVED = ["health_check_interval", "health_check_concurrency"] as const;

/** Settings on which LiteLLM stops. */
export function malformedSettings(
  { config: { merged: { value: whole } } }: Pick<DoctorInput, "config">,
): Found[] {
  const general = field(whole, "general_settings");
  const isRefused = Object.hasOwn(whole, "general_settings") &&
    general !== null && !isJsonObject(general);
  return [
    ...SECTIONS.filter((name) => isRefusedSection(field(whole, name))),
    ...isRefused ? ["general_settings"] : [],
  ].map((name) => notAMapping(name, field(whole, name)))
    .concat(malformedMasterKey(whole), movedSettings(whole));
}

function isRefusedSection(value: unknown): boolean {
  return isTruthy(value) && !isJsonObject(value);
}

function notAMapping(name: string, value: unknown): Found {
  return finding(
    [name],
    `${name} is ${kindOf(value)} where LiteLLM needs a mapping`,
    "write its settings below it, each as `name: value`",
  );
}

function malformedMasterKey(whole: JsonObject): Found[] {
  const general = objectField(whole, "general_settings");
  const key = field(general, "master_key");
  if ((key ?? null) === null || typeof key === "string") return [];
  const isScalar = typeof key === "number" || typeof key === "boolean";
  return [finding(
    ["general_settings", "master_key"],
    `master_key is ${kindOf(key)} where LiteLLM needs text`,
    isScalar ? "put quotes around it" : "write one key, in quotes",
  )];
}

function movedSettings(whole: JsonObject): Found[] {
  const router = objectField(whole, "router_settings");
  return MOVED.filter((name) => Object.hasOwn(router, name)).map((name) =>
    finding(
      ["router_settings", name],
      `LiteLLM refuses ${name} under router_settings`,
      "move it to general_settings:",
    )
  );
}

function finding(path: Path, text: string, hint: string): Found {
  return { code: "malformed-settings", text, hint, at: { path } };
}
