/**
 * What is newest, on the recorded catalogs: the models that the aliases of a
 * user would stand for.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { newestFirst } from "../../lib/catalog/newest.ts";
import type { Model } from "../../lib/providers/provider.ts";
import { matches } from "../../lib/text/glob.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { readCatalog } from "../support/stand_in_providers.ts";

function ids(...list: string[]): Model[] {
  return list.map((id) => ({ id }));
}

function newestOf(models: readonly Model[], glob: string): Model | undefined {
  return newestFirst(models.filter(({ id }) => matches(glob, id)))[0];
}

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
    // Codex and Pro are newer and have no chat completions.
    ["openai", "openai-2026-02", "gpt-*", "gpt-5.2"],
    ["openai", "openai-2026-02", "gpt-*-codex", "gpt-5.2-codex"],
    ["openai", "openai-2026-02", "*-pro", "gpt-5.2-pro"],
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

Deno.test("newestFirst() takes the provider's date before the version", () => {
  const models = [
    { id: "grok-4.20", createdAt: 100 },
    { id: "grok-4.5", createdAt: 300 },
    { id: "grok-4.3", createdAt: 200 },
  ];
  assertEquals(newestOf(models, "grok-[0-9]*")?.id, "grok-4.5");
});

Deno.test("newestFirst() compares versions as numbers where there is no date", () => {
  const models = ids("gemini-3.9-flash", "gemini-3.10-flash", "gemini-3-flash");
  assertEquals(
    newestOf(models, "gemini-[0-9]*-flash")?.id,
    "gemini-3.10-flash",
  );
});

Deno.test("newestFirst() prefers an older plain model to a newer preview", () => {
  const models = [
    { id: "gemini-3.1-pro-preview", createdAt: 9 },
    { id: "gemini-2.5-pro", createdAt: 1 },
  ];
  assertEquals(newestOf(models, "gemini-*-pro*")?.id, "gemini-2.5-pro");
});

Deno.test("newestFirst() takes a preview where there is nothing else", () => {
  const models = ids("gemini-3-pro-preview", "gemini-3.1-pro-preview");
  assertEquals(newestOf(models, "gemini-*")?.id, "gemini-3.1-pro-preview");
});

for (
  const other of [
    "anthropic/claude-sonnet-6-fast",
    "anthropic/claude-sonnet-6:free",
    "anthropic/claude-sonnet-6-20270101",
    "anthropic/claude-sonnet-6-preview",
  ]
) {
  Deno.test(`newestFirst() passes over "${other}" for a plain Sonnet`, () => {
    const models = [
      { id: other, createdAt: 200 },
      { id: "anthropic/claude-sonnet-5", createdAt: 100 },
    ];
    const newest = newestOf(models, "anthropic/claude-*sonnet*");
    assertEquals(newest?.id, "anthropic/claude-sonnet-5");
  });
}

Deno.test("newestFirst() finds nothing in a family without models", () => {
  assertEquals(newestOf(ids("grok-4"), "gemini-*"), undefined);
});

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

Deno.test("newestFirst() puts models in one order, whatever the order before", async () => {
  const models = (await recorded("openai", "openai-2026-02"))
    .filter(({ id }) => /^gpt-[345](?:\.\d)?(?:-mini)?$/.test(id));
  assert(models.length >= 5);
  assertEquals(newestFirst(models.toReversed()), newestFirst(models));
});

Deno.test("newestFirst() leaves models that tie as they are listed", () => {
  const models = ids("m-4-b", "m-4-a", "m-3");
  assertEquals(newestFirst(models), models);
});
