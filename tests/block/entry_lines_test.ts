import { assertEquals } from "../support/assert.ts";
import { type Entry, renderEntry } from "../../lib/block/entry.ts";
import {
  keyVariableOf,
  renamed,
  withApiBase,
  withDisplayName,
  withoutOrder,
} from "../../lib/block/entry_lines.ts";

const ENTRY = renderEntry({
  name: "grok-4.5",
  deployment: "xai/grok-4.5",
  model: "xai/grok-4.5",
  keyVariable: "XAI_API_KEY",
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

Deno.test("withoutOrder() is the entry as it would be without a turn", () => {
  const facts = { name: "a", deployment: "own/a", model: "own/a" };
  const ordered = renderEntry({ ...facts, order: 2 });
  assertEquals(withoutOrder(ordered), renderEntry(facts));
  assertEquals(withoutOrder(ENTRY), ENTRY);
});
