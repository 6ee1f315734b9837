import { assertEquals } from "../support/assert.ts";
import { useOf } from "../../lib/why/other_use.ts";

for (
  const [id, row, use] of [
    ["gpt-image-2", {}, "it makes images, and only chat models are added"],
    [
      "grok-imagine-video",
      {},
      "it makes videos, and only chat models are added",
    ],
    [
      "whisper-large-v3",
      {},
      "it is for speech or sound, and only chat models are added",
    ],
    [
      "text-embedding-3-small",
      {},
      "it makes embeddings, and only chat models are added",
    ],
    ["rerank-v4", {}, "it ranks texts, and only chat models are added"],
    [
      "llama-guard-4",
      {},
      "it moderates texts, and only chat models are added",
    ],
    [
      "mistral-ocr-latest",
      {},
      "it reads documents, and only chat models are added",
    ],
    [
      "anthropic/claude-opus-5:batch",
      {},
      "it answers batch requests alone, and only chat models are added",
    ],
    // What a row says comes before what its id may mean.
    [
      "black-forest/x",
      { type: "image" },
      "it makes images, and only chat models are added",
    ],
    [
      "mine",
      { supportedGenerationMethods: ["embedContent"] },
      "it makes embeddings, and only chat models are added",
    ],
    [
      "m",
      { architecture: { output_modalities: ["audio"] } },
      "it is for speech or sound, and only chat models are added",
    ],
    [
      "m",
      { kind: "EMBEDDING_MODEL" },
      "it makes embeddings, and only chat models are added",
    ],
    [
      "m",
      { displayType: "transcribe", products: [], serverlessEndpoint: "m" },
      "it is for speech or sound, and only chat models are added",
    ],
    [
      "m",
      { displayType: "chat", products: ["PRODUCT_DEDICATED"] },
      "only for a dedicated endpoint of your own",
    ],
    [
      "o3-deep-research",
      {},
      "it answers nothing without search tools, and only chat models are added",
    ],
    [
      "gpt-live-1",
      {},
      "it is for speech or sound, and only chat models are added",
    ],
    ["davinci-002", {}, "not as a chat model that discover can add"],
    ["m", "no row", "not as a chat model that discover can add"],
  ] as const
) {
  Deno.test(`useOf() says of ${JSON.stringify(row)} of "${id}": ${use}`, () => {
    assertEquals(useOf(row, id), use);
  });
}
