import { assertEquals } from "./assert.ts";
import { advise } from "../lib/advise.ts";
import { readConfig } from "../lib/config.ts";
import type { Outcome } from "../lib/outcome.ts";
import { planRefresh } from "../lib/plan.ts";
import {
  answered,
  bytesOf,
  failed,
  MINE,
  settingsOf,
  withGrok,
} from "./parts.ts";

const SONNET = "anthropic/claude-sonnet-5";
const ALL: readonly Outcome[] = [
  answered("openrouter", SONNET),
  answered("xai", "grok-4.5"),
  answered("gemini", "gemini-3.8-flash"),
];

/** The advice for a config: its codes, and the texts. */
async function adviceOn(
  config: string | Uint8Array,
  outcomes: readonly Outcome[] = ALL,
): Promise<{ codes: string[]; texts: string[] }> {
  const bytes = typeof config === "string" ? bytesOf(config) : config;
  const read = await readConfig(bytes);
  const settings = settingsOf();
  const { earlier } = read;
  const plan = await planRefresh(read, earlier, settings, outcomes);
  if (!plan.catalog) throw new Error("no catalog");
  const warnings = advise(read, earlier, plan.catalog, settings, outcomes);
  return {
    codes: warnings.map(({ code }) => code),
    texts: warnings.map(({ text }) => text),
  };
}

Deno.test("advise() has nothing to say about a config in good order", async () => {
  const text = `${MINE}  fallbacks: [{mine: [claude-fallback, grok-4.5]}]\n`;
  assertEquals((await adviceOn(text)).codes, []);
});

Deno.test("advise() finds fallbacks to names that do not exist, each once", async () => {
  const text = `model_list:
  - model_name: mine
    litellm_params: {model: openai/a}
  - model_name: local/*
    litellm_params: {model: ollama/*}
litellm_settings:
  fallbacks: [{mine: [gone, local/a, grok]}, {other: [gone]}]
  context_window_fallbacks: [{mine: [gone-too]}]
  default_fallbacks: [mine, gone-as-well]
router_settings:
  content_policy_fallbacks: [{mine: [gone-last]}]
  model_group_alias: {short: mine}
  fallbacks: [{mine: [short]}, 5, {mine: text}]
`;
  assertEquals((await adviceOn(text)).texts, [
    'the fallback "gone" is no model of this config',
    'the fallback "gone-too" is no model of this config',
    'the fallback "gone-as-well" is no model of this config',
    'the fallback "gone-last" is no model of this config',
  ]);
});

/** A config with one entry of the user's own. */
const entry = (model: string): string =>
  `model_list:
  - model_name: mine
    litellm_params: {model: ${model}}
`;

Deno.test("advise() finds hand-written models that are no longer offered", async () => {
  const gone = await adviceOn(entry("xai/grok-3"));
  assertEquals(gone.texts, [
    'your model "mine": xAI does not offer "grok-3" any more',
  ]);
  for (
    const model of [
      ...[
        "xai/grok-4.5",
        "xai/*",
        "openai/grok-3",
        "azure/gpt",
        "xai/grok-4.5:x",
      ],
      `openrouter/${SONNET}:online`,
    ]
  ) {
    assertEquals((await adviceOn(entry(model))).codes, [], model);
  }
});

Deno.test("advise() says of no model that it is gone when nobody answered", async () => {
  const outcomes = [failed("xai"), answered("gemini", "gemini-3.8-flash")];
  assertEquals((await adviceOn(entry("xai/grok-3"), outcomes)).codes, []);
});

Deno.test("advise() knows a shut-down model that is still listed, and other names", async () => {
  const retired = { id: "grok-3", retired: true };
  const xai = answered("xai", "grok-4.5", retired);
  const listed = { ...xai, alsoListed: new Set(["grok-image"]) };
  const outcomes = [listed];
  assertEquals((await adviceOn(entry("xai/grok-3"), outcomes)).codes, [
    "model-gone",
  ]);
  assertEquals((await adviceOn(entry("xai/grok-image"), outcomes)).codes, []);
});

Deno.test("advise() warns of an alias whose model will be shut down", async () => {
  const ending = { id: "grok-4.5", endsOn: "2026-12-01" };
  const { codes, texts } = await adviceOn(MINE, [answered("xai", ending)]);
  assertEquals(codes, ["ends-soon"]);
  assertEquals(texts, [
    "grok-4.5 is shut down on 2026-12-01; " +
    "grok, claude/grok point to it until then",
  ]);
});

Deno.test("advise() tells an empty choice from one that is all shut down", async () => {
  const none = await adviceOn(MINE, [answered("xai", "other-1")]);
  assertEquals(none.codes, ["no-match"]);
  const retired = { id: "grok-3", retired: true };
  const all = await adviceOn(MINE, [answered("xai", retired)]);
  assertEquals(all.codes, ["all-retired"]);
});

Deno.test("advise() tells of edits in the block and of damaged sections", async () => {
  const text = await withGrok();
  const edited = await adviceOn(text.replace("xai/grok", "xai/groq"));
  assertEquals(edited.codes, ["block-edited"]);
  const damaged = await adviceOn(
    text.replace('"discover:xai/grok-4.5"', "mine"),
  );
  assertEquals(damaged.codes, ["block-edited", "section-damaged"]);
});

Deno.test("advise() mentions a config that is not UTF-8", async () => {
  const bytes = Uint8Array.from([...bytesOf(`${MINE}# gr`), 0xfc, 0x6e, 0x0a]);
  assertEquals((await adviceOn(bytes)).codes, ["not-utf8"]);
});
