import { assertEquals } from "./assert.ts";
import { matches, matchesAny } from "../lib/glob.ts";

const CASES: readonly (readonly [string, string, boolean])[] = [
  ["grok-*", "grok-4.5", true],
  ["grok-*", "grok", false],
  ["*", "", true],
  ["anthropic/*", "anthropic/claude-sonnet-5", true],
  ["anthropic/*", "anthracite-org/magnum-v4-72b", false],
  ["gemini-[0-9]*-pro", "gemini-2.5-pro", true],
  ["gemini-[0-9]*-pro", "gemini-2.5-pro-preview", false],
  ["grok-[0-9]*", "grok-build-0.1", false],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["*sonnet*", "claude-3.7-sonnet:thinking", true],
  ["a.c", "abc", false],
  ["a*b*c", "a-b-b-c", true],
];

for (const [glob, text, expected] of CASES) {
  const verb = expected ? "matches" : "does not match";
  Deno.test(`matches() says that "${glob}" ${verb} "${text}"`, () => {
    assertEquals(matches(glob, text), expected);
  });
}

Deno.test("matches() takes no exponential time on many stars", () => {
  assertEquals(matches("a*".repeat(50) + "b", "a".repeat(2000)), false);
});

Deno.test("matchesAny() is false for no globs", () => {
  assertEquals(matchesAny([], "grok-4"), false);
});
