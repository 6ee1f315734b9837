/**
 * Where a config names models by their `model_name`: in fallbacks and in
 * `model_group_alias`.
 *
 * @module
 */

import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";
import type { Path } from "../yaml/positions.ts";

/** The sections in which LiteLLM looks for fallbacks, the winning one first. */
export const FALLBACK_SECTIONS = [
  "router_settings",
  "litellm_settings",
] as const;

const FALLBACK_KEYS = [
  "fallbacks",
  "context_window_fallbacks",
  "content_policy_fallbacks",
] as const;

/** A name that the config uses, where, and as what. */
export interface Mention {
  readonly kind: "fallback" | "has fallbacks" | "alias";
  readonly name: string;
  readonly path: Path;
}

/** All of them: fallbacks, the models that have some, what aliases resolve to. */
export function mentionsIn(config: JsonObject): Mention[] {
  const rules = FALLBACK_SECTIONS.flatMap((section) =>
    FALLBACK_KEYS.flatMap((key) => rulesIn(config, section, key))
  );
  const fallbacks = FALLBACK_SECTIONS.flatMap((section) => {
    const own = rules.filter(({ path: [first] }) => first === section);
    const key = "default_fallbacks";
    const others = field(objectField(config, section), key);
    return [...own, { value: others, path: [section, key] }];
  });
  return [
    ...fallbacks.flatMap(({ value, path }) =>
      (Array.isArray(value) ? value : []).flatMap((item: unknown, at) =>
        named("fallback", item, [...path, at])
      )
    ),
    ...rules.flatMap(({ name, path }) => named("has fallbacks", name, path)),
    ...aliasesIn(config),
  ];
}

interface Rule {
  readonly name: string;
  readonly value: unknown;
  readonly path: Path;
}

/** `fallbacks` is a list of mappings, each from a model to its fallbacks. */
function rulesIn(config: JsonObject, section: string, key: string): Rule[] {
  return listField(objectField(config, section), key).flatMap((item, at) =>
    Object.entries(isJsonObject(item) ? item : {}).map(([name, value]) => ({
      name,
      value,
      path: [section, key, at, name],
    }))
  );
}

function aliasesIn(config: JsonObject): Mention[] {
  const path = ["router_settings", "model_group_alias"];
  const router = objectField(config, "router_settings");
  return Object.entries(objectField(router, "model_group_alias"))
    .flatMap(([alias, value]) =>
      named("alias", value, [
        ...path,
        alias,
        ...(isJsonObject(value) ? ["model"] : []),
      ])
    );
}

/** A name, or a mapping with the name as its `model`. */
function named(kind: Mention["kind"], item: unknown, path: Path): Mention[] {
  const name = isJsonObject(item) ? textField(item, "model") : item;
  return typeof name === "string" && name !== "" ? [{ kind, name, path }] : [];
}
