/**
 * The ends that providers state in their own lists, in recorded rows and in ones
 * as their documentation has them.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { readCatalog } from "../support/stand_in_providers.ts";
import { selectModels } from "../../lib/catalog/select.ts";
import { withLifecycle } from "../../lib/providers/lifecycle.ts";
import type { Model, Provider } from "../../lib/providers/provider.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";

function providerOf(id: string): Provider {
  const provider = PROVIDERS.find((one) => one.id === id);
  assert(provider);
  return provider;
}

/** A chat model as a run knows it: the list first, then the table. */
function modelOf(provider: string, row: unknown): Model {
  const reading = providerOf(provider).read(row);
  assert(reading.kind === "chat", reading.kind);
  return withLifecycle(provider, reading.model);
}

async function recordedRow(catalog: string, id: string): Promise<unknown> {
  const [provider = ""] = catalog.split("-");
  const page = providerOf(provider).page(await readCatalog(catalog));
  const row = page?.rows.find((one) => JSON.stringify(one).includes(`"${id}"`));
  assert(row, id);
  return row;
}

function isOffered(model: Model, today: string): boolean {
  const rules = {
    include: ["*"],
    exclude: [],
    variants: [],
    keepRetired: false,
  };
  return selectModels([model], rules, today).models.length === 1;
}

const GPT = { id: "gpt-9", object: "model", created: 1, owned_by: "openai" };
const KIMI = {
  id: "accounts/fireworks/models/kimi-k9",
  supports_chat: true,
  kind: "HF_BASE_MODEL",
};

for (
  const [provider, source, row, endsOn, successor] of [
    [
      "openrouter",
      "recorded in February 2026",
      await recordedRow("openrouter-2026-02", "google/gemini-2.0-flash-001"),
      "2026-03-31",
      undefined,
    ],
    [
      "mistral",
      "recorded in February 2026",
      await recordedRow("mistral-2026-02", "mistral-small-2501"),
      "2026-02-28",
      undefined,
    ],
    [
      "mistral",
      "with what replaces it, as of August 2026",
      {
        id: "mistral-test",
        capabilities: { completion_chat: true },
        deprecation: "2026-08-31T12:00:00Z",
        deprecation_replacement_model: "mistral-medium-3-5",
      },
      "2026-08-31",
      "mistral-medium-3-5",
    ],
    [
      "fireworks",
      "documented",
      { ...KIMI, deprecationDate: { year: 2026, month: 9, day: 5 } },
      "2026-09-05",
      undefined,
    ],
    [
      "openai",
      "documented",
      { ...GPT, shutdown_date: "2026-10-23" },
      "2026-10-23",
      undefined,
    ],
  ] as const
) {
  Deno.test(`${provider} states the last day of a model: ${source}`, () => {
    const model = modelOf(provider, row);
    assertEquals([model.endsOn, model.successor], [endsOn, successor]);
    assertEquals(isOffered(model, endsOn), true);
    const after = new Date(Date.parse(endsOn) + 86_400_000);
    assertEquals(isOffered(model, after.toISOString().slice(0, 10)), false);
  });
}

for (
  const [provider, row] of [
    ["openai", { ...GPT, shutdown_date: null }],
    ["openai", { ...GPT, shutdown_date: "soon" }],
    ["openai", { ...GPT, shutdown_date: "2026-02-30" }],
    ["openai", { ...GPT, shutdown_date: "1970-01-01" }],
    ["openai", { ...GPT, shutdown_date: 20261023 }],
    ["fireworks", { ...KIMI, deprecationDate: null }],
    ["fireworks", { ...KIMI, deprecationDate: { year: 2026, month: 13 } }],
    ["fireworks", { ...KIMI, deprecationDate: "2026-09-05" }],
    ["openrouter", { id: "anthropic/a", expiration_date: "2098-12-31" }],
  ] as const
) {
  Deno.test(`${provider} states no last day with ${JSON.stringify(row)}`, () => {
    assertEquals(modelOf(provider, row).endsOn, undefined);
  });
}

Deno.test("mistral's replacement is no text that a config may not hold", () => {
  const row = {
    id: "m",
    capabilities: { completion_chat: true },
    deprecation_replacement_model: 'x"\n- y',
  };
  assertEquals(modelOf("mistral", row).successor, undefined);
});

Deno.test("cohere's deprecated models, without any day, are not offered", async () => {
  const row = await recordedRow("cohere-documented-page-1", "command-light");
  const { endsOn: _, ...stated } = modelOf("cohere", row);
  assertEquals(isOffered(stated, "2020-01-01"), false);
});

for (
  const [provider, day, ids] of [
    ["anthropic", "2026-11-30", [
      "claude-sonnet-4-5",
      "claude-sonnet-4-5-20250929",
    ]],
    ["openai", "2026-10-23", ["gpt-4", "gpt-3.5-turbo", "o1", "o3-mini"]],
    ["openai", "2026-10-23", ["o4-mini"]],
    ["openai", "2026-12-11", ["gpt-5", "gpt-5-mini", "gpt-5-nano", "o3"]],
    ["openai", "2027-01-14", ["gpt-4.1", "gpt-4.1-mini", "gpt-4o"]],
  ] as const
) {
  Deno.test(`${provider}'s list states no end, the table does: ${ids.join(", ")} on ${day}`, () => {
    for (const id of ids) {
      assertEquals(modelOf(provider, { id }).endsOn, day, id);
    }
  });
}
