import { assertEquals } from "../support/assert.ts";
import { isAnswered, wildcardFor } from "../../lib/config/wildcards.ts";

/** Whether a wildcard, alone, answers each of the names. */
function answered(wildcard: string, ...names: string[]): boolean[] {
  return names.map((name) => wildcardFor([wildcard], name) === wildcard);
}

Deno.test("wildcardFor() finds the wildcard that answers a name", () => {
  const wildcards = ["anthropic/*", "grok-*"];
  assertEquals(wildcardFor(wildcards, "grok-4"), "grok-*");
  assertEquals(wildcardFor(wildcards, "anthropic/claude-9"), "anthropic/*");
  assertEquals(wildcardFor(wildcards, "gemini-3"), undefined);
  assertEquals(wildcardFor([], "grok-4"), undefined);
});

Deno.test("wildcardFor() leaves the end of a name free, as LiteLLM does", () => {
  assertEquals(
    answered("*-mini", "grok-4-mini", "grok-4-mini-fast", "grok-4", "mini"),
    [true, true, false, false],
  );
  assertEquals(answered("g*k-*5", "grok-4.5", "grok-4.5-x", "grok"), [
    true,
    true,
    false,
  ]);
});

Deno.test("wildcardFor() takes all but the star by the letter", () => {
  assertEquals(answered("gr?k-*", "grok-4", "gr?k-4"), [false, true]);
  assertEquals(answered("gr[o]k-*", "grok-4", "gr[o]k-4"), [false, true]);
  assertEquals(answered("grok-4.*", "grok-4.5", "grok-415"), [true, false]);
  assertEquals(answered("(grok|x)*$", "grok-4", "(grok|x)5$"), [false, true]);
  assertEquals(answered("Grok-*", "grok-4"), [false]);
});

Deno.test("wildcardFor() tries a bare name after the provider that LiteLLM infers", () => {
  assertEquals(
    answered("anthropic/*", "claude-sonnet-5", "claude-3-5-haiku-20241022"),
    [true, true],
  );
  assertEquals(answered("vertex_ai/*", "gemini-3.8-flash"), [true]);
  assertEquals(answered("openai/*", "gpt-9", "o7-mini", "chatgpt-x"), [
    true,
    true,
    true,
  ]);
  assertEquals(answered("bedrock/*", "eu.anthropic.claude-opus-5"), [true]);
});

Deno.test("wildcardFor() knows names for which LiteLLM infers no provider", () => {
  const names = ["claude-fallback", "claude/grok", "grok", "grok-4.5"];
  for (const provider of ["anthropic", "xai", "vertex_ai", "openai"]) {
    assertEquals(
      answered(`${provider}/*`, ...names, "gemini-pro", "gemini-flash"),
      names.concat("", "").map(() => false),
      provider,
    );
  }
});

Deno.test("wildcardFor() sees that a slash between two stars answers every name", () => {
  assertEquals(answered("*/*", "grok", "claude-sonnet-5", "a/b"), [
    true,
    true,
    true,
  ]);
});

Deno.test("wildcardFor() tries a name with a provider after that provider once more", () => {
  assertEquals(answered("xai/x*", "xai/grok-4", "grok-4"), [true, false]);
});

Deno.test("wildcardFor() takes no time over many stars", () => {
  const wildcard = "*a".repeat(2000);
  assertEquals(answered(wildcard, "a".repeat(1999)), [false]);
});

Deno.test("isAnswered() counts on nothing that LiteLLM infers", () => {
  assertEquals(isAnswered(["anthropic/*"], "claude-sonnet-5"), false);
  assertEquals(isAnswered(["claude-*"], "claude-sonnet-5"), true);
});
