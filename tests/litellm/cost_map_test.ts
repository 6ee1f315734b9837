import {
  type CostMap,
  costRowFor,
  parseCostMap,
} from "../../lib/litellm/cost_map.ts";
import { assert, assertEquals } from "../support/assert.ts";

/** A list in the form of LiteLLM's, with the owner as each model's mode. */
function listOf(rows: Record<string, string>): CostMap {
  const list = Object.entries(rows).map(([name, owner]) => [name, {
    litellm_provider: owner,
    mode: `row ${name}`,
    deprecation_date: "2027-01-31",
    metadata: { successor: "next" },
    input_cost_per_token: 1e-6,
  }]);
  const map = parseCostMap(JSON.stringify(Object.fromEntries(list)));
  assert(map);
  return map;
}

const map = listOf({
  "gpt-4o": "openai",
  "gpt-3.5-turbo-instruct": "text-completion-openai",
  "ft:gpt-4o": "openai",
  "claude-x": "anthropic",
  "gemini-2.5-pro": "vertex_ai-language-models",
  "gemini/gemini-3": "gemini",
  "vertex_ai/claude-x": "vertex_ai-anthropic_models",
  "xai/grok-9": "xai",
  "minimax/MiniMax-M3": "minimax",
  "command-r": "cohere_chat",
  "anthropic.claude-x-v1:0": "bedrock_converse",
  "us.anthropic.claude-y-v1:0": "bedrock_converse",
  "openrouter/openai/gpt-4o": "openrouter",
  "azure/gpt-4o": "azure",
});

Deno.test("a model has the row that LiteLLM takes for it", () => {
  for (
    const [model, name] of [
      ["gpt-4o", "gpt-4o"],
      ["openai/gpt-4o", "gpt-4o"],
      ["openai/gpt-3.5-turbo-instruct", "gpt-3.5-turbo-instruct"],
      ["anthropic/claude-x", "claude-x"],
      ["gemini-2.5-pro", "gemini-2.5-pro"],
      ["vertex_ai/gemini-2.5-pro", "gemini-2.5-pro"],
      ["vertex_ai_beta/gemini-2.5-pro", "gemini-2.5-pro"],
      ["vertex_ai/claude-x", "vertex_ai/claude-x"],
      ["gemini/gemini-3", "gemini/gemini-3"],
      ["xai/grok-9", "xai/grok-9"],
      ["minimax/minimax-m3", "minimax/MiniMax-M3"],
      ["cohere/command-r", "command-r"],
      ["openrouter/openai/gpt-4o", "openrouter/openai/gpt-4o"],
      ["azure/gpt-4o", "azure/gpt-4o"],
      ["bedrock/anthropic.claude-x-v1:0", "anthropic.claude-x-v1:0"],
      [
        "bedrock/converse/eu.anthropic.claude-x-v1:0",
        "anthropic.claude-x-v1:0",
      ],
      ["bedrock/us-east-1/anthropic.claude-x-v1:0", "anthropic.claude-x-v1:0"],
      ["bedrock/us.anthropic.claude-y-v1:0", "us.anthropic.claude-y-v1:0"],
      [
        "bedrock/arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-x-v1:0",
        "anthropic.claude-x-v1:0",
      ],
    ] as const
  ) {
    const row = costRowFor(map, model);
    assertEquals(row?.mode, `row ${name}`, model);
    assertEquals(row?.endsOn, "2027-01-31", model);
    assertEquals(row?.successor, "next", model);
  }
});

Deno.test("a model never has the row of another provider", () => {
  for (
    const model of [
      "gemini/gemini-2.5-pro",
      "openai/claude-x",
      "vertex_ai/gpt-4o",
      "groq/gpt-4o",
      "bedrock/claude-x",
      "openrouter/gpt-4o",
      "azure/claude-x",
      "anthropic/anthropic.claude-x-v1:0",
      "grok-9",
      // LiteLLM knows it as `gpt-4o-2029-01-31` alone.
      "openai/gpt-4o-2029-01-31",
      "openai/",
      "/gpt-4o",
      "constructor",
      "__proto__",
      "",
    ]
  ) assertEquals(costRowFor(map, model), undefined, model);
});

Deno.test("a row that LiteLLM takes for the price alone tells no end", () => {
  for (
    const model of [
      "gpt-4o-2029-01-31",
      "ft:gpt-4o:mine::id",
      "xai/grok-9-2029-01-31",
      "gemini/gemini-3-002",
      "github/gpt-4o",
      "azure_ai/gpt-4o",
    ]
  ) {
    const row = costRowFor(map, model);
    assertEquals(row?.hasPrice, true, model);
    assertEquals(row?.endsOn, undefined, model);
    assertEquals(row?.successor, undefined, model);
  }
});

Deno.test("the example of the list and what is no row are left out", () => {
  const text = `{"sample_spec": {"mode": "chat"}, "a": {}, "b": 1, "c": null,
    "d": [], "e": "text", "__proto__": {"mode": "chat"}}`;
  assertEquals([...parseCostMap(text)?.keys() ?? []], ["a", "__proto__"]);
});

Deno.test("an end is a day of the calendar, and nothing else", () => {
  for (
    const [end, read] of [
      ["2027-02-28", "2027-02-28"],
      ["2027-02-30", undefined],
      ["2027-13-01", undefined],
      ["soon", undefined],
      [
        "date when the model becomes deprecated in the format YYYY-MM-DD",
        undefined,
      ],
      [20270228, undefined],
      [null, undefined],
    ]
  ) {
    const text = JSON.stringify({ m: { deprecation_date: end } });
    assertEquals(parseCostMap(text)?.get("m")?.endsOn, read);
  }
});

Deno.test("a model has a price where LiteLLM finds one, of any kind", () => {
  for (
    const [fields, hasPrice] of [
      [{ input_cost_per_token: 1e-9 }, true],
      [{ output_cost_per_second: 0.1 }, true],
      [{ search_context_cost_per_query: { low: 0, high: 0.1 } }, true],
      [{ tiered_pricing: [] }, true],
      [{ input_cost_per_token: 0, output_cost_per_token: 0 }, false],
      [{ input_cost_per_token: "0.1" }, false],
      [{ input_cost_per_token: true }, false],
      [{ search_context_cost_per_query: { low: 0 } }, false],
      [{ tiered_pricing: null }, false],
      [{ max_tokens: 5 }, false],
      [{}, false],
    ] as const
  ) {
    const map = parseCostMap(JSON.stringify({ m: fields }));
    assertEquals(map?.get("m")?.hasPrice, hasPrice, JSON.stringify(fields));
  }
});

Deno.test("a damaged list is none", () => {
  for (
    const text of ["", "{", "[]", "null", "1", '"a"', '{"a": {}', "\ufeff{}"]
  ) {
    assertEquals(parseCostMap(text), undefined, text);
  }
  assertEquals(parseCostMap(`{}${" ".repeat(32_000_000)}`), undefined);
});

Deno.test("a successor is read where each release has it, unless it is prose", () => {
  const list = {
    newer: { successor_model: "claude-y" },
    older: { metadata: { successor: "claude-z" } },
    prose: { successor_model: "Nemotron Super VL" },
  };
  const map = parseCostMap(JSON.stringify(list));
  assertEquals(
    [...map?.values() ?? []].map(({ successor }) => successor),
    ["claude-y", "claude-z", undefined],
  );
});
