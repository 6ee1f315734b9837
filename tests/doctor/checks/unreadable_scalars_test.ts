import { assertEquals } from "../../support/assert.ts";
import { Lines } from "../../../lib/config/lines.ts";
import { unreadableScalars } from "../../../lib/doctor/checks/unreadable_scalars.ts";
import { doctorInput, examined, type Scene } from "../../support/examined.ts";
import { answered, MINE } from "../../support/parts.ts";

/** Line and text of the settings that LiteLLM refuses. */
async function on(text: string, scene: Scene = {}): Promise<string[]> {
  const found = await examined(`model_list: []\n${text}\n`, {
    outcomes: [],
    ...scene,
  });
  return found.filter(({ code }) => code === "malformed-settings")
    .map(({ file = "", line, text }) => `${file}${line}: ${text}`);
}

Deno.test("a key of the settings that is no text stops LiteLLM", async () => {
  const needs = "where LiteLLM needs text";
  assertEquals(await on("litellm_settings:\n  fallbacks:\n  - 1: [b]"), [
    `4: a key under fallbacks is a number ${needs}`,
  ]);
  assertEquals(
    await on("router_settings:\n  model_group_alias: {on: a, null: b, c: d}"),
    [
      `3: a key under model_group_alias is a true/false value ${needs}`,
      `3: a key under model_group_alias is null ${needs}`,
    ],
  );
  assertEquals(await on("general_settings: {a: [{x: 2024-01-01}]}"), [
    "2: x has a date, which LiteLLM refuses",
  ]);
});

Deno.test("keys and dates that LiteLLM takes are no finding", async () => {
  const texts = [
    'litellm_settings: {fallbacks: [{"1": [b]}, {1e3: [b]}, {y: [on]}]}',
    "other: {1: a, b: 2024-01-01}",
    "environment_variables: {1: a}",
    "litellm_settings: {=: a, d: '2024-01-01'}",
    "general_settings: &g {a: 5}\nlitellm_settings: {<<: *g}",
    // The first one is lost.
    "litellm_settings: {a: {1: b}}\nlitellm_settings: {a: {c: b}}",
  ];
  for (const text of texts) assertEquals(await on(text), [], text);
});

Deno.test("LiteLLM 1.100 takes keys of any kind", async () => {
  const environment = {
    valueOf: () => "a-key",
    mayRead: () => true,
    release: "1.100.0",
  };
  const text = "router_settings: {model_group_alias: {1: a}}";
  assertEquals(await on(text, { environment }), []);
});

Deno.test("a sign of YAML as a value stops LiteLLM anywhere", async () => {
  const text = "a sign that LiteLLM cannot read without quotes";
  assertEquals(await on("other: [=, '=', a=b]"), [`2: ${text}`]);
  assertEquals(await on("other: {x: <<}"), [`2: ${text}`]);
});

Deno.test("in an included file the section counts that LiteLLM has in the end", async () => {
  const include = "include: [a.yaml]\nlitellm_settings: {x: {1: b}}";
  const a = "litellm_settings: {y: {2: b}}\n";
  assertEquals(await on(include, { files: { "a.yaml": a } }), [
    "a.yaml1: a key under y is a number where LiteLLM needs text",
  ]);
});

Deno.test("a block of 350 models costs no reading of its tokens", async () => {
  const models = Array.from({ length: 350 }, (_, at) => ({
    id: `grok-${at}.5-2024-08-06`,
    displayName: `Maker ${at}: Model (2024-08-06)`,
    createdAt: 1_700_000_000 + at,
    maxInputTokens: 1_048_576,
    maxOutputTokens: 65_536,
    supportsVision: true,
    supportsFunctionCalling: true,
    ...(at % 2 === 0 && { endsOn: "2031-12-01", successor: "grok-999" }),
  }));
  const input = await doctorInput(MINE, {
    outcomes: [answered("xai", ...models)],
  });
  assertEquals(input.ours.length >= 350, true);
  class UnreadLines extends Lines {
    override positionsIn(): never {
      throw new Error("the tokens were read");
    }
  }
  const lines = new UnreadLines(input.config, input.bytes);
  assertEquals(unreadableScalars({ ...input, lines }), []);
});
