import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../../support/assert.ts";
import { examined } from "../../support/examined.ts";
import {
  adviceOn,
  CLAUDE,
  followAdvice,
} from "../../support/fallback_advice.ts";

const RULE = "{my-claude: [claude-fallback]}";
const LIST = `fallbacks: [${RULE}]`;

/** What may follow the list, and the hint, its lines counted from there. */
const FORMS: readonly (readonly [string, string])[] = [
  ["", `after line 0, add:\nlitellm_settings:\n  ${LIST}`],
  ["...\n", `after line 0, add:\nlitellm_settings:\n  ${LIST}`],
  ["litellm_settings:\n", `after line 1, add:\n  ${LIST}`],
  [
    "litellm_settings: {}\n",
    `on line 1, right after \`litellm_settings: {\`, insert:\n${LIST}`,
  ],
  [
    "litellm_settings: null\n",
    "on line 1, right after `litellm_settings: `, write instead of `null`:\n" +
    `{${LIST}}`,
  ],
  ["litellm_settings:\n  drop_params: true\n", `after line 1, add:\n  ${LIST}`],
  [
    "litellm_settings:\n  callbacks: [a,\n    b]\n",
    `after line 1, add:\n  ${LIST}`,
  ],
  [
    "\nlitellm_settings:\n\n    'drop_params': true\n",
    `after line 2, add:\n    ${LIST}`,
  ],
  [
    "litellm_settings: !!map\n  drop_params: true\n",
    `after line 1, add:\n  ${LIST}`,
  ],
  [
    "litellm_settings: {drop_params: true}\n",
    `on line 1, right after \`litellm_settings: {\`, insert:\n${LIST},`,
  ],
  [
    "litellm_settings: { drop_params: true,\n  fallbacks: [] }\n",
    `on line 2, right after \`fallbacks: [\`, insert:\n${RULE}`,
  ],
  [
    "litellm_settings:\n  fallbacks:\n  - gpt: [my-or]\n",
    `after line 2, add:\n  - ${RULE}`,
  ],
  [
    "litellm_settings:\n  fallbacks: [\n    {gpt: [my-or]}]\n",
    `on line 2, right after \`fallbacks: [\`, insert:\n${RULE},`,
  ],
  [
    "litellm_settings:\n  fallbacks: [\n\n  ]\n  drop_params: true\n",
    `on line 2, right after \`fallbacks: [\`, insert:\n${RULE}`,
  ],
  [
    "litellm_settings:\n  fallbacks: []\nrouter_settings:\n  fallbacks:\n" +
    "    - gpt: [my-or]\n",
    `after line 4, add:\n    - ${RULE}`,
  ],
  // LiteLLM takes the last of two sections.
  [
    "litellm_settings:\n  cache: true\nlitellm_settings:\n  drop_params: true\n",
    `after line 3, add:\n  ${LIST}`,
  ],
];

for (const [form, expected] of FORMS) {
  Deno.test(`the fallback is advised where it goes in ${JSON.stringify(form)}`, async () => {
    const advice = await adviceOn(CLAUDE + form);
    const end = advice.text.split("\n")
      .findIndex((line) => line.includes("# <<< ")) + 1;
    const moved = expected.replace(
      /line (\d+)/,
      (_, line) => `line ${Number(line) + end}`,
    );
    assertEquals(advice.finding?.line, 8);
    assertEquals(
      advice.finding?.text,
      '"my-claude" has no fallback, and claude-fallback is available',
    );
    assertEquals(advice.finding?.hint, moved);
    assert(await followAdvice(advice));
  });
}

Deno.test("the rule alone is given where no line can be promised", async () => {
  for (
    const form of [
      "litellm_settings: &s\n  drop_params: true\nother: *s\n",
      "other: &s {drop_params: true}\nlitellm_settings: *s\n",
      "b: &b\n  fallbacks: [{gpt: [my-or]}]\nlitellm_settings:\n  <<: *b\n",
      "note: |\n  the end of a text without a line end",
    ]
  ) {
    const { finding } = await adviceOn(CLAUDE + form);
    assertEquals(
      finding?.hint,
      `add to the list litellm_settings.fallbacks the item ${RULE}`,
    );
  }
});

Deno.test("fallbacks that LiteLLM refuses get no advice to add one", async () => {
  for (const list of ["|\n    - a\n    - b", "{gpt: [x]}", "gpt", "4"]) {
    for (const section of ["litellm_settings", "router_settings"]) {
      const form = `${section}:\n  fallbacks: ${list}\n`;
      assertEquals((await adviceOn(CLAUDE + form)).finding, undefined, form);
    }
  }
});

Deno.test("the section of an included file that replaces the main one is named", async () => {
  const config = `include: [r.yaml]\n${CLAUDE}litellm_settings: {}\n`;
  const files = {
    "r.yaml": "# mine\nlitellm_settings:\n  drop_params: true\n",
  };
  const advice = await adviceOn(config, files);
  assertEquals(
    advice.finding?.hint,
    `after line 2 of "r.yaml", add:\n  ${LIST}`,
  );
  assert(await followAdvice(advice));
  const covered = { "r.yaml": "litellm_settings:\n  " + LIST };
  assertEquals((await adviceOn(config, covered)).finding, undefined);
  const anchored = "litellm_settings: &s {a: 1}\nother: *s\n";
  assertStringIncludes(
    (await adviceOn(config, { "r.yaml": anchored })).finding?.hint ?? "",
    'litellm_settings.fallbacks in "r.yaml" the item',
  );
});

Deno.test("who has fallbacks is left alone, and who has no Claude", async () => {
  for (
    const settings of [
      "fallbacks: [{my-claude: [gpt]}]",
      "fallbacks: [{'*': [gpt]}]",
      "fallbacks: [{gpt: [claude-fallback]}]",
      "default_fallbacks: [gpt]",
    ]
  ) {
    for (const section of ["litellm_settings", "router_settings"]) {
      const text = `${CLAUDE}${section}:\n  ${settings}\n`;
      assertEquals(await examined(text), [], text);
    }
  }
  const end = CLAUDE.indexOf("  - model_name: my-claude");
  assertEquals(await examined(CLAUDE.slice(0, end)), []);
  const own = CLAUDE.replace(/}\n$/, ", fallbacks: [gpt]}\n");
  assertEquals((await adviceOn(own)).finding, undefined);
  const distilled = "anthropic/claude-sonnet-5, api_base: http://10.0.0.5/v1";
  const config = CLAUDE.replaceAll(
    / anthropic\/claude-s[^}]*/g,
    ` ${distilled}`,
  );
  assertEquals((await adviceOn(config)).finding, undefined);
});

Deno.test("a rule in the section that LiteLLM does not read does not count", async () => {
  const advice = await adviceOn(
    `${CLAUDE}litellm_settings:\n  fallbacks: [{my-claude: [gpt]}]\n` +
      "router_settings:\n  fallbacks: [{gpt: [my-or]}]\n",
  );
  assertStringIncludes(advice.finding?.hint ?? "", `insert:\n${RULE},`);
  assert(await followAdvice(advice));
});

Deno.test("a name that YAML would read as something else is quoted", async () => {
  for (const name of ["4.1", "on", "a: b", "- x", "caf\u00e9"]) {
    const text = CLAUDE.replace("my-claude", JSON.stringify(name));
    assert(await followAdvice(await adviceOn(text)), name);
  }
});

Deno.test("neither keys nor what is next to the list are quoted", async () => {
  const secret = "sk-ant-api03-AbCdEfGh1234567890";
  const beside = `litellm_settings: {api_key: ${secret}, fallbacks: []}\n`;
  const advice = await adviceOn(CLAUDE + beside);
  assert(await followAdvice(advice));
  const named = CLAUDE.replace("my-claude", secret);
  for (const { finding } of [advice, await adviceOn(named)]) {
    assert(!JSON.stringify(finding ?? "").includes(secret));
  }
});

Deno.test("the config is named where the model is in a file that it includes", async () => {
  const files = { "models.yaml": CLAUDE };
  const advice = await adviceOn("include: [models.yaml]\n", files);
  assertEquals(advice.finding?.file, "models.yaml");
  assertMatch(
    advice.finding?.hint ?? "",
    /^after line \d+ of the config, add:\n/,
  );
  assert(await followAdvice(advice));
});
