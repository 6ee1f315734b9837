import { assertEquals } from "../../support/assert.ts";
import { unjudgedVariables } from "../../../lib/doctor/checks/unset_variables.ts";
import type { LitellmEnvironment } from "../../../lib/doctor/input.ts";
import { doctorInput, examined } from "../../support/examined.ts";

/** LiteLLM has `SET`; all may be read but those that begin with `SECRET`. */
const ENVIRONMENT: LitellmEnvironment = {
  valueOf: (name) => name === "SET" ? "value" : undefined,
  mayRead: (name) => !name.startsWith("SECRET"),
};

/** What is found, as `LINE: TEXT`. */
async function unsetIn(
  text: string,
  environment: LitellmEnvironment | undefined = ENVIRONMENT,
  files: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const scene = { outcomes: [], files, environment };
  const found = await examined(text, scene);
  return found.filter(({ code }) => code === "unset-variable")
    .map(({ file, line, text }) => `${file ?? ""}${line}: ${text}`);
}

const TEXT = `model_list:
  - model_name: a
    litellm_params:
      model: openai/gpt-5
      api_key: os.environ/MISSING
      extra_headers: {x: os.environ/SET, y: os.environ/lower}
  - model_name: b
    litellm_params:
      model: openai/gpt-5
      api_key: os.environ/MISSING
  - model_name: c
    litellm_params: {model: openai/gpt-5, api_key: os.environ/SECRET_1}
litellm_settings:
  cache_params: {host: os.environ/HOST}
  callbacks: [{name: os.environ/IN_LIST}, os.environ/TEXT_IN_LIST]
`;

Deno.test("a variable that is not set is found once, at its first line, with the models", async () => {
  assertEquals(await unsetIn(TEXT), [
    '5: the variable "MISSING" is not set, and "a", "b" would use it',
    '6: the variable "lower" is not set, and "a" would use it',
    '14: the variable "HOST" is not set',
    '15: the variable "IN_LIST" is not set',
  ]);
});

Deno.test("what may not be read is not judged, but named", async () => {
  const input = await doctorInput(TEXT, {
    outcomes: [],
    environment: ENVIRONMENT,
  });
  assertEquals(unjudgedVariables(input), ["SECRET_1"]);
  const known = { ...ENVIRONMENT, valueOf: () => "from a file" };
  assertEquals(unjudgedVariables({ ...input, environment: known }), []);
  const { environment: _, ...blind } = input;
  assertEquals(unjudgedVariables(blind), []);
});

Deno.test("nothing is said where LiteLLM may have other variables, or other places for them", async () => {
  const found = await examined(TEXT, { outcomes: [] });
  assertEquals(found.filter(({ code }) => code === "unset-variable"), []);
  const vault = `${TEXT}general_settings: {key_management_system: azure}\n`;
  assertEquals(await unsetIn(vault), []);
});

Deno.test("what keeps LiteLLM from starting is left to other findings", async () => {
  const text = `model_list:
  - model_name: os.environ/NAME
    litellm_params: {model: os.environ/MODEL}
general_settings: {master_key: os.environ/KEY}
`;
  assertEquals(await unsetIn(text), []);
});

Deno.test("an included file's variables are found there", async () => {
  const files = { "more.yaml": TEXT };
  const [first] = await unsetIn("include: [more.yaml]\n", ENVIRONMENT, files);
  assertEquals(
    first,
    'more.yaml5: the variable "MISSING" is not set, and "a", "b" would use it',
  );
});

Deno.test("an anchor used twice counts for each entry", async () => {
  const text = `model_list:
  - model_name: a
    litellm_params: &p {model: openai/gpt-5, api_key: os.environ/MISSING}
  - model_name: b
    litellm_params: *p
`;
  assertEquals(await unsetIn(text), [
    '3: the variable "MISSING" is not set, and "a", "b" would use it',
  ]);
});

Deno.test("a provider's own variable that the config sets is what LiteLLM takes instead", async () => {
  const text = (model: string, variable: string): string =>
    `environment_variables: {${variable}: text}
model_list:
  - {model_name: a, litellm_params: {model: ${model}, api_key: os.environ/${variable}}}
`;
  assertEquals(await unsetIn(text("openai/a", "OPENAI_API_KEY")), []);
  assertEquals(await unsetIn(text("cohere/a", "COHERE_API_KEY")), []);
  assertEquals(await unsetIn(text("azure/a", "AZURE_API_KEY")), []);
  const late =
    'the variable "MY_KEY" is not set: LiteLLM looks for it before ' +
    'it has read environment_variables, and "a" would use it';
  assertEquals(await unsetIn(text("openai/a", "MY_KEY")), [`3: ${late}`]);
  const empty = text("openai/a", "OPENAI_API_KEY").replace("text}", "''}");
  assertEquals(await unsetIn(empty), [
    '3: the variable "OPENAI_API_KEY" is not set, and "a" would use it',
  ]);
});
