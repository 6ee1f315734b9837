import { assert, assertEquals } from "../support/assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import { configShapes, type Shape } from "../support/config_shapes.ts";
import { adviceOn, followAdvice } from "../support/fallback_advice.ts";

const SHAPES = 500;

/** Whether there is advice, and whether it named a line. */
async function outcomeOf({ text, files }: Shape): Promise<string> {
  const advice = await adviceOn(text, files).catch((error: unknown) => {
    if (error instanceof ConfigError) return undefined;
    throw error;
  });
  if (!advice) return "refused";
  if (!advice.finding) return "silent";
  return await followAdvice(advice) ? "line" : "rule";
}

Deno.test("advice that is followed to the letter does what it says, in any shape", async () => {
  const counts: Record<string, number> = {};
  for (const shape of configShapes(SHAPES, 21)) {
    const outcome = await outcomeOf(shape);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  const { line = 0, rule = 0 } = counts;
  const about = JSON.stringify(counts);
  assert(line + rule > 0.8 * SHAPES, about);
  assert(line > 0.85 * (line + rule), about);
});

const HEAD = "model_list:\n  - model_name: claude-main\n" +
  "    litellm_params: {model: anthropic/claude-sonnet-5}\n";

/** Forms that users had, most of which broke when an advice was followed. */
const FIELD: Readonly<Record<string, string>> = {
  "CRLF": `${HEAD}litellm_settings:\n  drop_params: true\n`
    .replaceAll("\n", "\r\n"),
  "a document end": `---\n${HEAD}...\n`,
  "an empty list over lines":
    `${HEAD}litellm_settings:\n  fallbacks: [\n\n  ]\n  drop_params: true\n`,
  "settings in brackets":
    `${HEAD}litellm_settings: { drop_params: true,\n  fallbacks: [] }\n`,
  "an indented root": HEAD.replace(/^/gm, "  ").trimEnd() + "\n",
  "a first value over lines":
    `${HEAD}litellm_settings:\n  callbacks: [a,\n    b]\n`,
  "a quoted key": `${HEAD}litellm_settings:\n  "drop_params": true\n`,
  "a tag": `${HEAD}litellm_settings: !!map\n  drop_params: true\n`,
};

for (const [name, text] of Object.entries(FIELD)) {
  Deno.test(`advice with a line is given and right for ${name}`, async () => {
    assertEquals(await outcomeOf({ text, files: {} }), "line");
  });
}

Deno.test("nothing is advised where the fallbacks are there, in a section that another one ends", async () => {
  const text = `${HEAD}litellm_settings:\n` +
    "  fallbacks: [{claude-main: [claude-fallback]}]\n" +
    "litellm_settings:\n  drop_params: true\n";
  assertEquals(await outcomeOf({ text, files: {} }), "silent");
});

Deno.test("nothing is advised for what LiteLLM refuses, nor to a distilled Claude", async () => {
  for (
    const text of [
      `${HEAD}litellm_settings:\n  fallbacks: |\n    - a\n    - b\n`,
      `${HEAD}litellm_settings:\n  fallbacks:\n    claude-main: [gpt]\n    gpt: [x]\n`,
      HEAD.replace(
        "anthropic/claude-sonnet-5",
        "openai/Qwen3.5-27B-Claude-4.6-Opus-Distilled-MLX-6bit, " +
          'api_base: "http://10.0.0.5:8000/v1", api_key: none',
      ),
    ]
  ) assertEquals(await outcomeOf({ text, files: {} }), "silent");
});
