/**
 * xAI's rules against recorded and documented catalogs: exactly which rows are
 * chat models, what is read off them, and what is read off the answer on a key.
 *
 * @module
 */

import { assert, assertEquals } from "../../support/assert.ts";
import { XAI } from "../../../lib/providers/default/xai.ts";
import { XAI_KEY } from "../../support/stand_in_providers.ts";
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

Deno.test("xai's language models have limits, vision and prices, in the documented form", async () => {
  const models = await chatModels(XAI, "xai-documented");
  assertEquals(byDefault(XAI, models, "2026-11-23"), [
    "grok-4.20-0309-non-reasoning",
    "grok-4.20-0309-reasoning",
    "grok-4.3",
    "grok-4.5",
    "grok-build-0.1",
  ]);
  assertEquals(models.find(({ id }) => id === "grok-4.5"), {
    id: "grok-4.5",
    createdAt: 1782691200,
    maxInputTokens: 500_000,
    supportsVision: true,
    price: { input: 2, output: 6 },
  });
});

Deno.test("xai's models that read no images have no vision, and the prompt's limit counts", () => {
  const row = {
    id: "grok-3-mini",
    input_modalities: ["text"],
    output_modalities: ["text"],
    prompt_text_token_price: 3000,
    completion_text_token_price: 5000,
    max_prompt_length: 131_072,
    context_length: 140_000,
  };
  assertEquals(modelOf(XAI, row), {
    id: "grok-3-mini",
    maxInputTokens: 131_072,
    price: { input: 0.3, output: 0.5 },
  });
});

/** On https://docs.x.ai/developers/pricing and https://docs.x.ai/docs/models. */
const OTHER_KINDS: readonly string[] = [
  "grok-voice-3.0",
  "grok-voice-2.0",
  "grok-voice-latest",
  "grok-voice-transcribe-1.0",
  "grok-voice-transcribe-2.0",
  "grok-imagine-image",
  "grok-imagine-image-2.0",
  "grok-imagine-image-quality",
  "grok-imagine-video",
  "grok-imagine-video-1.5-lite",
  "grok-2-image-1212",
  "grok-embedding-small",
  "v1-embed",
  "grok-4.20-multi-agent",
  "grok-4.20-multi-agent-0309",
];

for (const id of OTHER_KINDS) {
  Deno.test(`xai's "${id}" does not chat, whatever the list that has it says of it`, () => {
    assertEquals(kindOf(XAI, { id, object: "model" }), "ineligible");
    const row = { id, prompt_text_token_price: 1, output_modalities: ["text"] };
    assertEquals(kindOf(XAI, row), "ineligible");
  });
}

Deno.test("xai's models that give out no text do not chat, whatever they are called", () => {
  for (const kind of ["image", "audio", "video", "embedding"]) {
    const row = { id: "grok-9", output_modalities: [kind] };
    assertEquals(kindOf(XAI, row), "ineligible", kind);
  }
  const both = { id: "grok-9", output_modalities: ["text", "image"] };
  assertEquals(kindOf(XAI, both), "chat");
});

Deno.test("xai's two lists are both pages, whose rows have one form", () => {
  const rows = [{ id: "grok-9" }];
  assertEquals(XAI.page({ models: rows }), { rows });
  assertEquals(XAI.page({ data: rows, object: "list" }), { rows });
});

Deno.test("xai's answer on a key is read for nothing but bars and rules", () => {
  const read = (body: unknown): unknown => XAI.keyInfo?.read(body);
  const known = XAI.keyInfo?.read(XAI_KEY);
  assert(known?.kind === "limited" && Object.keys(known).length === 2);
  assert(known.allows("grok-9"));
  for (const body of [null, [], "x", {}, { acls: "*" }, { data: XAI_KEY }]) {
    assertEquals(read(body), undefined, JSON.stringify(body));
  }
  assertEquals(read({ acls: ["api-key:endpoint:image"] }), {
    kind: "barred",
    bar: "no chat",
  });
  assertEquals(
    read({ team_blocked: true, api_key_disabled: true }),
    { kind: "barred", bar: "disabled" },
  );
});
