/**
 * Fallbacks and aliases of the config that name a model which nobody defines.
 * LiteLLM checks none of them at its start, and fails when it needs them.
 *
 * @module
 */

import { nearest } from "../text/suggest.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";
import { wildcardFor } from "../config/wildcards.ts";
import type { Path } from "../yaml/positions.ts";
import type { AdviceInput, Finding } from "./input.ts";

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

/** A name that the config uses, and where. */
export interface Mention {
  readonly name: string;
  readonly path: Path;
}

/** All models that are named as somebody's fallback. */
export function fallbackTargets(config: JsonObject): Mention[] {
  return FALLBACK_SECTIONS.flatMap((section) => {
    const settings = objectField(config, section);
    const rules = rulesOf(settings, section).flatMap(({ path, value }) =>
      mentionsIn(value, path)
    );
    const key = "default_fallbacks";
    return [...rules, ...mentionsIn(field(settings, key), [section, key])];
  });
}

/** The models whose fallbacks are named. */
export function fallbackSources(config: JsonObject): Mention[] {
  return FALLBACK_SECTIONS.flatMap((section) =>
    rulesOf(objectField(config, section), section).map(({ name, path }) => ({
      name,
      path,
    }))
  );
}

interface Rule extends Mention {
  readonly value: unknown;
}

/** `fallbacks` is a list of mappings, each from a model to its fallbacks. */
function rulesOf(settings: JsonObject, section: string): Rule[] {
  return FALLBACK_KEYS.flatMap((key) =>
    listField(settings, key).flatMap((item, at) =>
      Object.entries(isJsonObject(item) ? item : {}).map(([name, value]) => ({
        name,
        value,
        path: [section, key, at, name],
      }))
    )
  );
}

/** A fallback is a name, or a mapping with the name as its `model`. */
function mentionsIn(list: unknown, path: Path): Mention[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, at) => {
    const name = isJsonObject(item) ? textField(item, "model") : item;
    return typeof name === "string" && name !== ""
      ? [{ name, path: [...path, at] }]
      : [];
  });
}

/** What each `model_group_alias` stands for: a name, or `{model, hidden}`. */
export function groupAliases(
  config: JsonObject,
): (Mention & { alias: string })[] {
  const router = objectField(config, "router_settings");
  const aliases = objectField(router, "model_group_alias");
  return Object.entries(aliases).flatMap(([alias, value]) => {
    const name = isJsonObject(value) ? textField(value, "model") : value;
    const path = ["router_settings", "model_group_alias", alias];
    return typeof name === "string" && name !== ""
      ? [{ alias, name, path: isJsonObject(value) ? [...path, "model"] : path }]
      : [];
  });
}

/** Names that nobody defines, each once, where it first stands. */
export function unknownNames({ config, catalog }: AdviceInput): Finding[] {
  const { merged: { value: userConfig }, includes } = config;
  if (includes.broken.length > 0 || isInDatabase(userConfig)) return [];
  const ours = catalog.sections.flatMap(({ entries }) => entries);
  const { names, wildcards, otherNames, upstreams } = config.userEntries;
  const known = new Set([
    ...names,
    ...ours.map(({ name }) => name),
    ...otherNames,
  ]);
  const isKnown = ({ name }: Mention): boolean =>
    known.has(name) || wildcardFor(wildcards, name) !== undefined ||
    upstreams.has(name) ||
    ours.some(({ id, model }) => id === name || model === name);
  const sources = once(fallbackSources(userConfig)).filter((source) =>
    !isKnown(source) && !mayMeanKnown(source, known) && wildcards.length === 0
  );
  const hintFor = (name: string, otherwise: string): string => {
    const close = nearest(name, [...known]);
    return close === undefined ? otherwise : `did you mean "${close}"?`;
  };
  return [
    ...once(fallbackTargets(userConfig)).filter((target) => !isKnown(target))
      .map(({ name, path }): Finding => ({
        code: "unknown-fallback",
        text: `the fallback "${name}" is no model of this config`,
        hint: hintFor(name, "LiteLLM notices only when it needs it"),
        path,
      })),
    ...sources.map(({ name, path }): Finding => ({
      code: "unknown-fallback",
      text: `fallbacks of "${name}", which is no model of this config`,
      hint: hintFor(name, "LiteLLM never comes to use them"),
      path,
    })),
    ...groupAliases(userConfig).filter((target) => !isKnown(target))
      .map(({ name, alias, path }): Finding => ({
        code: "unknown-alias",
        text: `model_group_alias "${alias}" stands for "${name}", ` +
          "which is no model of this config",
        hint: hintFor(name, "LiteLLM notices only when it is asked for"),
        path,
      })),
  ];
}

/** With models in a database nobody can tell from here what there is. */
function isInDatabase(config: JsonObject): boolean {
  const settings = objectField(config, "general_settings");
  return field(settings, "store_model_in_db") === true;
}

/** `*` is for all models, and a provider may stand before either name. */
function mayMeanKnown({ name }: Mention, known: ReadonlySet<string>): boolean {
  return name === "*" || known.has(name.slice(name.indexOf("/") + 1)) ||
    [...known].some((other) => other.endsWith(`/${name}`));
}

function once(mentions: readonly Mention[]): Mention[] {
  const first = new Map<string, Mention>();
  for (const mention of mentions) {
    if (!first.has(mention.name)) first.set(mention.name, mention);
  }
  return [...first.values()];
}
