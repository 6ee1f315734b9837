import { assertEquals } from "../../support/assert.ts";
import { examined } from "../../support/examined.ts";

/** File, line, text and hint of what an include replaces. */
async function replaced(
  text: string,
  files: Readonly<Record<string, string>>,
): Promise<string[]> {
  const found = await examined(text, { outcomes: [], files });
  return found.filter(({ code }) => code === "replaced-section")
    .map(({ file = "config", line, text, hint }) =>
      `${file}:${line}: ${text} -> ${hint}`
    );
}

const MAIN = `include: [routing.yaml]
model_list: []
litellm_settings:
  drop_params: true
  num_retries: 2
`;

Deno.test("an included section that replaces the config's is named with what is lost", async () => {
  const files = {
    "routing.yaml":
      "# mine\nlitellm_settings: {fallbacks: [], num_retries: 3}\n",
  };
  assertEquals(await replaced(MAIN, files), [
    'config:3: "litellm_settings" of "routing.yaml" line 2 takes the place ' +
    "of this one: drop_params is lost -> move it to litellm_settings: of " +
    '"routing.yaml"',
  ]);
});

Deno.test("nothing is said where nothing is lost", async () => {
  const files = {
    "routing.yaml": "litellm_settings: {drop_params: false, num_retries: 3}\n" +
      "model_list: [{model_name: a, litellm_params: {model: openai/a}}]\n" +
      "router_settings: {num_retries: 5}\n",
  };
  assertEquals(await replaced(MAIN, files), []);
  assertEquals(await replaced(`${MAIN}router_settings:\n`, files), []);
});

Deno.test("an empty key in an include takes away the whole section, entries too", async () => {
  const files = { "routing.yaml": "model_list:\n" };
  const main = "include: [routing.yaml]\nmodel_list:\n" +
    "  - {model_name: a, litellm_params: {model: openai/a}}\n";
  assertEquals(await replaced(main, files), [
    'config:2: "model_list" of "routing.yaml" line 1 takes the place of this ' +
    'one: all of it is lost -> remove the model_list: of "routing.yaml"',
  ]);
});

Deno.test("an include that replaces another include's section names both", async () => {
  const files = {
    "a.yaml": "router_settings:\n  num_retries: 2\n  timeout: 5\n",
    "b.yaml": "router_settings: {routing_strategy: simple-shuffle}\n",
  };
  const main = "include: [a.yaml, b.yaml]\nmodel_list: []\n";
  assertEquals(await replaced(main, files), [
    'a.yaml:1: "router_settings" of "b.yaml" line 1 takes the place of this ' +
    "one: num_retries, timeout are lost -> move them to router_settings: of " +
    '"b.yaml"',
  ]);
});

Deno.test("of a chain of includes, the one that LiteLLM takes is named", async () => {
  const files = {
    "a.yaml": "litellm_settings: {one: 1}\n",
    "b.yaml": "litellm_settings: {two: 2}\n",
    "c.yaml": "litellm_settings: {three: 3, num_retries: 1}\n",
  };
  const main = MAIN.replace("routing.yaml", "a.yaml, b.yaml, c.yaml");
  const place = '"litellm_settings" of "c.yaml" line 1 takes the place of this';
  const move = '-> move it to litellm_settings: of "c.yaml"';
  assertEquals(await replaced(main, files), [
    `config:3: ${place} one: drop_params is lost ${move}`,
    `a.yaml:1: ${place} one: one is lost ${move}`,
    `b.yaml:1: ${place} one: two is lost ${move}`,
  ]);
  const back = { ...files, "c.yaml": `${MAIN.slice(MAIN.indexOf("litellm"))}` };
  assertEquals((await replaced(main, back)).length, 2);
});
