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
import { variableIn } from "../../litellm/references.ts";
import { noTextIn } from "../written_kinds.ts";

/** LiteLLM goes through their keys; an empty one of any kind is fine. */
const SECTIONS = ["litellm_settings", "environment_variables"] as const;

/** LiteLLM refuses them in the section where they once were. */
const MOVED = ["health_check_interval", "health_check_concurrency"] as const;

/** The same in LiteLLM 1.100.0, 1.108.7 and 1.110.2 (read). */
const STRATEGIES = [
  "simple-shuffle",
  "least-busy",
  "latency-based-routing",
  "cost-based-routing",
  "usage-based-routing-v2",
  "usage-based-routing",
  "provider-budget-routing",
  "lar1",
] as const;

type Input = Pick<DoctorInput, "config" | "lines">;

/** Settings on which LiteLLM stops. */
export function malformedSettings(input: Input): Found[] {
  const { config: { merged: { value: whole } } } = input;
  const general = field(whole, "general_settings");
  const isRefused = Object.hasOwn(whole, "general_settings") &&
    general !== null && !isJsonObject(general);
  return [
    ...SECTIONS.filter((name) => isRefusedSection(field(whole, name))),
    ...isRefused ? ["general_settings"] : [],
  ].map((name) => notAMapping(name, field(whole, name)))
    .concat(malformedMasterKey(input), movedSettings(input), strategy(whole));
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

function malformedMasterKey(input: Input): Found[] {
  const path = ["general_settings", "master_key"];
  const general = objectField(input.config.merged.value, "general_settings");
  const key = field(general, "master_key");
  const noText = (key ?? null) === null
    ? undefined
    : noTextIn(input)(path, key);
  return noText
    ? [finding(
      path,
      `master_key is ${noText.kind} where LiteLLM needs text`,
      noText.isScalar ? "put quotes around it" : "write one key, in quotes",
    )]
    : [];
}

function movedSettings({ config: { merged }, lines }: Input): Found[] {
  const [router, general] = ["router_settings", "general_settings"]
    .map((section) => objectField(merged.value, section));
  return MOVED.filter((name) => Object.hasOwn(router ?? {}, name)).map((
    name,
  ) => {
    const path = ["router_settings", name];
    const there = Object.hasOwn(general ?? {}, name)
      ? lines.named(["general_settings", name], path)
      : undefined;
    return finding(
      path,
      `LiteLLM refuses ${name} under router_settings`,
      there === undefined
        ? "move it to general_settings:"
        : `remove it: general_settings: has its own on ${there}`,
    );
  });
}

function strategy(whole: JsonObject): Found[] {
  const name = "routing_strategy";
  const value = field(objectField(whole, "router_settings"), name);
  const isTaken = (value ?? null) === null || variableIn(value) !== undefined ||
    STRATEGIES.some((known) => known === value);
  return isTaken ? [] : [finding(
    ["router_settings", name],
    `LiteLLM does not know this ${name}`,
    `write one of ${STRATEGIES.join(", ")}`,
  )];
}

function finding(path: Path, text: string, hint: string): Found {
  return { code: "malformed-settings", text, hint, at: { path } };
}
