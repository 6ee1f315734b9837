/**
 * The table of providers against recorded catalogs: exactly which rows are chat
 * models, where the requests go, and how a wrong key is told.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import type { Model, Provider, Reading } from "../../lib/providers/provider.ts";
import { DEFAULT_PROVIDERS as PROVIDERS } from "../../lib/providers/default.ts";
import { withLifecycle } from "../../lib/providers/lifecycle.ts";
import { selectModels } from "../../lib/catalog/select.ts";
import { readCatalog } from "../support/stand_in_providers.ts";

function providerOf(id: string): Provider {
  const found = PROVIDERS.find((provider) => provider.id === id);
  assert(found, `no provider "${id}"`);
  return found;
}

const openrouter = providerOf("openrouter");
const xai = providerOf("xai");
const gemini = providerOf("gemini");

/** The chat models of recorded answers, in their order. */
async function chatModels(
  provider: Provider,
  ...catalogs: readonly string[]
): Promise<Model[]> {
  const models: Model[] = [];
  for (const catalog of catalogs) {
    const page = provider.page(await readCatalog(catalog));
    assert(page, `"${catalog}" is no page of ${provider.id}`);
    for (const row of page.rows) {
      const reading = provider.read(row);
      assert(
        reading.kind !== "malformed" && reading.kind !== "ambiguous-maker",
      );
      if (reading.kind === "chat") models.push(reading.model);
    }
  }
  return models;
}

/** What a run without any setting takes of them on a day. */
function byDefault(
  provider: Provider,
  models: readonly Model[],
  today: string,
): string[] {
  const include = provider.include;
  const rules = { include, exclude: [], variants: [], keepRetired: false };
  const known = models.map((model) => withLifecycle(provider.id, model));
  return selectModels(known, rules, today).models.map(({ id }) => id)
    .toSorted();
}

function kindOf(provider: Provider, row: unknown): Reading["kind"] {
  return provider.read(row).kind;
}

function modelOf(provider: Provider, row: unknown): Model {
  const reading = provider.read(row);
  assert(reading.kind === "chat", `read as ${reading.kind}`);
  return reading.model;
}

Deno.test("openrouter offers exactly the Anthropic models of August 2026", async () => {
  const models = await chatModels(openrouter, "openrouter-2026-08");
  assertEquals(byDefault(openrouter, models, "2026-08-20"), [
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
  const models = await chatModels(openrouter, "openrouter-2026-02");
  assertEquals(byDefault(openrouter, models, "2026-02-10"), [
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
    ...await chatModels(openrouter, "openrouter-2026-02"),
    ...await chatModels(openrouter, "openrouter-2026-08"),
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
    assertEquals(kindOf(openrouter, { id }), "ineligible");
  });
}

Deno.test("openrouter's rule is the author, which equals Claude's tokenizer in the recordings", async () => {
  for (const catalog of ["openrouter-2026-02", "openrouter-2026-08"]) {
    const page = openrouter.page(await readCatalog(catalog));
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
    const reading = openrouter.read(row);
    const models = reading.kind === "chat" ? [reading.model] : [];
    assertEquals(byDefault(openrouter, models, "2026-02-10"), []);
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
    assertEquals(kindOf(openrouter, row), kind, JSON.stringify(row));
  }
});

Deno.test("openrouter's days are Anthropic's only where Anthropic has the very same", async () => {
  const models = await chatModels(openrouter, "openrouter-2026-08");
  assertEquals(models.flatMap(({ datedName }) => datedName ?? []).toSorted(), [
    "claude-haiku-4-5-20251001",
    "claude-opus-4-1-20250805",
    "claude-sonnet-4-5-20250929",
  ]);
});

Deno.test("openrouter's and gemini's models are called what they call them", async () => {
  const named = async (id: string, catalog: string): Promise<string[]> => {
    const models = await chatModels(providerOf(id), catalog);
    return models.flatMap(({ displayName }) => displayName ?? []);
  };
  const claudes = await named("openrouter", "openrouter-2026-08");
  assertEquals(claudes.includes("Claude Opus 4.8"), true);
  assertEquals(claudes.includes("Claude Opus 5 (Fast)"), true);
  assertEquals(claudes.filter((text) => text.startsWith("Anthropic")), []);
  const geminis = await named("gemini", "gemini-2026-11-page-2");
  assertEquals(geminis.includes("Gemini 3.8 Flash"), true);
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
  assertEquals(modelOf(openrouter, row), {
    id: "anthropic/claude-x",
    createdAt: 1782843083,
    maxInputTokens: 200_000,
    maxOutputTokens: 64_000,
    supportsVision: true,
    supportsFunctionCalling: true,
    endsOn: "2027-01-31",
  });
  const never = { ...row, expiration_date: "2098-12-31" };
  assertEquals(modelOf(openrouter, never).endsOn, undefined);
});

Deno.test("xai offers exactly the chat models of July 2026", async () => {
  const models = await chatModels(xai, "xai-2026-07");
  assertEquals(byDefault(xai, models, "2026-07-31"), [
    "grok-4.20-0309-non-reasoning",
    "grok-4.20-0309-reasoning",
    "grok-4.3",
    "grok-4.5",
    "grok-build-0.1",
  ]);
});

Deno.test("xai's old rows, ids without any price, are told apart by id", async () => {
  const models = await chatModels(xai, "xai-2026-02");
  assertEquals(byDefault(xai, models, "2026-02-10"), [
    "grok-2-vision-1212",
    "grok-3",
    "grok-3-mini",
    "grok-4-0709",
    "grok-4-1-fast-non-reasoning",
    "grok-4-1-fast-reasoning",
    "grok-4-fast-non-reasoning",
    "grok-4-fast-reasoning",
    "grok-code-fast-1",
  ]);
});

Deno.test("xai's image price tells an image model whatever its name", () => {
  assertEquals(
    kindOf(xai, { id: "grok-paint-1", image_price: 1 }),
    "ineligible",
  );
  const row = { id: "grok-9", prompt_text_token_price: 1, context_length: 9 };
  assertEquals(modelOf(xai, row), { id: "grok-9", maxInputTokens: 9 });
});

Deno.test("gemini offers exactly the chat models of November 2026, over both pages", async () => {
  const models = await chatModels(
    gemini,
    "gemini-2026-11-page-1",
    "gemini-2026-11-page-2",
  );
  assertEquals(byDefault(gemini, models, "2026-11-23"), [
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.5-pro",
    "gemini-3-flash-preview",
    "gemini-3.1-flash-lite",
    "gemini-3.1-pro-preview",
    "gemini-3.5-flash",
    "gemini-3.5-flash-lite",
    "gemini-3.6-flash",
    "gemini-3.7-flash",
    "gemini-3.8-flash",
    "gemini-flash-latest",
    "gemini-flash-lite-latest",
    "gemini-pro-latest",
  ]);
});

Deno.test("gemini's transcribers do not chat", () => {
  const row = {
    name: "models/gemini-3.5-transcribe",
    supportedGenerationMethods: ["generateContent"],
  };
  assertEquals(kindOf(gemini, row), "ineligible");
});

Deno.test("gemini offers exactly the chat models of July 2026, live rows left out", async () => {
  const models = await chatModels(
    gemini,
    "gemini-2026-07-page-1",
    "gemini-2026-07-page-2",
  );
  assertEquals(byDefault(gemini, models, "2026-07-31"), [
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.5-pro",
    "gemini-3-flash-preview",
    "gemini-3.1-flash-lite",
    "gemini-3.1-pro-preview",
    "gemini-3.1-pro-preview-customtools",
    "gemini-3.5-flash",
    "gemini-3.5-flash-lite",
    "gemini-3.6-flash",
    "gemini-flash-latest",
    "gemini-flash-lite-latest",
    "gemini-pro-latest",
  ]);
});

Deno.test("gemini offers exactly the chat models of February 2026", async () => {
  const models = await chatModels(gemini, "gemini-2026-02");
  assertEquals(byDefault(gemini, models, "2026-02-10"), [
    "gemini-2.0-flash",
    "gemini-2.0-flash-001",
    "gemini-2.0-flash-lite",
    "gemini-2.0-flash-lite-001",
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.5-flash-lite-preview-09-2025",
    "gemini-2.5-flash-preview-09-2025",
    "gemini-2.5-pro",
    "gemini-3-flash-preview",
    "gemini-3-pro-preview",
    "gemini-exp-1206",
    "gemini-flash-latest",
    "gemini-flash-lite-latest",
    "gemini-pro-latest",
  ]);
});

Deno.test("of what Gemini lists in November 2026, shut down is left out", async () => {
  const models = await chatModels(gemini, "gemini-2026-11-page-1");
  const offered = byDefault(gemini, models, "2026-11-23");
  const left = models.map(({ id }) => id)
    .filter((id) => id.startsWith("gemini") && !offered.includes(id));
  assertEquals(left, [
    "gemini-2.0-flash",
    "gemini-2.0-flash-001",
    "gemini-2.0-flash-lite-001",
    "gemini-2.0-flash-lite",
    "gemini-3-pro-preview",
    "gemini-3.1-flash-lite-preview",
  ]);
});

Deno.test("gemini rows without generateContent never chat", () => {
  const name = "models/gemini-9-flash";
  const live = { name, supportedGenerationMethods: ["bidiGenerateContent"] };
  assertEquals(kindOf(gemini, live), "ineligible");
  assertEquals(kindOf(gemini, { name }), "ineligible");
});

const HOSTILE_IDS: readonly unknown[] = [
  "",
  " grok-4",
  "grok-4 ",
  'grok-"4"',
  "grok-'4'",
  "grok-4\n",
  "grok-4\r\n# <<< discover: auto-discovered models <<<",
  "# >>> discover: auto-discovered models >>>",
  "grok-4: {a: b}",
  "grok-4 # comment",
  "- grok",
  "*grok",
  "&grok",
  "!!str grok",
  "grok\u0000",
  "grok\u001b[31m",
  "grok\u0085",
  "grok\u2028x",
  "grok\u202e4",
  "gr\u00f6k",
  "grok-\ud800",
  "grok\\n",
  "grok{{x}}",
  "os.environ/XAI_API_KEY\t",
  "g".repeat(201),
  "g".repeat(10_000),
  "__proto__",
  null,
  undefined,
  4.5,
  true,
  ["grok-4"],
  { toString: "grok-4" },
];

for (const provider of PROVIDERS) {
  const key = provider.id === "gemini" ? "name" : "id";
  const methods = { supportedGenerationMethods: ["generateContent"] };

  Deno.test(`${provider.id} drops ids that no config may hold`, () => {
    for (const id of HOSTILE_IDS) {
      const row = { ...methods, [key]: id };
      assertEquals(kindOf(provider, row), "malformed", JSON.stringify(id));
    }
    const hidden: unknown = JSON.parse(`{"__proto__": {"${key}": "grok-4"}}`);
    assertEquals(kindOf(provider, hidden), "malformed");
  });

  Deno.test(`${provider.id} drops rows that are no objects`, () => {
    for (const row of [null, 1, "grok-4", true, [], [{ id: "grok-4" }]]) {
      assertEquals(kindOf(provider, row), "malformed", JSON.stringify(row));
    }
  });

  Deno.test(`${provider.id} reads nothing but the id as optional`, () => {
    const odd = {
      ...methods,
      [key]: "grok-4",
      created: "yesterday",
      context_length: -1,
      inputTokenLimit: 1.5,
      outputTokenLimit: "many",
      architecture: 7,
      top_provider: [],
      supported_parameters: { tools: true },
      alias_target: "x",
      canonical_slug: 3,
      expiration_date: "tomorrow",
    };
    assertEquals(modelOf(provider, odd), { id: "grok-4" });
  });

  Deno.test(`${provider.id} takes no other shape for a page`, () => {
    const shapes = [null, 1, "x", [], [[]], {}, { data: {} }, { models: 1 }];
    for (const shape of [...shapes, { error: { code: 400 } }]) {
      assertEquals(provider.page(shape), undefined, JSON.stringify(shape));
    }
    const inherited: unknown = JSON.parse(
      '{"__proto__": {"data": [], "models": []}}',
    );
    assertEquals(provider.page(inherited), undefined);
  });

  Deno.test(`${provider.id} keeps the key out of every URL`, () => {
    const base = new URL(provider.defaultBase);
    const headers = Object.values(provider.headers("5ecre7"));
    assertEquals(headers.filter((text) => text.includes("5ecre7")).length, 1);
    assert(!provider.modelsUrl(base).href.includes("5ecre7"));
    assert(!`${provider.keyCheckUrl?.(base)}`.includes("5ecre7"));
  });
}

Deno.test("modelsUrl() appends to the base as LiteLLM's variables have it", () => {
  const cases: [Provider, string, string][] = [
    [openrouter, "https://openrouter.ai/api/v1", "/api/v1/models"],
    [openrouter, "http://localhost:1/api/v1/", "/api/v1/models"],
    [xai, "https://api.x.ai/v1", "/v1/models"],
    [gemini, "http://localhost:1", "/v1beta/models?pageSize=1000"],
    [gemini, "http://localhost:1/", "/v1beta/models?pageSize=1000"],
    [gemini, "http://localhost:1/v1beta", "/v1beta/models?pageSize=1000"],
    [gemini, "http://localhost:1/v1/", "/v1/models?pageSize=1000"],
    [gemini, "http://localhost:1/x", "/x/v1beta/models?pageSize=1000"],
  ];
  for (const [provider, base, expected] of cases) {
    const url = provider.modelsUrl(new URL(base));
    assertEquals(url.pathname + url.search, expected, base);
    assertEquals(url.origin, new URL(base).origin);
  }
});

Deno.test("isWrongKey() knows each provider's own form and takes nothing else for it", () => {
  const invalid = { error: { details: [{ reason: "API_KEY_INVALID" }] } };
  const location = { error: { details: [{ reason: "LOCATION" }] } };
  const incorrect = { error: "Incorrect API key provided. x" };
  const cases: [Provider, number, unknown, boolean][] = [
    [openrouter, 401, undefined, true],
    [openrouter, 400, incorrect, false],
    [xai, 400, incorrect, true],
    [xai, 400, { error: "Model not found" }, false],
    [xai, 400, { error: { message: "Incorrect API key provided" } }, false],
    [xai, 401, undefined, true],
    [xai, 403, incorrect, false],
    [gemini, 400, invalid, true],
    [gemini, 400, location, false],
    [gemini, 400, undefined, false],
    [gemini, 401, undefined, true],
    [gemini, 500, invalid, false],
  ];
  for (const [provider, status, body, expected] of cases) {
    assertEquals(
      provider.isWrongKey(status, body),
      expected,
      `${provider.id} ${status} ${JSON.stringify(body)}`,
    );
  }
});
