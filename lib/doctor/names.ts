/**
 * Fallbacks and aliases of the config that name a model that is not defined.
 * LiteLLM does not check them when it starts, and fails when it needs them.
 *
 * @module
 */

import { deploymentOf, type Entry } from "../block/entry.ts";
import { wildcardFor } from "../config/wildcards.ts";
import { field, objectField } from "../text/fields.ts";
import { nearest } from "../text/suggest.ts";
import type { DoctorInput, Found } from "./input.ts";
import { type Mention, mentionsIn } from "./mentions.ts";

/** Names that are not defined, each where it is first used. */
export function unknownNames({ config, ours }: DoctorInput): Found[] {
  const whole = config.merged.value;
  // Models in a database are not known here.
  const general = objectField(whole, "general_settings");
  const isInDatabase = field(general, "store_model_in_db") === true;
  if (config.includes.broken.length > 0 || isInDatabase) return [];
  const { names, wildcards, otherNames, upstreams } = config.userEntries;
  const known = new Set([
    ...names,
    ...ours.map(({ name }) => name),
    ...otherNames,
  ]);
  const isKnown = ({ kind, name }: Mention): boolean =>
    known.has(name) || wildcardFor(wildcards, name) !== undefined ||
    upstreams.has(name) ||
    ours.some(({ id, model }) => id === name || model === name) ||
    kind === "has fallbacks" &&
      (mayMeanKnown(name, known) || wildcards.length > 0);
  const closest = (name: string): string | undefined =>
    renamedTo(name, ours) ?? nearest(name, [...known]);
  return once(mentionsIn(whole)).filter((mention) => !isKnown(mention))
    .map((mention) => findingFor(mention, closest(mention.name)));
}

/** `*` is for all models, and either name may have a provider in front. */
function mayMeanKnown(name: string, known: ReadonlySet<string>): boolean {
  return name === "*" || known.has(name.slice(name.indexOf("/") + 1)) ||
    [...known].some((other) => other.endsWith(`/${name}`));
}

/** Each name once for each kind of use; every alias by itself. */
function once(mentions: readonly Mention[]): Mention[] {
  const first = new Map<string, Mention>();
  for (const mention of mentions) {
    const { kind, name, path } = mention;
    const key = JSON.stringify(kind === "alias" ? path : [kind, name]);
    if (!first.has(key)) first.set(key, mention);
  }
  return [...first.values()];
}

/**
 * What had this name in an earlier block: OpenRouter's id of a Claude, Anthropic's
 * with its provider in front, or `claude/` before an alias.
 */
function renamedTo(
  name: string,
  ours: readonly Entry[],
): string | undefined {
  const deployments = [
    name,
    `openrouter/${name}`,
    `alias/${name.replace(/^claude\//, "")}`,
  ];
  return ours.find((entry) => deployments.includes(deploymentOf(entry)))?.name;
}

function findingFor(
  { kind, name, path }: Mention,
  close: string | undefined,
): Found {
  const [, , alias = ""] = path;
  const use = {
    "fallback": `the fallback "${name}" is`,
    "has fallbacks": `fallbacks of "${name}", which is`,
    "alias": `model_group_alias "${alias}" resolves to "${name}", which is`,
  }[kind];
  return {
    code: kind === "alias" ? "unknown-alias" : "unknown-fallback",
    text: `${use} not defined in this config`,
    hint: close === undefined ? CONSEQUENCES[kind] : `did you mean "${close}"?`,
    at: { path },
  };
}

const CONSEQUENCES: Readonly<Record<Mention["kind"], string>> = {
  "fallback": "LiteLLM reports it only when the fallback is needed",
  "has fallbacks": "LiteLLM will never use them",
  "alias": "LiteLLM reports it only when the alias is called",
};
