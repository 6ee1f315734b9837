import { assertEquals } from "../support/assert.ts";
import { diagnosisLines, findingLines } from "../../lib/terminal/findings.ts";
import type { Diagnosis } from "../../lib/report/diagnosis.ts";
import { layoutOf, textOf } from "../support/sample_report.ts";

const DIAGNOSIS: Diagnosis = {
  ...{ version: "0.1.0", exitCode: 5, config: "config.yaml", litellm: null },
  findings: [
    {
      code: "malformed-fallbacks",
      line: 9,
      text: "fallbacks is a mapping where LiteLLM needs a list",
      hint: "replace line 9 with:\n  fallbacks:\n    - a: [b]",
    },
    {
      ...{ code: "unknown-fallback", text: "x", hint: "write another" },
      ...{ file: "sub/routing.yaml", line: 2 },
    },
    {
      ...{ code: "unknown-fallback", text: "y", hint: "write another" },
      ...{ file: "sub/routing.yaml", line: 7 },
    },
    { code: "no-master-key", text: "no master key" },
  ],
  notes: ["checked without a model list: xAI: no key"],
};

Deno.test("findingLines() begins each finding with its path and line, under its weight", () => {
  assertEquals(
    textOf(findingLines(DIAGNOSIS, layoutOf(79))),
    `LiteLLM will not start
config.yaml:9: fallbacks is a mapping where LiteLLM needs a list
  \u2192 replace line 9 with:
  fallbacks:
    - a: [b]
config.yaml:1: no master key

Fails or answers wrongly
sub/routing.yaml:2: x
sub/routing.yaml:7: y
  \u2192 write another
`,
  );
});

Deno.test("findingLines() keeps the path whole where lines are narrow", () => {
  const lines = textOf(findingLines(DIAGNOSIS, layoutOf(39))).split("\n");
  assertEquals(lines.slice(1, 3), [
    "config.yaml:9: fallbacks is a mapping",
    "    where LiteLLM needs a list",
  ]);
});

Deno.test("diagnosisLines() says what was not judged, and how much was found", () => {
  assertEquals(
    textOf(diagnosisLines(DIAGNOSIS, layoutOf(79))),
    `  checked without a model list: xAI: no key
! 4 findings in config.yaml
`,
  );
  const clean = { ...DIAGNOSIS, findings: [], notes: [] };
  assertEquals(
    textOf(diagnosisLines(clean, layoutOf(79))),
    "\u2713 Nothing to do in config.yaml\n",
  );
});
