/**
 * Writes configs that name a model as a fallback or in an alias, and whether the
 * doctor finds fault with it, for LiteLLM to judge: `N.yaml` and `N.json` in the
 * folder that is named.
 *
 * @module
 */
import { doctorInput } from "../support/examined.ts";
import { unknownNames } from "../../lib/doctor/checks/unknown_names.ts";

const [folder] = Deno.args;
if (folder === undefined) throw new Error("usage: write_names.ts FOLDER");

const ANSWERS = "api_key: k, mock_response: yes";
const BASE = `model_list:
  - {model_name: bad, litellm_params: {model: openai/gpt-4o, ${ANSWERS}}}
  - model_name: a
    litellm_params: {model: openai/gpt-4.1, ${ANSWERS}}
    model_info: {id: my-id}
  - {model_name: both, litellm_params: {model: openai/gpt-4.1-mini, ${ANSWERS}}}
`;
const WILDCARDS = ["t/*", "x*", "openai/*", "*-5"];
const NAMES = [
  ...["a", "A", "both", "alias", "chain", "group", "my-id", "nope"],
  ...["openai/gpt-4.1", "gpt-4.1", "openai/nope", "t/one", "x-1", "gpt-5"],
];

/** What LiteLLM reads, and whether the doctor finds fault with one name. */
async function write(
  at: number,
  kind: "alias" | "fallback",
  name: string,
  wildcard: string | undefined,
): Promise<void> {
  const item = wildcard === undefined
    ? ""
    : `  - {model_name: "${wildcard}", litellm_params: {model: "openai/*", ${ANSWERS}}}\n`;
  const text = `${BASE}${item}router_settings:
  routing_groups:
    - {group_name: group, models: [a], routing_strategy: simple-shuffle}
  model_group_alias:
    alias: a
    chain: alias
    both: alias
${kind === "alias" ? `    asked: "${name}"\n` : ""}  fallbacks:
    - bad: ["${kind === "fallback" ? name : "a"}"]
`;
  const paths = unknownNames(await doctorInput(text, { outcomes: [] }))
    .flatMap(({ at }) => "path" in at ? [at.path] : []);
  // An alias that leads nowhere is found there, whoever uses it.
  const alias = kind === "alias" ? "asked" : name;
  const isFound = paths.some(([, key, one]) =>
    key === "model_group_alias" ? one === alias : kind === "fallback"
  );
  await Deno.writeTextFile(`${folder}/${at}.yaml`, text);
  const verdict = { kind, name, isFound };
  await Deno.writeTextFile(`${folder}/${at}.json`, JSON.stringify(verdict));
}

await Deno.mkdir(folder, { recursive: true });
const cases = [undefined, ...WILDCARDS].flatMap((wildcard) =>
  (["alias", "fallback"] as const).flatMap((kind) =>
    NAMES.map((name) => ({ kind, name, wildcard }))
  )
);
for (const [at, { kind, name, wildcard }] of cases.entries()) {
  await write(at, kind, name, wildcard);
}
