/**
 * What Anthropic's rows say of a model, as its page has them since March 2026:
 * https://docs.claude.com/en/api/models-list
 *
 * @module
 */

import { assertEquals } from "../../support/assert.ts";
import { chatModelsIn, rowsIn } from "../../support/rows.ts";
import { ANTHROPIC } from "../../../lib/providers/hosted/anthropic.ts";

Deno.test("anthropic's capabilities say whether a model sees images", async () => {
  const rows = await rowsIn(ANTHROPIC, "anthropic-documented");
  assertEquals(chatModelsIn(ANTHROPIC, rows), [
    {
      id: "claude-opus-4-8",
      displayName: "Claude Opus 4.8",
      createdAt: 1_781_049_600,
      maxInputTokens: 1_000_000,
      maxOutputTokens: 128_000,
      supportsVision: true,
    },
    {
      id: "claude-text-documented",
      displayName: "Claude Text",
      maxInputTokens: 200_000,
      maxOutputTokens: 64_000,
    },
  ]);
});

for (
  const capabilities of [
    null,
    "image_input",
    { image_input: true },
    { image_input: { supported: "true" } },
    { image_input: null },
  ]
) {
  Deno.test(`anthropic's capabilities ${JSON.stringify(capabilities)} promise nothing`, () => {
    const rows = [{ id: "claude-x", capabilities }];
    assertEquals(chatModelsIn(ANTHROPIC, rows), [{ id: "claude-x" }]);
  });
}
