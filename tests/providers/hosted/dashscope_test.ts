/**
 * DashScope's own list: where it is, its pages, and what its rows say.
 *
 * @module
 */

import { assertEquals } from "../../support/assert.ts";
import { chatModels } from "../../support/rows.ts";
import { readCatalog } from "../../support/stand_in_providers.ts";
import { DASHSCOPE } from "../../../lib/providers/hosted/dashscope.ts";
import type { Model } from "../../../lib/providers/provider.ts";

const FILTER = "capabilities=TG&capabilities=Reasoning&capabilities=VU";

Deno.test("DashScope is asked for its own list, next to the base for calls", () => {
  const listAt = (base: string): string =>
    DASHSCOPE.modelsUrl(new URL(base)).href;
  const query = `?${FILTER}&language=en-US&page_no=1&page_size=100`;
  assertEquals(
    listAt("https://dashscope-intl.aliyuncs.com/compatible-mode/v1/"),
    `https://dashscope-intl.aliyuncs.com/api/v1/models${query}`,
  );
  assertEquals(
    listAt("https://gateway.example/ali/compatible-mode/v1"),
    `https://gateway.example/ali/api/v1/models${query}`,
  );
});

Deno.test("DashScope's pages are followed by their number, up to the total", async () => {
  const { page } = DASHSCOPE;
  const first = page(await readCatalog("dashscope-documented-page-1"));
  const next = `?${FILTER}&language=en-US&page_no=2&page_size=100`;
  assertEquals(first?.next, next);
  const last = page(await readCatalog("dashscope-documented-page-2"));
  assertEquals(last?.next, undefined);
  assertEquals(page({ success: false, code: "InvalidApiKey" }), undefined);
  // Its own pages may be smaller than what was asked for.
  const small = { page_no: 1, page_size: 10, total: 35, models: [{}] };
  assertEquals(page({ output: small })?.next, next);
});

Deno.test("DashScope's rows state limits, images, tools and the last day", async () => {
  const models = await chatModels(DASHSCOPE, "dashscope-documented-page-1");
  const modelOf = (name: string): Model | undefined =>
    models.find(({ id }) => id === name);
  assertEquals(modelOf("qwen3.7-plus"), {
    id: "qwen3.7-plus",
    displayName: "Qwen3.7-Plus",
    createdAt: Date.parse("2026-06-02T03:04:05Z") / 1000,
    maxInputTokens: 991808,
    maxOutputTokens: 65536,
    supportsVision: true,
    supportsFunctionCalling: true,
  });
  const ending = modelOf("qwen3-max-2026-01-23");
  assertEquals([ending?.endsOn, ending?.supportsVision], [
    "2026-12-23",
    undefined,
  ]);
});
