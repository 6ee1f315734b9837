/**
 * The form of `discover.yaml`, and all that can be said of a value by itself.
 * The program checks the file with it, and `docs/discover.schema.json` is made
 * from it for editors. Loaded only where there is such a file, since valibot
 * takes time to load.
 *
 * @module
 */

import * as v from "valibot";
import { MODEL_ID } from "../providers/provider.ts";
import { PROVIDERS, SERVER_KINDS } from "../providers/table.ts";
import { looksLikeKey } from "../text/key_look.ts";
import { FINDINGS } from "../warning.ts";
import type { Path } from "../yaml/positions.ts";
import { expected } from "./errors.ts";
import { ownInfo, ownParams } from "./own_schema.ts";
import { mapping, setting, textOrList } from "./schema_parts.ts";
import {
  NAME_CHARACTERS,
  TEMPLATE,
  templateProblem,
  withHint,
} from "./values.ts";

const GLOBS = "expected a glob or a list of globs";
const WORDS = "expected a word or a list of words, such as free";
const COUNT = "expected a whole number, 1 or more";
const FLAG = "expected true or false";
const KINDS = SERVER_KINDS.map(({ id }) => id);

/** The message about an unknown key, which is the last one of the path. */
function unknownKey(
  known: readonly string[],
): (issue: v.StrictObjectIssue) => string {
  return ({ path }) =>
    withHint("unknown key", expected(String(path?.at(-1)?.key), known));
}

const count = v.pipe(
  v.number(COUNT),
  v.integer(COUNT),
  v.minValue(1, COUNT),
);

const PRICE =
  "expected US dollars per million tokens, such as 15, or {input: 5, output: 25}";

const price = v.pipe(v.number(PRICE), v.minValue(0, PRICE));

const priceEntries = {
  input: setting(price, "Of what is sent to the model"),
  output: setting(price, "Of what it answers"),
};

/** A number holds for both. */
const maxPrice = v.union([
  price,
  v.pipe(
    mapping(PRICE),
    v.strictObject(priceEntries, unknownKey(Object.keys(priceEntries))),
    v.check(({ input, output }) => (input ?? output) !== undefined, PRICE),
  ),
], PRICE);

/** A text for which a function says what is wrong, if anything is. */
function checkedText(
  state: string,
  problemOf: (text: string) => string | undefined,
): v.GenericSchema<string> {
  return v.pipe(
    v.string(state),
    v.check(
      (text) => problemOf(text) === undefined,
      ({ input }) => problemOf(input) ?? "",
    ),
  );
}

const ownEntries = {
  params: v.optional(ownParams),
  info: v.optional(ownInfo),
};

/** What is set on some of a provider's entries. */
const own = strict(ownEntries, "expected params: or info:");

const providerEntries = {
  include: setting(
    textOrList(GLOBS),
    "Globs on the provider's id; one of them must match",
  ),
  exclude: setting(
    textOrList(GLOBS),
    "Globs on the provider's id; none of them may match",
  ),
  variants: setting(
    textOrList(WORDS),
    "Variants to offer next to plain models: free, latest, ...",
  ),
  retired: setting(
    v.picklist(["keep", "leave-out"], "expected one of: keep, leave-out"),
    "What to do with models that were shut down",
  ),
  limit: setting(count, "At most so many, the newest"),
  min_context: setting(count, "Smallest stated input limit in tokens"),
  max_price: setting(
    maxPrice,
    "Highest stated price in US dollars per million tokens: a number for both " +
      "input and output, or one for each",
  ),
  free: setting(
    v.picklist(["only", "never"], "expected one of: only, never"),
    "Whether to take only models that cost nothing, or none of them",
  ),
  shrink: setting(
    v.picklist(["keep", "accept"], "expected one of: keep, accept"),
    "What to do when less than a fifth of the models is listed: keep the " +
      "earlier ones, or accept that",
  ),
  name: setting(
    checkedText(`expected ${TEMPLATE}`, templateProblem),
    "How a model is called, with {id}, {provider}, and {name}: what clients " +
      "send for it",
  ),
  key: setting(
    v.string("expected the name of a variable such as DISCOVER_LAB_KEY"),
    "The variable that holds the key, never the key itself",
  ),
  base_url: setting(
    v.string("expected an address such as http://127.0.0.1:8000/v1"),
    "Where the API is, as LiteLLM's api_base has it",
  ),
  kind: setting(
    v.picklist(KINDS, `expected one of: ${KINDS.join(", ")}`),
    "What a local server speaks",
  ),
  ...ownEntries,
  for: setting(
    v.pipe(
      mapping("expected a mapping of globs to params and info"),
      v.record(v.string(), own),
    ),
    "The same for models whose ids match a glob; the last that matches counts",
  ),
};

/** A mapping of no other keys than these. */
function strict<const E extends v.ObjectEntries>(
  entries: E,
  state: string,
): v.GenericSchema<unknown, v.InferOutput<v.StrictObjectSchema<E, undefined>>> {
  return v.pipe(
    mapping(state),
    v.strictObject(entries, unknownKey(Object.keys(entries))),
  );
}

/** What can be set for one provider. */
const providerSettings = v.strictObject(
  providerEntries,
  unknownKey(Object.keys(providerEntries)),
);

const PROVIDER = "expected true, false or a mapping of settings";

/** A provider that is on with its defaults, on with settings, or off. */
const provider = v.union([
  v.boolean(),
  v.null(),
  v.pipe(mapping(PROVIDER), providerSettings),
], PROVIDER);

const knownProviders = Object.fromEntries(
  PROVIDERS.map(({ id }) => [id, v.optional(provider)]),
);

const FAMILY = withHint(
  "expected a provider and a glob",
  "write it as openrouter anthropic/claude-sonnet-*",
);

const family = v.pipe(
  v.string(FAMILY),
  v.regex(/^\s*\S+\s+\S+\s*$/, FAMILY),
  v.description("A provider and a glob on its ids, with a blank between"),
);

const families = v.pipe(
  v.array(family),
  v.minLength(
    1,
    withHint("an empty list", "name a provider and a glob, or false"),
  ),
);

const aliasEntries = {
  follow: setting(
    v.union([family, families], FAMILY),
    "What it follows; a default alias may leave that out",
  ),
  ...ownEntries,
};

const ALIAS =
  "expected a provider and a glob, a list of those, settings, or false";

const alias = v.union(
  [family, families, v.literal(false), strict(aliasEntries, ALIAS)],
  ALIAS,
);

const ALIAS_NAME = withHint("not a name that can be used", NAME_CHARACTERS);

const aliasName = v.pipe(
  v.string(),
  v.regex(MODEL_ID, ALIAS_NAME),
  v.check((name) => !looksLikeKey(name), ALIAS_NAME),
);

const FINDING_CODES = Object.keys(FINDINGS);

const adviceEntries = {
  skip: setting(
    v.array(
      v.picklist(
        FINDING_CODES,
        ({ input }) =>
          withHint("unknown finding", expected(String(input), FINDING_CODES)),
      ),
      "expected a list of findings, such as [unused-fallback]",
    ),
    "Findings that are never shown, by the codes of docs/doctor.md",
  ),
};

const ADVICE = "expected off, or skip: and a list of findings";

/** YAML 1.2 reads `off` as text. */
const advice = v.union([
  v.picklist(["on", "off"], ADVICE),
  v.boolean(),
  v.pipe(
    mapping(ADVICE),
    v.strictObject(adviceEntries, unknownKey(Object.keys(adviceEntries))),
  ),
], ADVICE);

const fileEntries = {
  timeout: setting(
    v.union([v.string(), v.number()], "expected a time such as 2s or 1500ms"),
    "Deadline of each provider: 2, 2s or 1500ms",
  ),
  claude_code: setting(
    v.boolean(FLAG),
    "Whether aliases get a second name that Claude Code shows where LiteLLM " +
      "is from before September 2026",
  ),
  stand_in: setting(
    v.boolean(FLAG),
    "Whether OpenRouter's Claudes answer while Anthropic's fail",
  ),
  over_wildcards: setting(
    v.boolean(FLAG),
    "Whether models take the calls of your own wildcards",
  ),
  advice: setting(
    advice,
    "What runs say about your part of the config: off, or which findings to skip",
  ),
  providers: setting(
    v.nullable(v.pipe(
      mapping("expected a mapping of providers to their settings"),
      v.objectWithRest(knownProviders, provider),
    )),
    "Providers by name; false disables one",
  ),
  aliases: setting(
    v.nullable(v.pipe(
      mapping("expected a mapping of names to a provider and a glob"),
      v.record(aliasName, alias),
    )),
    "Names that follow the newest match; false drops a default",
  ),
};

/** The whole file. */
export const SETTINGS_SCHEMA = v.pipe(
  mapping("the top level is not a mapping"),
  v.strictObject(fileEntries, unknownKey(Object.keys(fileEntries))),
);

/** Parts that the JSON Schema defines once and refers to. */
export const SETTINGS_PARTS = {
  provider,
  alias,
  own,
  params: ownParams,
  info: ownInfo,
};

/** The file's content once it has the right form. */
export type SettingsValue = v.InferOutput<typeof SETTINGS_SCHEMA>;

/** What a file says of one provider. */
export type ProviderValue = v.InferOutput<typeof providerSettings>;

/** The keys that a provider's settings may have. */
export const PROVIDER_KEYS: readonly string[] = Object.keys(providerEntries);

/** Where the form is wrong, and how. */
export interface FormProblem {
  readonly path: Path;
  readonly state: string;
  readonly hint?: string;
}

/** Checks the form; of several problems it gives the first. */
export function checkForm(value: unknown):
  | { readonly kind: "valid"; readonly value: SettingsValue }
  | ({ readonly kind: "invalid" } & FormProblem) {
  const result = v.safeParse(SETTINGS_SCHEMA, value);
  return result.success
    ? { kind: "valid", value: result.output }
    : { kind: "invalid", ...innermost(result.issues[0]) };
}

/** Of the ways in which all options of a choice fail, the one that goes deepest. */
function innermost(issue: v.BaseIssue<unknown>): FormProblem {
  const path = (issue.path ?? []).map(({ key }) =>
    typeof key === "number" ? key : String(key)
  );
  const [deepest] = (issue.issues ?? []).map(innermost)
    .sort((a, b) => b.path.length - a.path.length);
  if (deepest && deepest.path.length > 0) {
    return { ...deepest, path: [...path, ...deepest.path] };
  }
  const [state = "", hint] = issue.message.split("\n");
  return { path, state, ...(hint !== undefined && { hint }) };
}
