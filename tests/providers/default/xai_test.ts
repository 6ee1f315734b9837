/**
 * xAI's rules against recorded catalogs: exactly which rows are chat models, and
 * what is read off them.
 *
 * @module
 */

import { assertEquals } from "../../support/assert.ts";
import { XAI } from "../../../lib/providers/default/xai.ts";
import { byDefault, chatModels, kindOf, modelOf } from "../../support/rows.ts";

Deno.test("xai offers exactly the chat models of July 2026", async () => {
  const models = await chatModels(XAI, "xai-2026-07");
  assertEquals(byDefault(XAI, models, "2026-07-31"), [
    "grok-4.20-0309-non-reasoning",
    "grok-4.20-0309-reasoning",
    "grok-4.3",
    "grok-4.5",
    "grok-build-0.1",
  ]);
});

Deno.test("xai's old rows, ids without any price, are told apart by id", async () => {
  const models = await chatModels(XAI, "xai-2026-02");
  assertEquals(byDefault(XAI, models, "2026-02-10"), [
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
    kindOf(XAI, { id: "grok-paint-1", image_price: 1 }),
    "ineligible",
  );
  const row = { id: "grok-9", prompt_text_token_price: 1, context_length: 9 };
  assertEquals(modelOf(XAI, row), { id: "grok-9", maxInputTokens: 9 });
});

Deno.test("xai's prices are read as dollars per million tokens", async () => {
  const models = await chatModels(XAI, "xai-2026-07");
  const prices = models.map(({ id, price }) => [id, price]);
  assertEquals(prices.slice(-2), [
    ["grok-4.5", { input: 2, output: 6 }],
    ["grok-build-0.1", { input: 1, output: 2 }],
  ]);
});
