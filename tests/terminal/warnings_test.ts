import { assertEquals } from "../support/assert.ts";
import { warningLines, warningListLines } from "../../lib/terminal/warnings.ts";
import type { Warning } from "../../lib/warning.ts";
import { layoutOf, textOf } from "../support/sample_report.ts";

Deno.test("warningLines() puts what to do on a line of its own", () => {
  const warning = {
    code: "no-key",
    text: "xAI: no key",
    hint: "set it",
  } as const;
  assertEquals(
    textOf(warningLines(warning, layoutOf(39))),
    "! xAI: no key\n  → set it\n",
  );
});

Deno.test("warningLines() names the line, and shows lines to paste as they are", () => {
  const warning: Warning = {
    code: "unused-fallback",
    line: 12,
    text: '"claude" has no fallback',
    hint: "add above line 3:\n  fallbacks:\n    - claude: [claude-fallback]",
  };
  assertEquals(
    textOf(warningLines(warning, layoutOf(36))),
    `! line 12: "claude" has no fallback
  \u2192 add above line 3:
  fallbacks:
    - claude: [claude-fallback]
`,
  );
});

/** So many fallbacks without a model. */
function unknown(count: number): Warning[] {
  return Array.from({ length: count }, (_, at) => ({
    code: "unknown-fallback",
    line: at + 1,
    text: `the fallback "${at}" is not defined in this config`,
    hint: "LiteLLM notices only when it needs it",
  }));
}

Deno.test("warningListLines() shows three findings, after the warnings, and says once what is to be done", () => {
  const other: Warning = { code: "no-key", text: "no key" };
  const [first, ...rest] = unknown(4);
  if (!first) throw new Error("none");
  assertEquals(
    textOf(
      warningListLines([first, other, ...rest], "config.yaml", layoutOf(79)),
    ),
    `! no key
! line 1: the fallback "0" is not defined in this config
! line 2: the fallback "1" is not defined in this config
! line 3: the fallback "2" is not defined in this config
  \u2192 LiteLLM notices only when it needs it
  and 1 more: discover --doctor
`,
  );
});

Deno.test("warningListLines() cuts a long list short, unless all was asked for", () => {
  const options = layoutOf(79);
  assertEquals(
    textOf(warningListLines(unknown(12), "/srv/my proxy/c.yaml", options)),
    `! line 1: the fallback "0" is not defined in this config
! line 2: the fallback "1" is not defined in this config
! line 3: the fallback "2" is not defined in this config
  \u2192 LiteLLM notices only when it needs it
  and 9 more: discover -c "/srv/my proxy/c.yaml" --doctor
`,
  );
  const all = warningListLines(unknown(12), "c.yaml", layoutOf(79, true));
  assertEquals(all.length, 13);
});
