import { assertEquals } from "../support/assert.ts";
import { renderEntry } from "../../lib/block/entry.ts";
import { entryFrom, readEntries } from "../../lib/block/read_entry.ts";
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

Deno.test("an entry keeps its mode when it is read back, whoever rewrote it", () => {
  const entry = renderEntry({
    name: "openai/gpt-5-pro",
    deployment: "openai/gpt-5-pro",
    model: "openai/gpt-5-pro",
    keyVariable: "OPENAI_API_KEY",
    mode: "responses",
  });
  assertEquals(entry.lines.at(-1), '    mode: "responses"');
  const [item] = listOf(parseYaml(bytesOf(entry.lines.join("\n"))));
  assertEquals(item && entryFrom(item), entry);
});

Deno.test("renderEntry() states the last day and what follows where LiteLLM looks for them", () => {
  const { lines } = renderEntry({
    name: "a",
    deployment: "own/a",
    model: "openai/a",
    endsOn: "2026-12-01",
    successor: "b",
  });
  assertEquals(lines.slice(3), [
    "  model_info:",
    '    id: "discover:own/a"',
    '    mode: "chat"',
    '    deprecation_date: "2026-12-01"',
    '    successor_model: "b"',
  ]);
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
    endsOn: "2027-05-28",
    successor: "claude-opus-5",
  });
  for (const isEdited of [false, true]) {
    assertEquals(readEntries(written.lines, isEdited), [written]);
  }
  const text = bytesOf(written.lines.join("\n"));
  assertEquals(listOf(parseYaml(text)).map(entryFrom), [written]);
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
