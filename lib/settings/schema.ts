/**
 * The form of `discover.yaml`, as a schema: the program checks the file with
 * it, and `docs/discover.schema.json` is made from it for editors. Loaded only
 * where there is such a file, since the library behind it takes time to load.
 *
 * @module
 */

import * as v from "valibot";
import { field, isJsonObject, objectField } from "../text/fields.ts";
import { PROVIDERS, SERVER_KINDS } from "../providers/table.ts";

const globs = v.union([v.string(), v.array(v.string())]);
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What can be set for one provider. */
const providerSettings = v.strictObject({
  include: v.optional(v.pipe(
    globs,
    v.description("Globs on the provider's id; one of them must match"),
  )),
  exclude: v.optional(v.pipe(
    globs,
    v.description("Globs on the provider's id; none of them may match"),
  )),
  variants: v.optional(v.pipe(
    globs,
    v.description("Variants to offer beside plain models: free, latest, ..."),
  )),
  retired: v.optional(v.pipe(
    v.picklist(["keep", "leave-out"]),
    v.description("What to do with models that were shut down"),
  )),
  limit: v.optional(
    v.pipe(count, v.description("At most so many, the newest")),
  ),
  min_context: v.optional(v.pipe(
    count,
    v.description("Smallest stated input limit in tokens"),
  )),
  name: v.optional(v.pipe(
    v.string(),
    v.description("How a model is called, with {id} and {provider}"),
  )),
  key: v.optional(v.pipe(
    v.string(),
    v.description("The variable that holds the key, never the key itself"),
  )),
  base_url: v.optional(v.pipe(
    v.string(),
    v.description("Where the API lives, as LiteLLM's api_base has it"),
  )),
  kind: v.optional(v.pipe(
    v.picklist(SERVER_KINDS.map(({ id }) => id)),
    v.description("What a local server speaks"),
  )),
});

/** A provider that is on with its defaults, on with settings, or off. */
const provider = v.union([v.boolean(), v.null(), providerSettings]);

const family = v.pipe(
  v.string(),
  v.description("A provider and a glob on its ids, with a blank between"),
);

const alias = v.union([family, v.array(family), v.literal(false)]);

/** The whole file. */
export const SETTINGS_SCHEMA = v.strictObject({
  timeout: v.optional(v.pipe(
    v.union([v.string(), v.number()]),
    v.description("Deadline of each provider: 2, 2s or 1500ms"),
  )),
  claude_code: v.optional(v.pipe(
    v.boolean(),
    v.description("Whether aliases get a second name that Claude Code shows"),
  )),
  over_wildcards: v.optional(v.pipe(
    v.boolean(),
    v.description("Whether models take the calls of your own wildcards"),
  )),
  providers: v.optional(v.nullable(v.pipe(
    v.objectWithRest(
      Object.fromEntries(PROVIDERS.map(({ id }) => [id, v.optional(provider)])),
      provider,
    ),
    v.description("Providers by name; false turns one off"),
  ))),
  aliases: v.optional(v.nullable(v.pipe(
    v.record(v.string(), alias),
    v.description("Names that follow the newest match; false drops a default"),
  ))),
});

/** Parts that stand once in the JSON Schema and are referred to. */
export const SETTINGS_PARTS = { provider, alias };

/** The file's content once it has the right form. */
export type SettingsValue = v.InferOutput<typeof SETTINGS_SCHEMA>;

/** What a file says of one provider. */
export type ProviderValue = v.InferOutput<typeof providerSettings>;

/** The keys that may stand at a place of the file, by its depth. */
export const KNOWN_KEYS = {
  file: Object.keys(SETTINGS_SCHEMA.entries),
  provider: Object.keys(providerSettings.entries),
};

/** Where the form is wrong: the keys that lead there, and in what way. */
export interface FormFault {
  readonly path: readonly string[];
  readonly isUnknownKey: boolean;
}

/** Checks the form; of several faults the first. */
export function checkForm(
  value: unknown,
): { readonly value: SettingsValue } | { readonly fault: FormFault } {
  const list = listForMapping(value);
  if (list) return { fault: { path: list, isUnknownKey: false } };
  const result = v.safeParse(SETTINGS_SCHEMA, value);
  if (result.success) return { value: result.output };
  return { fault: innermost(result.issues[0]) };
}

/** Where a list stands for a mapping: to the schema's library both are objects. */
function listForMapping(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return [];
  if (!isJsonObject(value)) return undefined;
  const sections = ["providers", "aliases"];
  const section = sections.find((name) => Array.isArray(field(value, name)));
  if (section) return [section];
  const providers = Object.entries(objectField(value, "providers"));
  const [id] = providers.find(([, one]) => Array.isArray(one)) ?? [];
  return id === undefined ? undefined : ["providers", id];
}

/** Of the ways in which all options of a choice fail, the one that goes deepest. */
function innermost(issue: v.BaseIssue<unknown>): FormFault {
  const path = (issue.path ?? []).map(({ key }) => String(key));
  const [deepest] = (issue.issues ?? []).map(innermost)
    .sort((a, b) => b.path.length - a.path.length);
  if (deepest && deepest.path.length > 0) {
    return { ...deepest, path: [...path, ...deepest.path] };
  }
  const isUnknownKey = issue.type === "strict_object" &&
    issue.expected === "never";
  return { path, isUnknownKey };
}
