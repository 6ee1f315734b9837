/**
 * Together's list of serverless models, and the catalogue where that is missing.
 *
 * @module
 */

import { assertEquals } from "../../support/assert.ts";
import { chatModelsIn, rowsIn } from "../../support/rows.ts";
import { namesIn } from "../../../lib/fetch/rows.ts";
import { TOGETHER } from "../../../lib/providers/hosted/together.ts";
import { readCatalog } from "../../support/stand_in_providers.ts";

const DOCUMENTED = ["together-documented-page-1", "together-documented-page-2"];

Deno.test("together offers what has a serverless endpoint and chats, under the endpoint's name", async () => {
  const rows = await rowsIn(TOGETHER, ...DOCUMENTED);
  assertEquals(chatModelsIn(TOGETHER, rows), [
    {
      id: "moonshotai/Kimi-K2.5",
      createdAt: 1_785_661_200,
      displayName: "Kimi K2.5",
      maxInputTokens: 262_144,
      supportsVision: true,
      supportsFunctionCalling: true,
      price: { input: 0.5, output: 2.8 },
    },
    {
      id: "meta-llama/Llama-3.3-70B-Instruct-Turbo",
      createdAt: 1_785_661_200,
      displayName: "Meta Llama 3.3 70B Instruct Turbo",
      maxInputTokens: 131_072,
      supportsFunctionCalling: true,
      price: { input: 0.88, output: 0.88 },
    },
    // Zeros are no price.
    {
      id: "Qwen/Qwen3.8-Flash",
      createdAt: 1_785_661_200,
      displayName: "Qwen3.8 Flash",
      maxInputTokens: 1_000_000,
      supportsFunctionCalling: true,
    },
  ]);
});

Deno.test("together's model without an endpoint does not chat, and is no broken row", async () => {
  const rows = await rowsIn(TOGETHER, ...DOCUMENTED);
  const row = rows.find((one) => namesIn(one).includes("Qwen/Qwen3.5-9B"));
  assertEquals(TOGETHER.read(row).kind, "ineligible");
});

Deno.test("together's row is called by its endpoint before the id of its weights", () => {
  const row = { id: "ml_1", name: "Qwen/Q", serverlessEndpoint: "Qwen/Q-fast" };
  assertEquals(namesIn(row), ["Qwen/Q-fast", "ml_1", "Qwen/Q"]);
});

Deno.test("together's next page is asked for with its cursor, the last one names none", async () => {
  const nexts = [];
  for (const fixture of DOCUMENTED) {
    nexts.push(TOGETHER.page(await readCatalog(fixture))?.next);
  }
  assertEquals(nexts, [
    "?product=PRODUCT_SERVERLESS&limit=200&after=page%2F%2B2",
    undefined,
  ]);
});

Deno.test("together's catalogue is read as before, with its prices", async () => {
  const rows = await rowsIn(TOGETHER, "together-bare-documented");
  const models = chatModelsIn(TOGETHER, rows);
  assertEquals(models.map(({ id }) => id), [
    "meta-llama/Llama-3.3-70B-Instruct-Turbo",
    "deepseek-ai/DeepSeek-V3",
  ]);
  const [first] = rows;
  const priced = [
    { hourly: 0, input: 0.88, output: 0.88, base: 0, finetune: 0 },
    { hourly: 0, input: 0, output: 0, base: 0, finetune: 0 },
    { input: 1 },
    { input: "1", output: -1 },
    null,
  ].map((pricing) => ({ ...Object(first), pricing }));
  assertEquals(chatModelsIn(TOGETHER, priced).map(({ price }) => price), [
    { input: 0.88, output: 0.88 },
    ...Array(4).fill(undefined),
  ]);
});

for (
  const [base, list, plain] of [
    ["https://api.together.ai/v1", "/v2/supported-models", "/v1/models"],
    ["http://localhost:1/v1/", "/v2/supported-models", "/v1/models"],
    [
      "http://h/gateway/v1",
      "/gateway/v2/supported-models",
      "/gateway/v1/models",
    ],
    ["http://h/own", "/own/v2/supported-models", "/own/models"],
  ] as const
) {
  Deno.test(`together with the base ${base} is asked at ${list}, else at ${plain}`, () => {
    const url = TOGETHER.modelsUrl(new URL(base));
    assertEquals(url.pathname, list);
    assertEquals(url.search, "?product=PRODUCT_SERVERLESS&limit=200");
    const { pathname, search } = TOGETHER.plainModelsUrl?.(new URL(base)) ??
      url;
    assertEquals([pathname, search], [plain, ""]);
  });
}
