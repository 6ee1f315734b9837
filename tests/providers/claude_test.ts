import { assertEquals } from "../support/assert.ts";
import {
  claudeFamily,
  claudeName,
  datedNames,
  undatedName,
} from "../../lib/providers/claude.ts";

const NAMES: readonly [id: string, name: string | undefined][] = [
  ["anthropic/claude-opus-4.8", "claude-opus-4-8"],
  ["anthropic/claude-haiku-5.5", "claude-haiku-5-5"],
  ["anthropic/claude-3.7-sonnet:thinking", "claude-3-7-sonnet:thinking"],
  ["~anthropic/claude-opus-latest", "claude-opus-latest"],
  ["claude-haiku-4-5-20251001", "claude-haiku-4-5-20251001"],
  ["anthropic/other-1", undefined],
  ["anthracite-org/claude-1", undefined],
  ["x-ai/grok-4.5", undefined],
];

for (const [id, name] of NAMES) {
  Deno.test(`claudeName() of "${id}" is ${name}`, () => {
    assertEquals(claudeName(id), name);
  });
}

Deno.test("undatedName() takes off a day, and nothing else", () => {
  assertEquals(undatedName("claude-haiku-4-5-20251001"), "claude-haiku-4-5");
  assertEquals(undatedName("claude-opus-4-8"), undefined);
  assertEquals(undatedName("grok-4-20251001"), undefined);
});

Deno.test("datedNames() has the newest day of each name", () => {
  const names = [
    "claude-3-5-sonnet-20241022",
    "claude-3-5-sonnet-20240620",
    "claude-opus-5",
  ];
  assertEquals([...datedNames(names)], [
    ["claude-3-5-sonnet", "claude-3-5-sonnet-20241022"],
  ]);
});

const FAMILIES: readonly [id: string, family: string | undefined][] = [
  ["anthropic/claude-opus-4.8", "opus"],
  ["anthropic/claude-opus-5-fast", "opus"],
  ["anthropic/claude-3.5-haiku", "haiku"],
  ["anthropic/claude-3-5-sonnet-20241022", "sonnet"],
  ["anthropic/claude-3.7-sonnet:thinking", "sonnet"],
  ["anthropic/claude-saga-6.1", "saga"],
  ["anthropic/claude-saga", "saga"],
  ["anthropic/claude-2.1", undefined],
  ["anthropic/claude-latest", undefined],
  ["x-ai/grok-4.5", undefined],
];

for (const [id, family] of FAMILIES) {
  Deno.test(`claudeFamily() of "${id}" is ${family}`, () => {
    assertEquals(claudeFamily(id), family);
  });
}
