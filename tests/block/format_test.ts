import { assertEquals, assertMatch } from "../support/assert.ts";
import { renderEntry } from "../../lib/block/entry.ts";
import {
  hashOf,
  renderSections,
  SECTION_TITLE,
} from "../../lib/block/format.ts";

const ENTRY = renderEntry({
  name: "grok-4.5",
  deployment: "xai/grok-4.5",
  model: "xai/grok-4.5",
  keyVariable: "XAI_API_KEY",
});

Deno.test("renderSections() puts a title with count and hash above each", async () => {
  const lines = await renderSections([
    { id: "xai", entries: [ENTRY] },
    { id: "gemini", entries: [] },
    { id: "aliases", entries: [ENTRY, ENTRY] },
  ]);
  const titles = lines.filter((line) => line.startsWith("# "));
  assertEquals(titles, [
    `# -- xai: 1 model, sha256:${await hashOf(ENTRY.lines)} --`,
    `# -- gemini: 0 models, sha256:${await hashOf([])} --`,
    `# -- aliases: 2, sha256:${await hashOf([
      ...ENTRY.lines,
      ...ENTRY.lines,
    ])} --`,
  ]);
  for (const title of titles) assertMatch(title, SECTION_TITLE);
  assertEquals(lines.length, titles.length + 3 * ENTRY.lines.length);
});

Deno.test("renderSections() keeps the stated hash of an edited section", async () => {
  const statedHash = "0123456789ab";
  const [title] = await renderSections([
    { id: "xai", entries: [ENTRY], statedHash },
  ]);
  assertEquals(title, `# -- xai: 1 model, sha256:${statedHash} --`);
});

Deno.test("hashOf() is the start of SHA-256 over lines joined by newlines", async () => {
  // Of the three bytes "a\nb", by another tool.
  assertEquals(await hashOf(["a", "b"]), "7e18f737311b");
});
