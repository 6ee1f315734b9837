import { assertEquals } from "../support/assert.ts";
import { useOf } from "../../lib/why/other_use.ts";

for (
  const [id, row, use] of [
    ["gpt-image-2", {}, "images"],
    ["grok-imagine-video", {}, "video"],
    ["whisper-large-v3", {}, "audio"],
    ["text-embedding-3-small", {}, "embeddings"],
    ["rerank-v4", {}, "ranking"],
    ["llama-guard-4", {}, "moderation"],
    ["mistral-ocr-latest", {}, "documents"],
    ["anthropic/claude-opus-5:batch", {}, "batch"],
    // What a row says comes before what its id may mean.
    ["black-forest/x", { type: "image" }, "images"],
    ["mine", { supportedGenerationMethods: ["embedContent"] }, "embeddings"],
    ["m", { architecture: { output_modalities: ["audio"] } }, "audio"],
    ["davinci-002", {}, undefined],
    ["m", "no row", undefined],
  ] as const
) {
  Deno.test(`useOf() takes ${JSON.stringify(row)} of "${id}" for ${use}`, () => {
    assertEquals(useOf(row, id), use);
  });
}
