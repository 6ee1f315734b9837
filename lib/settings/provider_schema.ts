/**
 * The form of what `discover.yaml` says of one provider.
 *
 * @module
 */

import * as v from "valibot";
import { SERVER_KINDS } from "../providers/table.ts";
import { ownEntries } from "./own_schema.ts";
import { count, named, setting, strict, textOrList } from "./schema_parts.ts";
import { TEMPLATE, templateProblem } from "./values.ts";

const GLOBS = "expected a glob or a list of globs";
const WORDS = "expected a word or a list of words, such as free";
const KINDS = SERVER_KINDS.map(({ id }) => id);

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
    strict(priceEntries, PRICE),
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

/** What is set on some of a provider's entries. */
export const own = strict(ownEntries, "expected params: or info:");

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
      named("expected a mapping of globs to params and info"),
      v.record(v.string(), own),
    ),
    "The same for models whose ids match a glob; the last that matches counts",
  ),
};

const PROVIDER = "expected true, false or a mapping of settings";

/** What can be set for one provider. */
const providerSettings = strict(providerEntries, PROVIDER);

/** A provider that is on with its defaults, on with settings, or off. */
export const provider = v.union([
  v.boolean(),
  v.null(),
  providerSettings,
], PROVIDER);

/** What a file says of one provider. */
export type ProviderValue = v.InferOutput<typeof providerSettings>;

/** The keys that a provider's settings may have. */
export const PROVIDER_KEYS: readonly string[] = Object.keys(providerEntries);
