import { assert, assertEquals } from "../support/assert.ts";
import { matches, matchesAny } from "../../lib/text/glob.ts";

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
  ["[ab]c", "bc", true],
  ["[a-c]", "d", false],
  ["[[]", "[", true],
  ["[", "[", true],
  ["[]", "[]", true],
  ["[]a]", "[]a]", true],
  ["[]a]", "a", false],
  ["[a[b]", "[", true],
  ["[a]]", "a]", true],
  ["[a][", "a[", true],
  ["[a", "[a", true],
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

Deno.test("matches() takes no longer for a [ without a ] than for a letter", () => {
  const length = 200_000;
  const letters = timeMs("a".repeat(length));
  for (const odd of ["[", "[]", "[[]", "]["]) {
    const glob = odd.repeat(length / odd.length) + "[";
    // Where each looks for its own end, it is half a minute.
    assert(timeMs(glob) < 1000 + 20 * letters, odd);
  }
});

function timeMs(glob: string): number {
  const start = performance.now();
  assertEquals(matches(glob, "grok-4.5"), false);
  return performance.now() - start;
}

Deno.test("matchesAny() is false for no globs", () => {
  assertEquals(matchesAny([], "grok-4"), false);
});
