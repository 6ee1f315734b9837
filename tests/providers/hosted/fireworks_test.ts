/**
 * Fireworks' list of serverless models, and the one of its OpenAI-like API where
 * that is missing.
 *
 * @module
 */

import { assertEquals } from "../../support/assert.ts";
import { chatModelsIn, rowsIn } from "../../support/rows.ts";
import { FIREWORKS } from "../../../lib/providers/hosted/fireworks.ts";
import { readCatalog } from "../../support/stand_in_providers.ts";

const DOCUMENTED = [
  "fireworks-documented-page-1",
  "fireworks-documented-page-2",
];
const MODELS = "accounts/fireworks/models/";

Deno.test("fireworks offers what has chat completions, with its names, limits and last days", async () => {
  const rows = await rowsIn(FIREWORKS, ...DOCUMENTED);
  assertEquals(chatModelsIn(FIREWORKS, rows), [
    {
      id: `${MODELS}kimi-k2p7-code`,
      createdAt: 1_782_864_000,
      displayName: "Kimi K2.7 Code",
      maxInputTokens: 262_144,
      supportsVision: true,
      supportsFunctionCalling: true,
      endsOn: "2026-12-25",
    },
    {
      id: `${MODELS}glm-5p3`,
      createdAt: 1_782_864_000,
      displayName: "GLM 5.3",
      maxInputTokens: 202_752,
      supportsFunctionCalling: true,
    },
  ]);
});

for (
  const [what, change] of [
    ["has no chat completions", { conversationConfig: null }],
    ["makes embeddings", { kind: "EMBEDDING_MODEL" }],
    ["is still being uploaded", { state: "UPLOADING" }],
    ["needs a deployment", { supportsServerless: false }],
  ] as const
) {
  Deno.test(`fireworks' model that ${what} is not offered`, async () => {
    const [first] = await rowsIn(FIREWORKS, ...DOCUMENTED);
    const row = { ...Object(first), ...change };
    assertEquals(FIREWORKS.read(row).kind, "ineligible");
  });
}

Deno.test("fireworks' next page is asked for with its token, the last one names none", async () => {
  const nexts = [];
  for (const fixture of DOCUMENTED) {
    nexts.push(FIREWORKS.page(await readCatalog(fixture))?.next);
  }
  assertEquals(nexts, [
    "?filter=supports_serverless%3Dtrue&pageSize=200&pageToken=page%2F%2B2",
    undefined,
  ]);
});

Deno.test("fireworks' OpenAI-like list is read as before", async () => {
  const rows = await rowsIn(FIREWORKS, "fireworks-bare-documented");
  assertEquals(chatModelsIn(FIREWORKS, rows), [
    {
      id: `${MODELS}kimi-k2-instruct`,
      createdAt: 1_752_000_000,
      maxInputTokens: 131_072,
      supportsFunctionCalling: true,
    },
    {
      id: `${MODELS}qwen2p5-vl-32b-instruct`,
      createdAt: 1_743_392_739,
      maxInputTokens: 128_000,
      supportsVision: true,
    },
  ]);
});

for (
  const [base, list, plain] of [
    ["https://api.fireworks.ai/inference/v1", "/v1/", "/inference/v1/models"],
    ["http://h/inference/v1/", "/v1/", "/inference/v1/models"],
    [
      "http://h/gateway/inference/v1",
      "/gateway/v1/",
      "/gateway/inference/v1/models",
    ],
    ["http://h/v1", "/v1/", "/v1/models"],
    ["http://h/own", "/own/v1/", "/own/models"],
  ] as const
) {
  Deno.test(`fireworks with the base ${base} is asked below ${list}, else at ${plain}`, () => {
    const url = FIREWORKS.modelsUrl(new URL(base));
    assertEquals(url.pathname, `${list}accounts/fireworks/models`);
    // As the vendor's page encodes it.
    assertEquals(url.search, "?filter=supports_serverless%3Dtrue&pageSize=200");
    const { pathname, search } = FIREWORKS.plainModelsUrl?.(new URL(base)) ??
      url;
    assertEquals([pathname, search], [plain, ""]);
  });
}
