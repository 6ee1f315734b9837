/**
 * OpenRouter's rules against recorded catalogs: exactly which rows are chat models, and
 * what is read off them.
 *
 * @module
 */

import { assert, assertEquals } from "../../support/assert.ts";
import { OPENROUTER } from "../../../lib/providers/default/openrouter.ts";
import type { Reading } from "../../../lib/providers/provider.ts";
import { byDefault, chatModels, kindOf, modelOf } from "../../support/rows.ts";
import { readCatalog } from "../../support/stand_in_providers.ts";

Deno.test("openrouter offers exactly the Anthropic models of August 2026", async () => {
  const models = await chatModels(OPENROUTER, "openrouter-2026-08");
  assertEquals(byDefault(OPENROUTER, models, "2026-08-20"), [
    "anthropic/claude-3-haiku",
    "anthropic/claude-fable-5",
    "anthropic/claude-haiku-4.5",
    "anthropic/claude-opus-4",
    "anthropic/claude-opus-4.1",
    "anthropic/claude-opus-4.5",
    "anthropic/claude-opus-4.6",
    "anthropic/claude-opus-4.7",
    "anthropic/claude-opus-4.7-fast",
    "anthropic/claude-opus-4.8",
    "anthropic/claude-opus-4.8-fast",
    "anthropic/claude-opus-5",
    "anthropic/claude-opus-5-fast",
    "anthropic/claude-sonnet-4",
    "anthropic/claude-sonnet-4.5",
    "anthropic/claude-sonnet-4.6",
    "anthropic/claude-sonnet-5",
  ]);
});

Deno.test("openrouter offers exactly the Anthropic models of February 2026", async () => {
  const models = await chatModels(OPENROUTER, "openrouter-2026-02");
  assertEquals(byDefault(OPENROUTER, models, "2026-02-10"), [
    "anthropic/claude-3-haiku",
    "anthropic/claude-3.5-haiku",
    "anthropic/claude-3.5-sonnet",
    "anthropic/claude-3.7-sonnet",
    "anthropic/claude-haiku-4.5",
    "anthropic/claude-opus-4",
    "anthropic/claude-opus-4.1",
    "anthropic/claude-opus-4.5",
    "anthropic/claude-opus-4.6",
    "anthropic/claude-sonnet-4",
    "anthropic/claude-sonnet-4.5",
  ]);
});

Deno.test("openrouter's variants are known as such, and batch rows never chat", async () => {
  const models = [
    ...await chatModels(OPENROUTER, "openrouter-2026-02"),
    ...await chatModels(OPENROUTER, "openrouter-2026-08"),
  ];
  const variants = models.filter(({ id }) => id.includes("anthropic/"))
    .filter(({ variant }) => variant !== undefined)
    .map(({ id, variant }) => [id, variant]);
  assertEquals(variants, [
    ["anthropic/claude-3.7-sonnet:thinking", "thinking"],
    ["~anthropic/claude-fable-latest", "latest"],
    ["~anthropic/claude-haiku-latest", "latest"],
    ["~anthropic/claude-sonnet-latest", "latest"],
    ["~anthropic/claude-opus-latest", "latest"],
  ]);
  assertEquals(models.filter(({ id }) => id.includes(":batch")), []);
});

for (
  const id of [
    "anthropic/claude-sonnet-5:batch",
    "~anthropic/claude-sonnet-latest:batch",
    "anthropic/claude-sonnet-5:thinking:batch",
  ]
) {
  Deno.test(`openrouter's "${id}" is a batch row, whatever else it is`, () => {
    assertEquals(kindOf(OPENROUTER, { id }), "ineligible");
  });
}

Deno.test("openrouter's rule is the author, which equals Claude's tokenizer in the recordings", async () => {
  for (const catalog of ["openrouter-2026-02", "openrouter-2026-08"]) {
    const page = OPENROUTER.page(await readCatalog(catalog));
    const rows = JSON.stringify(page?.rows ?? []);
    const parsed: { id: string; architecture: { tokenizer: string } }[] = JSON
      .parse(rows);
    const byTokenizer = parsed.filter((row) =>
      row.architecture.tokenizer === "Claude" ||
      row.id.startsWith("~anthropic/")
    );
    const byAuthor = parsed.filter((row) =>
      row.id.replace(/^~/, "").startsWith("anthropic/")
    );
    assertEquals(byAuthor.map(({ id }) => id), byTokenizer.map(({ id }) => id));
  }
});

for (
  const id of [
    "anthracite-org/magnum-v4-72b",
    "mancer/weaver",
    "relace/relace-apply-3",
    "openrouter/auto",
    "stealth/ox-alpha",
    "anthropic-labs/claude-sonnet-5",
    "notanthropic/claude-sonnet-5",
    "Anthropic/claude-sonnet-5",
    "x/anthropic/claude-sonnet-5",
    "~~anthropic/claude-sonnet-5",
    "claude-sonnet-5",
  ]
) {
  Deno.test(`openrouter's "${id}" is not Anthropic's, whatever its other fields say`, () => {
    const row = {
      id,
      name: "Anthropic: Claude Sonnet 5",
      description: "Made by Anthropic",
      owned_by: "anthropic",
      architecture: { tokenizer: "Claude" },
    };
    const reading = OPENROUTER.read(row);
    const models = reading.kind === "chat" ? [reading.model] : [];
    assertEquals(byDefault(OPENROUTER, models, "2026-02-10"), []);
  });
}

Deno.test("openrouter's id and slugs must name the same maker", () => {
  const id = "anthropic/claude-x";
  const alias = "~anthropic/claude-x-latest";
  const cases: [Reading["kind"], object][] = [
    ["chat", { id, canonical_slug: "anthropic/claude-4-x-20260101" }],
    ["ambiguous-maker", { id, canonical_slug: "openai/gpt-9" }],
    ["chat", { id: alias, alias_target: { slug: "anthropic/claude-x" } }],
    ["ambiguous-maker", { id: alias, alias_target: { slug: "openai/gpt-9" } }],
    ["chat", { id: alias, canonical_slug: alias, alias_target: null }],
  ];
  for (const [kind, row] of cases) {
    assertEquals(kindOf(OPENROUTER, row), kind, JSON.stringify(row));
  }
});

Deno.test("openrouter's days are Anthropic's only where Anthropic has the very same", async () => {
  const models = await chatModels(OPENROUTER, "openrouter-2026-08");
  assertEquals(models.flatMap(({ datedName }) => datedName ?? []).toSorted(), [
    "claude-haiku-4-5-20251001",
    "claude-opus-4-1-20250805",
    "claude-sonnet-4-5-20250929",
  ]);
});

Deno.test("openrouter's models are called what it calls them, without the maker", async () => {
  const models = await chatModels(OPENROUTER, "openrouter-2026-08");
  const names = models.flatMap(({ displayName }) => displayName ?? []);
  assertEquals(names.includes("Claude Opus 4.8"), true);
  assertEquals(names.includes("Claude Opus 5 (Fast)"), true);
  assertEquals(names.filter((text) => text.startsWith("Anthropic")), []);
});

Deno.test("openrouter's facts are read, and a far-away end means none", () => {
  const row = {
    id: "anthropic/claude-x",
    created: 1782843083,
    context_length: 1_000_000,
    architecture: { input_modalities: ["text", "image"] },
    top_provider: { context_length: 200_000, max_completion_tokens: 64_000 },
    supported_parameters: ["tools"],
    expiration_date: "2027-01-31",
  };
  assertEquals(modelOf(OPENROUTER, row), {
    id: "anthropic/claude-x",
    createdAt: 1782843083,
    maxInputTokens: 200_000,
    maxOutputTokens: 64_000,
    supportsVision: true,
    supportsFunctionCalling: true,
    endsOn: "2027-01-31",
  });
  const never = { ...row, expiration_date: "2098-12-31" };
  assertEquals(modelOf(OPENROUTER, never).endsOn, undefined);
});

Deno.test("openrouter's prices are clean dollars per million, and a router's -1 is none", async () => {
  const models = await chatModels(OPENROUTER, "openrouter-2026-08");
  const priceOf = (id: string): unknown =>
    models.find((model) => model.id === id)?.price;
  assertEquals(priceOf("anthropic/claude-sonnet-4"), { input: 3, output: 15 });
  assertEquals(priceOf("openrouter/auto"), undefined);
  for (const { id, price } of models) {
    const digits = `${price?.input} ${price?.output}`;
    assert(!/\d{10}/.test(digits), `${id}: ${digits}`);
  }
});

Deno.test("openrouter's count is read as the number of all models, in the documented form", () => {
  const read = (body: unknown): unknown => OPENROUTER.keyInfo?.read(body);
  assertEquals(read({ data: { count: 150 } }), {
    kind: "counted",
    listed: 150,
  });
  for (const body of [null, [], {}, { data: [] }, { data: { count: "9" } }]) {
    assertEquals(read(body), undefined, JSON.stringify(body));
  }
});
