/**
 * Gemini's rules against recorded catalogs: exactly which rows are chat models, and
 * what is read off them.
 *
 * @module
 */

import { assertEquals } from "../../support/assert.ts";
import { GEMINI } from "../../../lib/providers/default/gemini.ts";
import { byDefault, chatModels, kindOf } from "../../support/rows.ts";

Deno.test("gemini offers exactly the chat models of November 2026, over both pages", async () => {
  const models = await chatModels(
    GEMINI,
    "gemini-2026-11-page-1",
    "gemini-2026-11-page-2",
  );
  assertEquals(byDefault(GEMINI, models, "2026-11-23"), [
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.5-pro",
    "gemini-3-flash-preview",
    "gemini-3.1-flash-lite",
    "gemini-3.1-pro-preview",
    "gemini-3.5-flash",
    "gemini-3.5-flash-lite",
    "gemini-3.6-flash",
    "gemini-3.7-flash",
    "gemini-3.8-flash",
    "gemini-flash-latest",
    "gemini-flash-lite-latest",
    "gemini-pro-latest",
  ]);
});

Deno.test("gemini's transcribers do not chat", () => {
  const row = {
    name: "models/gemini-3.5-transcribe",
    supportedGenerationMethods: ["generateContent"],
  };
  assertEquals(kindOf(GEMINI, row), "ineligible");
});

Deno.test("gemini offers exactly the chat models of July 2026, live rows left out", async () => {
  const models = await chatModels(
    GEMINI,
    "gemini-2026-07-page-1",
    "gemini-2026-07-page-2",
  );
  assertEquals(byDefault(GEMINI, models, "2026-07-31"), [
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.5-pro",
    "gemini-3-flash-preview",
    "gemini-3.1-flash-lite",
    "gemini-3.1-pro-preview",
    "gemini-3.1-pro-preview-customtools",
    "gemini-3.5-flash",
    "gemini-3.5-flash-lite",
    "gemini-3.6-flash",
    "gemini-flash-latest",
    "gemini-flash-lite-latest",
    "gemini-pro-latest",
  ]);
});

Deno.test("gemini offers exactly the chat models of February 2026", async () => {
  const models = await chatModels(GEMINI, "gemini-2026-02");
  assertEquals(byDefault(GEMINI, models, "2026-02-10"), [
    "gemini-2.0-flash",
    "gemini-2.0-flash-001",
    "gemini-2.0-flash-lite",
    "gemini-2.0-flash-lite-001",
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.5-flash-lite-preview-09-2025",
    "gemini-2.5-flash-preview-09-2025",
    "gemini-2.5-pro",
    "gemini-3-flash-preview",
    "gemini-3-pro-preview",
    "gemini-exp-1206",
    "gemini-flash-latest",
    "gemini-flash-lite-latest",
    "gemini-pro-latest",
  ]);
});

Deno.test("of what Gemini lists in November 2026, shut down is left out", async () => {
  const models = await chatModels(GEMINI, "gemini-2026-11-page-1");
  const offered = byDefault(GEMINI, models, "2026-11-23");
  const left = models.map(({ id }) => id)
    .filter((id) => id.startsWith("gemini") && !offered.includes(id));
  assertEquals(left, [
    "gemini-2.0-flash",
    "gemini-2.0-flash-001",
    "gemini-2.0-flash-lite-001",
    "gemini-2.0-flash-lite",
    "gemini-3-pro-preview",
    "gemini-3.1-flash-lite-preview",
  ]);
});

Deno.test("gemini rows without generateContent never chat", () => {
  const name = "models/gemini-9-flash";
  const live = { name, supportedGenerationMethods: ["bidiGenerateContent"] };
  assertEquals(kindOf(GEMINI, live), "ineligible");
  assertEquals(kindOf(GEMINI, { name }), "ineligible");
});

Deno.test("gemini's models are called what it calls them", async () => {
  const models = await chatModels(GEMINI, "gemini-2026-11-page-2");
  const names = models.flatMap(({ displayName }) => displayName ?? []);
  assertEquals(names.includes("Gemini 3.8 Flash"), true);
});

/** Rows as its pages of autumn 2026 have them: https://ai.google.dev/gemini-api/docs/models */
function kindOfId(id: string, ...methods: readonly string[]): string {
  const row = { name: `models/${id}`, supportedGenerationMethods: methods };
  return kindOf(GEMINI, row);
}

for (
  const id of [
    "gemini-3.5-transcribe",
    "gemini-3.5-transcribe-live",
    "gemini-3.8-live",
    "gemini-3.8-live-extended-thinking",
    "gemini-3.5-live-translate-preview",
    "gemini-live-2.5-flash-preview-native-audio-09-2025",
    "gemini-3.8-flash-tts",
    "gemini-3.8-flash-lite-tts",
    "gemini-3.1-flash-lite-image",
    "gemini-nano-banana-2.1",
    "gemini-omni-1.2-flash",
    "gemini-robotics-er-2-streaming-preview",
    "gemini-2.5-computer-use-preview-10-2025",
    "gemini-embedding-2",
  ]
) {
  Deno.test(`gemini's "${id}" does not chat, whatever calls it is said to answer`, () => {
    assertEquals(kindOfId(id, "generateContent", "countTokens"), "ineligible");
  });
}

for (
  const id of [
    "gemini-4-argon",
    "gemini-4-hydrogen",
    "gemini-3.8-flash",
    "gemini-3.5-flash-lite",
  ]
) {
  Deno.test(`gemini's "${id}" chats, and not if it answers live calls alone`, () => {
    assertEquals(kindOfId(id, "generateContent", "countTokens"), "chat");
    assertEquals(kindOfId(id, "bidiGenerateContent"), "ineligible");
  });
}
