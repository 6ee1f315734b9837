/**
 * What holds for each of the three providers that are asked without any setting:
 * what is refused, where the requests go, and how a wrong key is told.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import type { Provider } from "../../lib/providers/provider.ts";
import { DEFAULT_PROVIDERS as PROVIDERS } from "../../lib/providers/default.ts";
import { GEMINI } from "../../lib/providers/default/gemini.ts";
import { OPENROUTER } from "../../lib/providers/default/openrouter.ts";
import { XAI } from "../../lib/providers/default/xai.ts";
import { kindOf, modelOf } from "../support/rows.ts";

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
    assert(!`${provider.plainModelsUrl?.(base)}`.includes("5ecre7"));
    assert(!`${provider.keyInfo?.url(base)}`.includes("5ecre7"));
  });
}

Deno.test("modelsUrl() appends to the base as LiteLLM's variables have it", () => {
  const cases: [Provider, string, string][] = [
    [OPENROUTER, "https://openrouter.ai/api/v1", "/api/v1/models/user"],
    [OPENROUTER, "https://eu.openrouter.ai/api/v1", "/api/v1/models/user"],
    [OPENROUTER, "http://localhost:1/api/v1/", "/api/v1/models/user"],
    [XAI, "https://api.x.ai/v1", "/v1/language-models"],
    [XAI, "https://us.api.x.ai/v1/", "/v1/language-models"],
    [GEMINI, "http://localhost:1", "/v1beta/models?pageSize=1000"],
    [GEMINI, "http://localhost:1/", "/v1beta/models?pageSize=1000"],
    [GEMINI, "http://localhost:1/v1beta", "/v1beta/models?pageSize=1000"],
    [GEMINI, "http://localhost:1/v1/", "/v1/models?pageSize=1000"],
    [GEMINI, "http://localhost:1/x", "/x/v1beta/models?pageSize=1000"],
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
    [OPENROUTER, 401, undefined, true],
    [OPENROUTER, 403, { error: { code: 403 } }, false],
    [OPENROUTER, 400, incorrect, false],
    [XAI, 400, incorrect, true],
    [XAI, 400, { error: "Model not found" }, false],
    [XAI, 400, { error: { message: "Incorrect API key provided" } }, false],
    [XAI, 401, undefined, true],
    [XAI, 403, incorrect, false],
    [GEMINI, 400, invalid, true],
    [GEMINI, 400, location, false],
    [GEMINI, 400, undefined, false],
    [GEMINI, 401, undefined, true],
    [GEMINI, 500, invalid, false],
  ];
  for (const [provider, status, body, expected] of cases) {
    assertEquals(
      provider.isWrongKey(status, body),
      expected,
      `${provider.id} ${status} ${JSON.stringify(body)}`,
    );
  }
});
