/**
 * What is newest, on the recorded catalogs: the models that the aliases of a
 * user would stand for.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { newestOf } from "../../lib/catalog/aliases.ts";
import { newestFirst } from "../../lib/catalog/newest.ts";
import type { Model } from "../../lib/providers/provider.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { readCatalog } from "../support/stand_in_providers.ts";

async function recorded(id: string, fixture: string): Promise<Model[]> {
  const provider = PROVIDERS.find((one) => one.id === id);
  const page = provider?.page(await readCatalog(fixture));
  assert(provider && page);
  return page.rows.map(provider.read).flatMap((reading) =>
    reading.kind === "chat" ? [reading.model] : []
  );
}

for (
  const [provider, fixture, glob, newest] of [
    [
      "openrouter",
      "openrouter-2026-08",
      "anthropic/claude-*sonnet*",
      "anthropic/claude-sonnet-5",
    ],
    [
      "openrouter",
      "openrouter-2026-08",
      "anthropic/claude-*opus*",
      "anthropic/claude-opus-5",
    ],
    [
      "openrouter",
      "openrouter-2026-02",
      "anthropic/*",
      "anthropic/claude-opus-4.6",
    ],
    [
      "openrouter",
      "several-makers-2026-02",
      "deepseek/deepseek-r1*",
      "deepseek/deepseek-r1",
    ],
    [
      "openrouter",
      "several-makers-2026-08",
      "deepseek/deepseek-r1*",
      "deepseek/deepseek-r1",
    ],
    ["xai", "xai-2026-07", "grok-[0-9]*", "grok-4.5"],
    ["gemini", "gemini-2026-11-page-2", "gemini-*-flash", "gemini-3.8-flash"],
    ["anthropic", "anthropic-2026-02", "claude-opus-*", "claude-opus-4-6"],
    [
      "anthropic",
      "anthropic-2026-02",
      "claude-sonnet-*",
      "claude-sonnet-4-5-20250929",
    ],
    ["openai", "openai-2026-02", "gpt-[0-9]*", "gpt-5.2"],
    ["openai", "openai-2026-02", "gpt-*-mini*", "gpt-5-mini"],
    ["openai", "openai-2026-02", "o[0-9]*", "o4-mini"],
    ["mistral", "mistral-2026-02", "mistral-large-*", "mistral-large-2512"],
    ["mistral", "mistral-2026-02", "devstral-*", "devstral-2512"],
    ["groq", "groq-documented", "llama-*", "llama-3.3-70b-versatile"],
    ["cerebras", "cerebras-documented", "*", "gpt-oss-120b"],
  ] as const
) {
  Deno.test(`the newest "${glob}" of ${fixture} is ${newest}`, async () => {
    const models = await recorded(provider, fixture);
    assertEquals(newestOf(models, glob)?.id, newest);
  });
}

Deno.test("newestFirst() takes no size for a version", () => {
  const models = ["qwen3-32b", "qwen3.5-9b", "qwen3-8x7b"].map((id) => ({
    id,
  }));
  assertEquals(newestFirst(models).map(({ id }) => id), [
    "qwen3.5-9b",
    "qwen3-32b",
    "qwen3-8x7b",
  ]);
});

Deno.test("newestFirst() puts distills after what they were distilled from, and keeps them", () => {
  const models = [
    { id: "deepseek-r1-distill-llama-70b", createdAt: 2 },
    { id: "deepseek-r1", createdAt: 1 },
  ];
  assertEquals(newestFirst(models).map(({ id }) => id), [
    "deepseek-r1",
    "deepseek-r1-distill-llama-70b",
  ]);
});

Deno.test("newestFirst() goes by versions where one model has no date", () => {
  const models = [
    { id: "m-2", createdAt: 1 },
    { id: "m-3" },
    { id: "m-1", createdAt: 9 },
  ];
  assertEquals(newestFirst(models).map(({ id }) => id), ["m-3", "m-2", "m-1"]);
});

Deno.test("newestFirst() gives one order, whatever the order before", async () => {
  const models = await recorded("openai", "openai-2026-02");
  assertEquals(newestFirst(models.toReversed()), newestFirst(models));
});
