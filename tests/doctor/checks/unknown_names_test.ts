import { assertEquals } from "../../support/assert.ts";
import type { Finding } from "../../../lib/warning.ts";
import { doctorInput, examined, type Scene } from "../../support/examined.ts";
import {
  answered,
  MINE,
  planOf,
  settingsOf,
  textOf,
  withGrok,
} from "../../support/parts.ts";

const CODES: readonly string[] = ["unknown-fallback", "unknown-alias"];

async function namesIn(text: string, scene?: Scene): Promise<Finding[]> {
  const found = await examined(text, scene);
  return found.filter(({ code }) => CODES.includes(code));
}

/** What is found, as `LINE: TEXT`; lines are those before the block came in. */
async function linesIn(text: string, scene?: Scene): Promise<string[]> {
  const { bytes } = await doctorInput(text, scene);
  const added = textOf(bytes).split("\n").length - text.split("\n").length;
  const found = await namesIn(text, scene);
  return found.map(({ file, line = 0, text }) =>
    file === undefined ? `${line - added}: ${text}` : `${file}:${line}: ${text}`
  );
}

/** What is advised on fallbacks of `mine`. */
async function hintsFor(name: string, scene?: Scene): Promise<unknown[]> {
  const text = `${MINE}  fallbacks: [{mine: [${name}]}]\n`;
  return (await namesIn(text, scene)).map(({ hint }) => hint);
}

Deno.test("a fallback to a name that does not exist is found once, with the line", async () => {
  const text = `model_list:
  - model_name: mine
    litellm_params: {model: openai/a}
  - model_name: local/*
    litellm_params: {model: ollama/*}
litellm_settings:
  # fallbacks: [{mine: [gone]}]
  fallbacks: [{mine: [gone, local/a, grok]},
    {grok: [gone, "discover:xai/grok-4.5"]}]
  context_window_fallbacks: [{mine: [gone-too]}]
  default_fallbacks: [mine, gone-as-well]
router_settings:
  content_policy_fallbacks:
    - mine:
        - model: gone-last
          max_tokens: 5
  model_group_alias: {short: mine}
  fallbacks: [{mine: [short]}, 5, {mine: text}]
`;
  assertEquals(await linesIn(text), [
    '8: the fallback "gone" is not defined in this config',
    '10: the fallback "gone-too" is not defined in this config',
    '11: the fallback "gone-as-well" is not defined in this config',
    '15: the fallback "gone-last" is not defined in this config',
  ]);
});

Deno.test("fallbacks of a model that does not exist are found, with the name that was meant", async () => {
  const text = `${MINE}  fallbacks:
    - {mine: [grok]}
    - "*": [grok]
    - openai/mine: [grok]
    - minne: [grok]
`;
  assertEquals(await linesIn(text), [
    '11: "minne" has fallbacks, but is not defined in this config',
  ]);
  const [found] = await namesIn(text);
  assertEquals(found?.hint, 'did you mean "mine"?');
});

Deno.test("where nothing is close to an unknown name, the hint says what to do", async () => {
  const text = `${MINE}  fallbacks: [{qqqqqqqq: [mine]}, {mine: [zzzzzzzz]}]
router_settings:
  model_group_alias: {short: xxxxxxxx}
`;
  assertEquals((await namesIn(text)).map(({ hint }) => hint).toSorted(), [
    "name a model of this config, or remove it: LiteLLM reports it only when " +
    "the fallback is needed",
    "name a model of this config, or remove the alias: LiteLLM reports it " +
    "only when the alias is called",
    "name a model of this config, or remove the rule: LiteLLM will never use " +
    "it",
  ]);
});

Deno.test("fallbacks of a wildcard's name are found, since no call has that name", async () => {
  const text = `${MINE}  fallbacks: [{"openai/*": [mine]}, {"*": [mine]}]
`.replace(
    "model_list:",
    `model_list:
  - {model_name: openai/*, litellm_params: {model: openai/*}}`,
  );
  assertEquals(await linesIn(text), [
    '8: fallbacks of "openai/*" are for calls of just that name: no wildcard ' +
    "counts here",
  ]);
});

Deno.test("a name in fallbacks that LiteLLM refuses is not judged", async () => {
  for (
    const value of [
      "{mine: [gone]}",
      "[{mine: [gone], minne: [grok]}]",
      "[{minne: gone}]",
      "gone",
      "[gone]",
    ]
  ) {
    const text = `${MINE}  fallbacks: ${value}\n`;
    assertEquals(await namesIn(text), [], value);
  }
});

Deno.test("an alias of a model that does not exist is found, with the line of the name", async () => {
  const text = `${MINE}router_settings:
  model_group_alias:
    short: mine
    short-grok: grok
    one: gone
    two: {model: grok-4.5, hidden: true}
    three:
      hidden: true
      model: gone-too
    four: os.environ/MODEL
`;
  assertEquals(await linesIn(text), [
    '11: model_group_alias "one" resolves to "gone", which is not defined in this config',
    '15: model_group_alias "three" resolves to "gone-too", which is not defined in this config',
  ]);
});

Deno.test("an alias of an alias is found, since LiteLLM resolves one, and the hint names the end", async () => {
  const text = `${MINE}  fallbacks: [{mine: [short]}]
router_settings:
  model_group_alias: {short: mine, mini: short, me: me}
`;
  const found = await namesIn(text);
  assertEquals(found.map(({ text, hint }) => [text, hint]), [
    [
      'model_group_alias "mini" resolves to "short", which is an alias itself: LiteLLM resolves only one',
      'write what "short" resolves to: "mine"',
    ],
    [
      'model_group_alias "me" resolves to "me", which is an alias itself: LiteLLM resolves only one',
      "write the model_name of an entry",
    ],
  ]);
});

Deno.test("an alias of an id is found, since LiteLLM looks for a model_name", async () => {
  const text = `${MINE}  fallbacks: [{mine: [my-id]}]
router_settings:
  model_group_alias: {one: my-id, two: "discover:xai/grok-4.5", three: group}
  routing_groups: [{group_name: group, models: [mine]}]
`.replace("my-own-gpt\n", "my-own-gpt\n    model_info: {id: my-id}\n");
  const id = "the id of an entry: LiteLLM takes its model_name there";
  assertEquals(await linesIn(text), [
    `10: model_group_alias "one" resolves to "my-id", which is ${id}`,
    `10: model_group_alias "two" resolves to "discover:xai/grok-4.5", which is ${id}`,
  ]);
  assertEquals((await namesIn(text)).map(({ hint }) => hint), [
    'write that entry\'s name: "mine"',
    'write that entry\'s name: "grok-4.5"',
  ]);
});

Deno.test("a wildcard, an id and a routing group are definitions", async () => {
  const names = (list: string): string =>
    `${MINE}  fallbacks: [{mine: [${list}]}]
`;
  const wildcard = (glob: string): string =>
    names("openai/gpt-9, gone").replace(
      "model_list:",
      `model_list:
  - {model_name: "${glob}", litellm_params: {model: "${glob}"}}`,
    );
  const unknown = (name: string): string[] => [
    `8: the fallback "${name}" is not defined in this config`,
  ];
  assertEquals(await linesIn(wildcard("*-9")), unknown("gone"));
  assertEquals(await linesIn(wildcard("openai/*")), unknown("gone"));
  assertEquals(await linesIn(wildcard("g*")), unknown("openai/gpt-9"));
  const other = `${names("my-id, group")}router_settings:
  routing_groups: [{group_name: group, models: [mine]}]
`.replace("my-own-gpt\n", "my-own-gpt\n    model_info: {id: my-id}\n");
  assertEquals(await namesIn(other), []);
});

Deno.test("an upstream model's name is a definition, as it is for LiteLLM", async () => {
  const text =
    `${MINE}  fallbacks: [{mine: [openai/my-own-gpt, xai/grok-4.5, xai/gone]}]
`;
  assertEquals(await linesIn(text), [
    '7: the fallback "xai/gone" is not defined in this config',
  ]);
});

Deno.test("no name is judged where models may come from elsewhere", async () => {
  const text = `${MINE}  fallbacks: [{mine: [gone]}]
`;
  assertEquals((await namesIn(text)).length, 1);
  for (
    const more of [
      "general_settings: {store_model_in_db: true}\n",
      "general_settings: {store_model_in_db: os.environ/IN_DB}\n",
      "general_settings: {database_url: os.environ/DATABASE_URL}\n",
      'environment_variables: {STORE_MODEL_IN_DB: "True"}\n',
      "environment_variables: {DATABASE_URL: postgres://x}\n",
      "include: [not-here.yaml]\n",
    ]
  ) assertEquals(await namesIn(text + more), [], more);
  for (
    const more of [
      "general_settings: {store_model_in_db: false, database_url: null}\n",
      'environment_variables: {STORE_MODEL_IN_DB: "False"}\n',
    ]
  ) assertEquals((await namesIn(text + more)).length, 1, more);
});

Deno.test("no name is judged where the environment puts models into a database", async () => {
  const text = `${MINE}  fallbacks: [{mine: [gone]}]\n`;
  const withValues = (values: Readonly<Record<string, string>>): Scene => ({
    environment: { valueOf: (name) => values[name], mayRead: () => true },
  });
  for (
    const values of [
      { STORE_MODEL_IN_DB: "True" },
      { DATABASE_URL: "postgres://x" },
      { DATABASE_HOST: "db" },
    ]
  ) assertEquals(await namesIn(text, withValues(values)), []);
  const off = withValues({ STORE_MODEL_IN_DB: "False" });
  assertEquals((await namesIn(text, off)).length, 1);
});

Deno.test("lines after the block are counted as they are in the file", async () => {
  const text = `${await withGrok()}  default_fallbacks: [gone]
`;
  const outcomes = [answered("xai", "grok-4.5")];
  const [found] = await namesIn(text, { outcomes });
  assertEquals(found?.line, text.trimEnd().split("\n").length);
});

Deno.test("a typo in an included file's fallbacks and aliases is found there", async () => {
  const text = `include:
  - routing.yaml
model_list:
  - model_name: claude-main
    litellm_params: {model: anthropic/claude-sonnet-5, api_key: os.environ/ANTHROPIC_API_KEY}
`;
  const routing = `litellm_settings:
  fallbacks: [{claude-main: [claude-falback]}]
router_settings:
  model_group_alias: {fast: nothere}
`;
  const scene = { files: { "routing.yaml": routing } };
  assertEquals(await linesIn(text, scene), [
    'routing.yaml:4: model_group_alias "fast" resolves to "nothere", which is not defined in this config',
    'routing.yaml:2: the fallback "claude-falback" is not defined in this config',
  ]);
  const [, typo] = await namesIn(text, scene);
  assertEquals(typo?.hint, 'did you mean "claude-fallback"?');
});

Deno.test("what an earlier block called otherwise is named as it is called now", async () => {
  assertEquals(await hintsFor("anthropic/claude-sonnet-5"), [
    'did you mean "claude-sonnet-5"?',
  ]);
  assertEquals(await hintsFor("claude/grok"), ['did you mean "grok"?']);
});

Deno.test("an alias of discover's without a model is not to be removed: --why says why there is none", async () => {
  const outcomes = [answered("xai", "grok-4.5")];
  for (const name of ["claude-fallback", "claude-opus-fallback"]) {
    assertEquals(await hintsFor(name, { outcomes }), [
      `run discover --why ${name}: it says why that alias has no model`,
    ]);
  }
  const settings = { ...settingsOf(), aliases: [] };
  const [hint] = await hintsFor("gemini-pro", { settings });
  assertEquals(String(hint).includes("--why"), false);
});

Deno.test("what the block had until it was shut down is named with its successor", async () => {
  const settings = { ...settingsOf(), today: "2026-11-27" };
  const outcomes = [answered("xai", "grok-4.3", "grok-4.5")];
  const scene = { settings, outcomes };
  assertEquals(await hintsFor("grok-3", scene), [
    '"grok-3" was shut down on 2026-05-15: use "grok-4.3"',
  ]);
  // Without the successor in the block, there is none to name.
  const other = { settings, outcomes: [answered("xai", "grok-4.5")] };
  assertEquals(await hintsFor("grok-3", other), [
    '"grok-3" was shut down on 2026-05-15: name another model',
  ]);
  const day = { ...settings, today: "2026-05-01" };
  assertEquals(await hintsFor("grok-3", { ...scene, settings: day }), [
    'did you mean "grok-4.3"?',
  ]);
});

Deno.test("what the block itself stated of a model that left it is believed", async () => {
  const ending = {
    id: "grok-8",
    endsOn: "2026-11-26",
    successor: "grok-9",
  };
  const outcomes = [answered("xai", ending, "grok-9")];
  const before = { ...settingsOf(), today: "2026-09-01" };
  const text = `${MINE}  fallbacks: [{mine: [grok-8]}]\n`;
  assertEquals(await namesIn(text, { outcomes, settings: before }), []);
  const plan = await planOf(text, outcomes, before);
  const settings = { ...before, today: "2026-11-27" };
  const found = await namesIn(textOf(plan.bytes), { outcomes, settings });
  assertEquals(found.map(({ hint }) => hint), [
    '"grok-8" was shut down on 2026-11-26: use "grok-9"',
  ]);
});

Deno.test("a name that may be a key is not printed", async () => {
  const key = "sk-proj-Abc123Def456Ghi789Jkl012";
  const text = `${MINE}  fallbacks: [{mine: [${key}]}]\n`;
  const [found] = await namesIn(text);
  assertEquals(found?.text.includes(key), false);
});

Deno.test("of very many unknown names, all are found, and the first have a hint", async () => {
  const names = Array.from({ length: 60 }, (_, at) => `mine${at}`);
  const hints = await hintsFor(names.join(", "));
  assertEquals(hints.length, 60);
  assertEquals(hints.at(0), 'did you mean "mine"?');
  const without = "name a model of this config, or remove it: LiteLLM " +
    "reports it only when the fallback is needed";
  assertEquals(hints.at(-1), without);
});
