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

/** Lists of mappings, each from a model to its fallbacks. */
export const FALLBACK_KEYS = [
  "fallbacks",
  "context_window_fallbacks",
  "content_policy_fallbacks",
] as const;

/** A name that the config uses, where, and as what. */
export interface Mention {
  readonly kind: "fallback" | "has fallbacks" | "alias";
  readonly name: string;
  readonly path: Path;
  /** Not in a rule that LiteLLM refuses or cannot read. */
  readonly isSound: boolean;
  /** In a mapping with more than the name: the call is made with that as well. */
  readonly hasParameters: boolean;
}

/** All of them: fallbacks, the models that have some, what aliases resolve to. */
export function mentionsIn(config: JsonObject): Mention[] {
  const rules = fallbackRules(config);
  return [
    ...rules.flatMap(({ targets }) => targets),
    ...rules.flatMap(({ name, path, isSound }) =>
      named("has fallbacks", name, path, isSound)
    ),
    ...aliasesIn(config),
  ];
}

/** What stands in for a model when it fails; `*` is every model. */
export interface FallbackRule {
  readonly name: string;
  readonly targets: readonly Mention[];
  readonly path: Path;
  readonly isSound: boolean;
}

/** The rules of all kinds, in both sections that have them. */
export function fallbackRules(config: JsonObject): FallbackRule[] {
  return FALLBACK_SECTIONS.flatMap((section) => {
    const key = "default_fallbacks";
    const others = field(objectField(config, section), key);
    return [
      ...FALLBACK_KEYS.flatMap((one) => rulesIn(config, section, one)),
      ...Array.isArray(others) ? [ruleOf("*", others, [section, key])] : [],
    ];
  });
}

/** `fallbacks` is a list of mappings, each from one model to its fallbacks. */
function rulesIn(
  config: JsonObject,
  section: string,
  key: string,
): FallbackRule[] {
  return listField(objectField(config, section), key).flatMap((item, at) => {
    const pairs = Object.entries(isJsonObject(item) ? item : {});
    return pairs.map(([name, value]) =>
      ruleOf(name, value, [section, key, at, name], pairs.length === 1)
    );
  });
}

function ruleOf(
  name: string,
  value: unknown,
  path: Path,
  isAlone = true,
): FallbackRule {
  const isSound = isAlone && Array.isArray(value);
  const targets = (Array.isArray(value) ? value : [])
    .flatMap((item: unknown, at) =>
      named("fallback", item, [...path, at], isSound)
    );
  return { name, targets, path, isSound };
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
function named(
  kind: Mention["kind"],
  item: unknown,
  path: Path,
  isSound = true,
): Mention[] {
  const name = isJsonObject(item) ? textField(item, "model") : item;
  const hasParameters = isJsonObject(item) &&
    Object.keys(item).some((key) => key !== "model");
  return typeof name === "string" && name !== ""
    ? [{ kind, name, path, isSound, hasParameters }]
    : [];
}
