/**
 * The form of `discover.yaml`, and all that can be said of a value by itself.
 * The program checks the file with it, and `docs/discover.schema.json` is made
 * from it for editors. Loaded only where there is such a file, since valibot
 * takes time to load.
 *
 * @module
 */

import * as v from "valibot";
import { PROVIDERS } from "../providers/table.ts";
import { FINDINGS } from "../warning.ts";
import type { Path } from "../yaml/positions.ts";
import { expected } from "./errors.ts";
import { alias, aliasName } from "./alias_schema.ts";
import { ownInfo, ownParams } from "./own_schema.ts";
import { own, provider, PROVIDER_KEYS } from "./provider_schema.ts";
import { named, setting, strict } from "./schema_parts.ts";
import { withHint } from "./values.ts";

const FLAG = "expected true or false";

const knownProviders = Object.fromEntries(
  PROVIDERS.map(({ id }) => [id, v.optional(provider)]),
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
    "Findings that are never shown, by their codes in discover --doctor --json",
  ),
};

const ADVICE = "expected off, or skip: and a list of findings";

/** YAML 1.2 reads `off` as text. */
const advice = v.union([
  v.picklist(["on", "off"], ADVICE),
  v.boolean(),
  strict(adviceEntries, ADVICE),
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
      named("expected a mapping of providers to their settings"),
      v.objectWithRest(knownProviders, provider),
    )),
    "Providers by name; false disables one",
  ),
  aliases: setting(
    v.nullable(v.pipe(
      named("expected a mapping of names to a provider and a glob"),
      v.record(aliasName, alias),
    )),
    "Names that follow the newest match; false drops a default",
  ),
};

/** The whole file. */
export const SETTINGS_SCHEMA = strict(
  fileEntries,
  "the top level is not a mapping",
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
    : { kind: "invalid", ...outdented(innermost(result.issues[0])) };
}

/** A setting of a provider where a provider's name belongs. */
function outdented(problem: FormProblem): FormProblem {
  const [section, name] = problem.path.map(String);
  return section === "providers" && PROVIDER_KEYS.includes(name ?? "")
    ? {
      path: problem.path.slice(0, 2),
      state: "a setting, not a provider",
      hint: 'indent it below its provider, such as "openrouter:"',
    }
    : problem;
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
