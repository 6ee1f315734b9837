import { assertEquals } from "../../support/assert.ts";
import type { Finding } from "../../../lib/warning.ts";
import { examined } from "../../support/examined.ts";

/** Findings on entries of one name, each in flow style on a line of its own. */
async function mixedIn(
  entries: readonly string[],
  rest = "",
): Promise<Finding[]> {
  const items = entries.map((params) =>
    `  - {model_name: smart, litellm_params: {${params}}}\n`
  );
  const text = `model_list:\n${items.join("")}${rest}`;
  const found = await examined(text, { outcomes: [] });
  return found.filter(({ code }) => code === "mixed-models");
}

const TWO = ["model: openai/gpt-5", "model: anthropic/claude-sonnet-5"];

Deno.test("one name with two models and no sign of balancing is found, with the line of the second", async () => {
  const found = await mixedIn(["model: openai/gpt-5", ...TWO]);
  assertEquals(found.map(({ line, text }) => `${line}: ${text}`), [
    '4: "smart" is "openai/gpt-5" and "anthropic/claude-sonnet-5": LiteLLM ' +
    "picks one at random for each call",
  ]);
});

Deno.test("fallbacks and aliases are no sign that a split is meant", async () => {
  const rest = "router_settings:\n  fallbacks: [{smart: [smart]}]\n" +
    "  model_group_alias: {s: smart}\n";
  assertEquals((await mixedIn(TWO, rest)).length, 1);
});

for (
  const [what, entries, rest] of [
    ["a weight", [`${TWO[0]}, weight: 9`, TWO[1]]],
    ["an order", [`${TWO[0]}, order: 1`, `${TWO[1]}, order: 2`]],
    ["limits of calls", [`${TWO[0]}, rpm: 9`, TWO[1]]],
    ["a tag", [`${TWO[0]}, tags: [free]`, TWO[1]]],
    ["a base", [`${TWO[0]}, api_base: "http://lab"`, TWO[1]]],
    ["a strategy", TWO, "router_settings: {routing_strategy: least-busy}\n"],
    ["the number of retries", TWO, "router_settings: {num_retries: 2}\n"],
  ] as const
) {
  Deno.test(`${what} shows that a split is meant`, async () => {
    assertEquals(await mixedIn(entries.map((one) => one ?? ""), rest), []);
  });
}

Deno.test("teams and access groups show that a split is meant", async () => {
  const entry = (model: string, info: string): string =>
    `  - {model_name: smart, litellm_params: {model: ${model}}, ` +
    `model_info: {${info}}}\n`;
  for (const info of ["team_id: a", "access_groups: [a]", "order: 1"]) {
    const text = `model_list:\n${entry("openai/gpt-5", info)}${
      entry("xai/grok-4.5", "mode: chat")
    }`;
    const found = await examined(text, { outcomes: [] });
    assertEquals(found.filter(({ code }) => code === "mixed-models"), [], info);
  }
});

for (
  const [first, second] of [
    ["openai/gpt-4o", "openai/gpt-4o-2024-08-06"],
    ["gpt-3.5-turbo", "openrouter/openai/gpt-3.5-turbo-0125"],
    [
      "anthropic/claude-3-5-sonnet-20241022",
      "bedrock/eu.anthropic.claude-3-5-sonnet-20241022-v2:0",
    ],
    [
      "anthropic/claude-sonnet-4-20250514",
      "vertex_ai/claude-sonnet-4@20250514",
    ],
    [
      "anthropic/claude-3-5-sonnet-latest",
      "openrouter/anthropic/claude-3.5-sonnet",
    ],
    [
      "openrouter/meta-llama/llama-3.3-70b-instruct:free",
      "groq/llama-3.3-70b-versatile",
    ],
    [
      "fireworks_ai/accounts/fireworks/models/llama-v3p3-70b-instruct",
      "together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo",
    ],
    ["gemini/gemini-2.0-flash-001", "vertex_ai/gemini-2.0-flash"],
    ["azure/main", "azure/second"],
    ["azure/main", "openai/gpt-5"],
    ["openai/*", "anthropic/*"],
    ["os.environ/MODEL", "openai/gpt-5"],
    ["openai/ft:gpt-4o-mini:acme::x", "openai/gpt-5"],
  ] as const
) {
  Deno.test(`"${first}" and "${second}" may be one model`, async () => {
    const entries = [first, second].map((model) => `model: "${model}"`);
    assertEquals(await mixedIn(entries), []);
  });
}

for (
  const [first, second] of [
    ["openai/gpt-4o", "openai/gpt-4o-mini"],
    ["openai/gpt-4o", "openai/gpt-4.1"],
    ["anthropic/claude-opus-4-1", "anthropic/claude-sonnet-4-1"],
    ["groq/llama-3.3-70b-versatile", "groq/llama-3.1-8b-instant"],
  ] as const
) {
  Deno.test(`"${first}" and "${second}" are two models`, async () => {
    const entries = [first, second].map((model) => `model: "${model}"`);
    assertEquals((await mixedIn(entries)).length, 1);
  });
}
