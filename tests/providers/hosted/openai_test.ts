/**
 * Which of OpenAI's models chat, and through which API, by the ids that its
 * pages have: https://developers.openai.com/api/docs/models
 *
 * @module
 */

import { assertEquals } from "../../support/assert.ts";
import { chatModelsIn, rowsIn } from "../../support/rows.ts";
import { OPENAI } from "../../../lib/providers/hosted/openai.ts";
import type { Model } from "../../../lib/providers/provider.ts";

function modelsOf(...ids: readonly string[]): Model[] {
  return chatModelsIn(OPENAI, ids.map((id) => ({ id, object: "model" })));
}

Deno.test("openai's models of autumn 2026 chat through chat completions or Responses alone", async () => {
  const rows = await rowsIn(OPENAI, "openai-documented");
  const models = chatModelsIn(OPENAI, rows);
  const idsBy = (mode: Model["mode"]): string[] =>
    models.filter((model) => model.mode === mode).map(({ id }) => id);
  assertEquals(idsBy(undefined), [
    "chat-latest",
    "chatgpt-4o-latest",
    "daybreak-blue-latest",
    "daybreak-red-latest",
    "gpt-5.5",
    "gpt-5.6-cyber",
    "gpt-5.6-sol",
    "gpt-6-astra",
    "gpt-6.1-sol",
    "gpt-rosalind-research",
  ]);
  assertEquals(idsBy("responses"), [
    "codex-mini-latest",
    "gpt-5-codex",
    "gpt-5-pro",
    "gpt-5-pro-2025-10-06",
    "gpt-5.1-codex-max",
    "gpt-5.3-codex",
    "gpt-5.5-pro",
    "gpt-daybreak-blue-latest",
    "gpt-daybreak-red-latest",
    "o1-pro",
    "o3-pro",
  ]);
});

Deno.test("openai's recorded models without chat completions are those of Responses alone", async () => {
  const rows = await rowsIn(OPENAI, "openai-2026-02");
  const ids = chatModelsIn(OPENAI, rows)
    .filter(({ mode }) => mode === "responses").map(({ id }) => id);
  assertEquals(ids.toSorted(), [
    "codex-mini-latest",
    "gpt-5-codex",
    "gpt-5-pro",
    "gpt-5-pro-2025-10-06",
    "gpt-5.1-codex",
    "gpt-5.1-codex-max",
    "gpt-5.1-codex-mini",
    "gpt-5.2-codex",
    "gpt-5.2-pro",
    "gpt-5.2-pro-2025-12-11",
    "o1-pro",
    "o1-pro-2025-03-19",
    "o3-pro",
    "o3-pro-2025-06-10",
  ]);
});

for (
  const id of [
    "gpt-live-1",
    "gpt-live-transcribe",
    "gpt-transcribe",
    "gpt-realtime-2.1",
    "gpt-realtime-translate",
    "gpt-realtime-whisper",
    "gpt-audio-1.5",
    "gpt-4o-mini-tts",
    "gpt-image-2.5-flare",
    "chatgpt-image-latest",
    "gpt-5-search-api",
    "gpt-4o-search-preview",
    "gpt-3.5-turbo-instruct",
    "o3-deep-research",
    "o4-mini-deep-research-2025-06-26",
    "computer-use-preview",
    "sora-2-pro",
    "omni-moderation-latest",
    "text-embedding-3-large",
    "whisper-1",
    "tts-1-hd",
    "davinci-002",
  ]
) {
  Deno.test(`openai's "${id}" answers no chat`, () => {
    assertEquals(modelsOf(id), []);
  });
}
