import { assertEquals } from "../support/assert.ts";
import {
  type Entry,
  entryFrom,
  keyVariableOf,
  readEntries,
  renamed,
  renderEntry,
  withApiBase,
  withDisplayName,
} from "../../lib/block/entry.ts";
import { isJsonObject, type JsonObject } from "../../lib/text/fields.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { bytesOf } from "../support/parts.ts";

const ENTRY = renderEntry({
  name: "grok-4.5",
  deployment: "xai/grok-4.5",
  model: "xai/grok-4.5",
  keyVariable: "XAI_API_KEY",
});

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

Deno.test("renderEntry() writes what LiteLLM needs and nothing more", () => {
  assertEquals(ENTRY.lines, [
    '- model_name: "grok-4.5"',
    "  litellm_params:",
    '    model: "xai/grok-4.5"',
    '    api_key: "os.environ/XAI_API_KEY"',
    "  model_info:",
    '    id: "discover:xai/grok-4.5"',
    '    mode: "chat"',
  ]);
});

Deno.test("renderEntry() states the limits and abilities that are known", () => {
  const { lines } = renderEntry({
    name: "a",
    deployment: "own/a",
    model: "openai/a",
    apiBase: "http://localhost:1234/v1",
    limits: {
      id: "a",
      maxInputTokens: 1000,
      maxOutputTokens: 100,
      supportsVision: true,
      supportsFunctionCalling: false,
    },
  });
  assertEquals(lines, [
    '- model_name: "a"',
    "  litellm_params:",
    '    model: "openai/a"',
    '    api_base: "http://localhost:1234/v1"',
    "  model_info:",
    '    id: "discover:own/a"',
    '    mode: "chat"',
    "    max_input_tokens: 1000",
    "    max_output_tokens: 100",
    "    supports_vision: true",
  ]);
});

Deno.test("withApiBase() writes what renderEntry() would have written", () => {
  for (const keyVariable of [undefined, "XAI_API_KEY"]) {
    const facts = {
      name: "grok-4.5",
      deployment: "xai/grok-4.5",
      model: "xai/grok-4.5",
      ...(keyVariable && { keyVariable }),
      limits: { id: "grok-4.5", maxInputTokens: 1000 },
    };
    const apiBase = "https://api.x.ai/v1";
    const told = renderEntry({ ...facts, apiBase });
    assertEquals(withApiBase(renderEntry(facts), apiBase), told);
    assertEquals(withApiBase(told, "https://elsewhere.example"), told);
  }
});

Deno.test("withApiBase() keeps to an edited entry's indentation, or leaves it alone", () => {
  const edited = (...lines: string[]): Entry => ({
    name: "g",
    model: "xai/g",
    id: "discover:xai/g",
    lines: ["- model_name: g", ...lines],
  });
  const deeper = edited("  litellm_params:", "      model: xai/g", "  rpm: 1");
  assertEquals(withApiBase(deeper, "https://h").lines.slice(2, 4), [
    "      model: xai/g",
    '      api_base: "https://h"',
  ]);
  const flow = edited("  litellm_params: { model: xai/g }");
  assertEquals(withApiBase(flow, "https://h"), flow);
});

Deno.test("keyVariableOf() knows from which variable an entry has its key, be it edited", () => {
  assertEquals(keyVariableOf(ENTRY), "XAI_API_KEY");
  for (const value of ["os.environ/MINE", "'os.environ/MINE' # the team's"]) {
    const lines = ENTRY.lines.map((line) =>
      line.replace(/(api_key: ).*/, (_, name) => name + value)
    );
    assertEquals(keyVariableOf({ ...ENTRY, lines }), "MINE");
  }
  const lines = ENTRY.lines.filter((line) => !line.includes("api_key"));
  assertEquals(keyVariableOf({ ...ENTRY, lines }), undefined);
});

Deno.test("an entry is read back as it was written, and out of LiteLLM's own values", () => {
  const written = renderEntry({
    name: "claude-opus-4-8",
    deployment: "openrouter/anthropic/claude-opus-4.8",
    model: "openrouter/anthropic/claude-opus-4.8",
    keyVariable: "OPENROUTER_API_KEY",
    order: 2,
    displayName: "Claude Opus 4.8 (OpenRouter)",
    limits: { maxInputTokens: 1000, supportsVision: true },
  });
  for (const isEdited of [false, true]) {
    assertEquals(readEntries(written.lines, isEdited), [written]);
  }
  const text = bytesOf(written.lines.join("\n"));
  assertEquals(listOf(parseYaml(text)).map(entryFrom), [written]);
});

Deno.test("renamed() changes the name alone, of an entry that is written as ours are", () => {
  const other = renamed(ENTRY, "xai/grok-4.5");
  assertEquals(other?.name, "xai/grok-4.5");
  assertEquals(other?.lines, [
    '- model_name: "xai/grok-4.5"',
    ...ENTRY.lines.slice(1),
  ]);
  const edited = { ...ENTRY, lines: ["- model_name: grok-4.5"] };
  assertEquals(renamed(edited, "other"), undefined);
});

Deno.test("withDisplayName() changes what is there, and adds nothing", () => {
  const shown = renderEntry({
    name: "a",
    deployment: "own/a",
    model: "own/a",
    displayName: "A",
  });
  const other = withDisplayName(shown, "B");
  assertEquals(other.lines, [
    ...shown.lines.slice(0, -1),
    '    display_name: "B"',
  ]);
  assertEquals(withDisplayName(other, "A"), shown);
  assertEquals(withDisplayName(ENTRY, "B"), ENTRY);
  const byHand = {
    ...shown,
    lines: shown.lines.map((line) => line.replaceAll('"', "'")),
  };
  assertEquals(withDisplayName(byHand, "B"), byHand);
});

Deno.test("entryFrom() writes no empty line for a key without a variable", () => {
  const entry = entryFrom({
    model_name: "a",
    litellm_params: { model: "xai/a", api_key: "os.environ/" },
    model_info: { id: "discover:xai/a" },
  });
  assertEquals(
    entry,
    renderEntry({ name: "a", deployment: "xai/a", model: "xai/a" }),
  );
});

Deno.test("renderEntry() quotes whatever a name holds, in ASCII", () => {
  const { lines } = renderEntry({
    name: 'a"b\\c\n# grün',
    deployment: "x",
    model: "no",
  });
  assertEquals(lines[0], '- model_name: "a\\"b\\\\c\\n# gr\\u00fcn"');
  assertEquals(lines[2], '    model: "no"');
});
