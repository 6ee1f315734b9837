import { claudeCodeText } from "../../lib/clients/claude_code.ts";
import type { ClientText } from "../../lib/clients/client_text.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { inputFor, ODD_NAME } from "../support/client_input.ts";

const PROXY = {
  ANTHROPIC_BASE_URL: "http://127.0.0.1:4000",
  CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY: "1",
};

function envFor(...names: string[]): unknown {
  return JSON.parse(claudeCodeText(inputFor(names)).text).env;
}

function notesFor(...names: string[]): string {
  return claudeCodeText(inputFor(names)).notes.join("\n");
}

const ALL = [
  ...["claude-opus-5-5", "claude-sonnet-5", "claude-haiku-4-5-20251001"],
  "claude-fable-5-2",
];

Deno.test("claudeCodeText() leaves Claude Code's own rows alone where they answer", () => {
  assertEquals(envFor(...ALL, "grok", "claude-fallback"), PROXY);
  assert(!notesFor(...ALL).includes("redirected"));
});

Deno.test("claudeCodeText() names the aliases for rows that are newer than the list", () => {
  const notes = notesFor(...ALL, "claude-fallback", "claude-opus-fallback");
  assertStringIncludes(
    notes,
    "ANTHROPIC_DEFAULT_OPUS_MODEL=claude-opus-fallback, " +
      "ANTHROPIC_DEFAULT_SONNET_MODEL=claude-fallback",
  );
  assert(!notes.includes("HAIKU"));
  assert(!notesFor(...ALL).includes("follow an alias"));
});

Deno.test("claudeCodeText() leaves the rows to a wildcard that answers them", () => {
  for (const wildcard of ["*", "claude-*", "anthropic/*"]) {
    assertEquals(envFor(wildcard, "grok"), PROXY, wildcard);
  }
});

Deno.test("claudeCodeText() redirects the rows of a family that has no model to a Claude", () => {
  assertEquals(
    envFor("claude-sonnet-5", "claude-opus-fallback", "claude-fallback"),
    {
      ...PROXY,
      ANTHROPIC_DEFAULT_OPUS_MODEL: "claude-opus-fallback",
      ANTHROPIC_DEFAULT_HAIKU_MODEL: "claude-fallback",
      ANTHROPIC_DEFAULT_FABLE_MODEL: "claude-fallback",
    },
  );
  assertEquals(envFor("claude-sonnet-5", "grok"), {
    ...PROXY,
    ANTHROPIC_DEFAULT_OPUS_MODEL: "claude-sonnet-5",
    ANTHROPIC_DEFAULT_HAIKU_MODEL: "claude-sonnet-5",
    ANTHROPIC_DEFAULT_FABLE_MODEL: "claude-sonnet-5",
  });
});

Deno.test("claudeCodeText() makes every row answer where there is no Claude, and says so", () => {
  assertEquals(envFor("grok-4.5", "grok", "gemini-flash"), {
    ...PROXY,
    ANTHROPIC_DEFAULT_OPUS_MODEL: "grok",
    ANTHROPIC_DEFAULT_SONNET_MODEL: "grok",
    ANTHROPIC_DEFAULT_HAIKU_MODEL: "gemini-flash",
    ANTHROPIC_DEFAULT_FABLE_MODEL: "grok",
  });
  assertStringIncludes(notesFor("grok"), "no Claude");
});

Deno.test("claudeCodeText() says how to hand the key over in the shell of the machine", () => {
  const input = inputFor(ALL, { keyVariable: "PROXY_KEY" });
  const said = ({ notes }: ClientText): string => notes.join("\n");
  assertStringIncludes(
    said(claudeCodeText(input)),
    'export ANTHROPIC_AUTH_TOKEN="$PROXY_KEY"',
  );
  assertStringIncludes(
    said(claudeCodeText({ ...input, isWindows: true })),
    "$env:ANTHROPIC_AUTH_TOKEN = $env:PROXY_KEY",
  );
  assert(!claudeCodeText(input).text.includes("ANTHROPIC_AUTH_TOKEN"));
});

Deno.test("claudeCodeText() writes any name as JSON in ASCII", () => {
  const { text } = claudeCodeText(inputFor([], { defaultModel: ODD_NAME }));
  assertMatch(text, /^[\n\x20-\x7e]+$/);
  assertEquals(JSON.parse(text).env.ANTHROPIC_DEFAULT_OPUS_MODEL, ODD_NAME);
});
