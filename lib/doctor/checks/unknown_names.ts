/**
 * Fallbacks and aliases of the config that name a model that is not defined.
 * LiteLLM does not check them when it starts, and fails when it needs them.
 *
 * @module
 */

import type { Config } from "../../config/config.ts";
import { hasAllModels, userModels } from "../../config/user_models.ts";
import { wildcardFor } from "../../config/wildcards.ts";
import { variableIn } from "../../litellm/references.ts";
import { quoted } from "../../text/key_look.ts";
import type { DoctorInput, Found } from "../input.ts";
import { type Mention, mentionsIn } from "../mentions.ts";
import { nameHint, namesById } from "../name_hint.ts";

/** Names that are not defined, each where it is first used. */
export function unknownNames(input: DoctorInput): Found[] {
  const { config, environment } = input;
  const whole = config.merged.value;
  if (!hasAllModels(config, environment?.valueOf)) return [];
  const nameById = namesById(input);
  const isKnown = knownTo(input, nameById);
  const hints = maxHints(input);
  return once(mentionsIn(whole).filter(({ isSound }) => isSound))
    .filter((mention) => isPattern(mention) || !isKnown(mention))
    .map((mention, at) =>
      isPattern(mention) ? unusedPattern(mention) : unknownName(mention, {
        state: stateOf(mention, config, nameById),
        hint: at < hints ? nameHint(mention, input, nameById) : undefined,
      })
    );
}

/** Thousands of names, each compared with thousands, would take seconds. */
function maxHints({ config: { userEntries }, ours }: DoctorInput): number {
  const names = userEntries.names.size + ours.length;
  return Math.min(50, Math.ceil(200_000 / (names + 1)));
}

/**
 * Whether LiteLLM has what a mention names. The target of an alias is no alias
 * and no id; every text there may come from a variable.
 */
export function knownTo(
  { config, ours }: Pick<DoctorInput, "config" | "ours">,
  nameById: ReadonlyMap<string, string>,
): (mention: Mention) => boolean {
  const { names, wildcards, otherNames, upstreams } = config.userEntries;
  const models = new Set([
    ...[...otherNames].filter((name) => !nameById.has(name)),
    ...[...userModels(config), ...ours].map(({ name }) => name),
  ]);
  const upstream = new Set([
    ...upstreams.keys(),
    ...ours.map(({ model }) => model),
  ]);
  const others = new Set([...names, ...models, ...nameById.keys()]);
  const ends = new Set([...others].flatMap(partsAfterSlash));
  return ({ kind, name }) =>
    models.has(name) || upstream.has(name) ||
    wildcardFor(wildcards, name) !== undefined ||
    (kind === "alias" ? variableIn(name) !== undefined : others.has(name)) ||
    // `*` is for all models, and either name may have a provider in front.
    kind === "has fallbacks" &&
      (name === "*" || wildcards.length > 0 || ends.has(name) ||
        others.has(name.slice(name.indexOf("/") + 1)));
}

/** `b/c` and `c` of `a/b/c`. */
function partsAfterSlash(name: string): string[] {
  return [...name.matchAll(/\//g)].map(({ index }) => name.slice(index + 1));
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

/** LiteLLM looks for the name of the call (`get_fallback_model_group`). */
function isPattern({ kind, name }: Mention): boolean {
  return kind === "has fallbacks" && name.includes("*") && name !== "*";
}

function unusedPattern({ name, path }: Mention): Found {
  return {
    code: "unknown-fallback",
    text: `fallbacks of ${quoted(name)} are for calls of just that name: no ` +
      "wildcard counts here",
    hint: 'name each model, or write "*" for all of them',
    at: { path },
  };
}

function unknownName(
  { kind, name, path }: Mention,
  { state, hint }: {
    readonly state: string;
    readonly hint?: string | undefined;
  },
): Found {
  const [, , alias = ""] = path;
  const use = {
    "fallback": `the fallback ${quoted(name)} is`,
    "has fallbacks": `${quoted(name)} has fallbacks, but is`,
    "alias": `model_group_alias ${quoted(`${alias}`)} resolves to ` +
      `${quoted(name)}, which is`,
  }[kind];
  return {
    code: kind === "alias" ? "unknown-alias" : "unknown-fallback",
    text: `${use} ${state}`,
    hint: hint ?? OTHERWISE[kind],
    at: { path },
  };
}

function stateOf(
  { kind, name }: Mention,
  { userEntries }: Config,
  nameById: ReadonlyMap<string, string>,
): string {
  if (userEntries.names.has(name)) {
    return "an alias itself: LiteLLM resolves only one";
  }
  return kind === "alias" && nameById.has(name)
    ? "the id of an entry: LiteLLM takes its model_name there"
    : "not defined in this config";
}

const ANOTHER = "name a model of this config, or remove";
const OTHERWISE: Readonly<Record<Mention["kind"], string>> = {
  "fallback":
    `${ANOTHER} it: LiteLLM reports it only when the fallback is needed`,
  "has fallbacks": `${ANOTHER} the rule: LiteLLM will never use it`,
  "alias":
    `${ANOTHER} the alias: LiteLLM reports it only when the alias is called`,
};
