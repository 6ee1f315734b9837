import { planRemoval } from "../../lib/commands/plan.ts";
import { Lines } from "../../lib/config/lines.ts";
import { danglingWarnings } from "../../lib/doctor/dangling.ts";
import { assertEquals } from "../support/assert.ts";
import { answered, configOf, planOf, textOf } from "../support/parts.ts";

const ANSWERS = [
  answered("openrouter", "anthropic/claude-sonnet-5"),
  answered("xai", "grok-4.5"),
];

/** The lines and texts of a removal of the block from a config after a run. */
async function leftBehind(settings: string, entries = ""): Promise<string[]> {
  const text = `\
model_list:
  - model_name: mine
    litellm_params:
      model: openai/my-own-gpt
${entries}${settings}`;
  const config = await configOf(textOf((await planOf(text, ANSWERS)).bytes));
  const { bytes } = planRemoval(config);
  assertEquals(textOf(bytes), text);
  const lines = new Lines(config, bytes);
  return danglingWarnings(config, config.previous, lines)
    .map(({ line, text }) => `${line}: ${text}`);
}

Deno.test("a fallback that only the block had points nowhere without it", async () => {
  const found = await leftBehind(`\
litellm_settings:
  fallbacks:
    - mine: [claude-fallback, mine]
    - claude-sonnet-5: [mine]
router_settings:
  model_group_alias:
    fast: grok
`);
  assertEquals(found, [
    '7: the fallback "claude-fallback" points nowhere without the block',
    '11: model_group_alias "fast", which resolves to "grok", points nowhere ' +
    "without the block",
  ]);
});

Deno.test("what somebody else answers is not left behind, nor what nobody did", async () => {
  const fallbacks = `\
litellm_settings:
  fallbacks:
    - mine: [grok-4.5, nobody]
`;
  assertEquals((await leftBehind(fallbacks)).length, 1);
  const wildcard = `\
  - model_name: "grok-*"
    litellm_params:
      model: xai/*
`;
  assertEquals(await leftBehind(fallbacks, wildcard), []);
  const database = "general_settings:\n  store_model_in_db: true\n";
  assertEquals(await leftBehind(fallbacks + database), []);
});
