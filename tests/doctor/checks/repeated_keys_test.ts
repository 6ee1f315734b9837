import { assertEquals } from "../../support/assert.ts";
import { examined, type Scene } from "../../support/examined.ts";

/** Where what is lost stands, text and hint of what stands twice. */
async function repeated(text: string, scene: Scene = {}): Promise<string[]> {
  const found = await examined(text, { outcomes: [], ...scene });
  return found.filter(({ code }) => code === "repeated-key")
    .map(({ file = "config", line, text, hint }) =>
      `${file}:${line}: ${text} -> ${hint}`
    );
}

Deno.test("a section that stands twice is named with both lines and what is lost", async () => {
  const text = `model_list:
  - model_name: claude-main
    litellm_params: {model: anthropic/claude-sonnet-5}
litellm_settings:
  fallbacks: [{claude-main: [claude-fallback]}]
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
litellm_settings:
  drop_params: true
`;
  const expected = 'config:4: "litellm_settings" stands again on line 8, and ' +
    "the last one wins: what only this one has is lost (fallbacks) -> move " +
    "fallbacks below the litellm_settings: on line 8, and remove this one";
  assertEquals(await repeated(text), [expected]);
  const moved = text.replace(/litellm_settings:\n {2}fall.*\n/, "") +
    "  fallbacks: [{claude-main: [claude-fallback]}]\n";
  assertEquals(await repeated(moved), []);
});

Deno.test("a key that stands twice in an entry or in settings is named, in flow style as well", async () => {
  const text = `model_list:
  - model_name: a
    litellm_params:
      model: openai/a
      rpm: 5
      model: openai/b
litellm_settings: {num_retries: 1, drop_params: true, num_retries: 2}
`;
  assertEquals(await repeated(text), [
    'config:4: "model" stands again on line 6, and the last one wins: this ' +
    "one is lost -> keep one of lines 4 and 6",
    'config:7: "num_retries" stands again on line 7, and the last one wins: ' +
    "this one is lost -> keep one of the two",
  ]);
});

Deno.test("of a list that stands twice, the items are to be kept", async () => {
  const entry = (name: string): string =>
    `  - model_name: ${name}\n    litellm_params: {model: openai/${name}}\n`;
  const more = `model_list:\n${entry("a")}model_list:\n${entry("b")}`;
  const text = "include: [more.yaml]\nlitellm_settings:\n" +
    "  fallbacks: [{a: [b]}]\n  fallbacks: [{b: [a]}]\n";
  const files = { "more.yaml": more };
  assertEquals((await repeated(text, { files })).toSorted(), [
    'config:3: "fallbacks" stands again on line 4, and the last one wins: ' +
    "its items are lost -> move its items into the one on line 4, and remove " +
    "this one",
    'more.yaml:1: "model_list" stands again on line 4, and the last one wins: ' +
    "its items are lost -> move its items below the one on line 4, and remove " +
    "this one",
  ]);
});

Deno.test("what both have with different values is named with what only one has", async () => {
  const text = `model_list: []
litellm_settings:
  fallbacks:
    - a: [b]
  num_retries: 1
  cache: true
  drop_params: true
litellm_settings:
  fallbacks:
    - b: [a]
  num_retries: 2
  drop_params: true
`;
  assertEquals(await repeated(text), [
    'config:2: "litellm_settings" stands again on line 8, and the last one ' +
    "wins: what only this one has is lost (cache), and its own fallbacks, " +
    "num_retries -> move cache below the litellm_settings: on line 8, " +
    "add the items of fallbacks to those there, keep the num_retries that " +
    "you want there, and remove this one",
  ]);
  const equal = text.replace("  cache: true\n", "");
  assertEquals(await repeated(equal), [
    'config:2: "litellm_settings" stands again on line 7, and the last one ' +
    "wins: its own fallbacks, num_retries are lost -> add the items of " +
    "fallbacks to those in the litellm_settings: on line 7, keep the " +
    "num_retries that you want there, and remove this one",
  ]);
  const one = "model_list: []\nlitellm_settings: {a: 1}\n" +
    "litellm_settings: {a: 2}\n";
  assertEquals(await repeated(one), [
    'config:2: "litellm_settings" stands again on line 3, and the last one ' +
    "wins: its own a is lost -> keep the a that you want in the " +
    "litellm_settings: on line 3, and remove this one",
  ]);
});

Deno.test("where the last one has nothing, or another kind of value, one is to be kept", async () => {
  const text = "model_list: []\nx: [1]\nx:\nlitellm_settings: {a: 1}\n" +
    "litellm_settings: [a]\n";
  assertEquals(await repeated(text), [
    'config:2: "x" stands again on line 3, and the last one wins: this one ' +
    "is lost -> keep one of lines 2 and 3",
    'config:4: "litellm_settings" stands again on line 5, and the last one ' +
    "wins: this one is lost -> keep one of lines 4 and 5",
  ]);
});

Deno.test("a key three times is two losses", async () => {
  const text = "model_list: []\nlitellm_settings:\n  a: 1\n  a: 2\n  a: 3\n";
  assertEquals((await repeated(text)).length, 2);
});

Deno.test("the same said twice is no loss, whatever stands around it", async () => {
  const text = `litellm_settings:
  drop_params: true
# a comment
model_list: []
litellm_settings:
  drop_params:  true  # the same
`;
  assertEquals(await repeated(text), []);
});

Deno.test("equal keys of different mappings are no repetition, nor are merge keys", async () => {
  const text = `x-a: &a {rpm: 1}
x-b: &b {tpm: 2}
model_list:
  - model_name: a
    litellm_params: {model: openai/a}
  - model_name: a
    litellm_params:
      <<: *a
      <<: *b
      model: openai/a
litellm_settings:
  a: {one: 1, two: [{one: 1}, {one: 2}]}
  b: {one: 1}
  text: |
    a: 1
    a: 2
`;
  assertEquals(await repeated(text), []);
});

Deno.test("the block of the program is nobody's repetition", async () => {
  const text = "model_list:\n  - model_name: a\n" +
    "    litellm_params: {model: openai/a}\nlitellm_settings:\n  a: 1\n" +
    "litellm_settings:\n  b: 1\n";
  const found = await examined(text);
  const [one, ...others] = found.filter(({ code }) => code === "repeated-key");
  assertEquals(others, []);
  const said = Number(/line (\d+),/.exec(one?.text ?? "")?.[1]);
  assertEquals(said - (one?.line ?? 0), 2);
  assertEquals((one?.line ?? 0) > 20, true);
});

Deno.test("an included file is looked at as well", async () => {
  const files = {
    "more.yaml": "\nrouter_settings: {a: 1}\nrouter_settings:\n",
  };
  const [found] = await repeated("include: [more.yaml]\nmodel_list: []\n", {
    files,
  });
  assertEquals(
    found,
    'more.yaml:2: "router_settings" stands again on line 3, and the last one ' +
      "wins: what only this one has is lost (a) -> move a below the " +
      "router_settings: on line 3, and remove this one",
  );
});
