import { textWidth } from "../../lib/terminal/width.ts";
import { toText } from "../../lib/terminal/layout.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { allLastLines, lastLines } from "../../lib/terminal/last_lines.ts";
import {
  beginProgress,
  formatMs,
  frameLines,
  type Progress,
  settle,
} from "../../lib/terminal/progress.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { answered, failed } from "../support/parts.ts";
import { layoutOf, textOf } from "../support/sample_report.ts";

const ASKED = [
  { id: "openrouter", title: "OpenRouter" },
  { id: "xai", title: "xAI" },
  { id: "gemini", title: "Gemini" },
];

function answer(provider: string, elapsedMs: number): Outcome {
  return { ...answered(provider), elapsedMs };
}

const TIMEOUT = failed("gemini");

const frame = (
  progress: Progress,
  monotonicMs: number,
  width: number,
): string => textOf(frameLines(progress, monotonicMs, layoutOf(width), 23));

const START = beginProgress(ASKED, 1000, 2000);
const ONE_BACK = settle(START, answer("xai", 204.4), {
  models: 6,
  previousModels: 5,
});
const ALL_BACK = settle(
  settle(ONE_BACK, answer("openrouter", 1234), {
    models: 12,
    previousModels: 0,
  }),
  TIMEOUT,
  { models: 0, previousModels: 6 },
);

Deno.test("the first frame shows that all are waited for", () => {
  assertEquals(
    frame(START, 1000, 80),
    `\
⠋ OpenRouter  waiting  0.0 s
⠋ xAI         waiting  0.0 s
⠋ Gemini      waiting  0.0 s
`,
  );
});

Deno.test("a later frame shows who answered, and how long the others take", () => {
  assertEquals(
    frame(ONE_BACK, 1750, 80),
    `\
⠏ OpenRouter  waiting  0.7 s
✓ xAI         6 models  204 ms
⠏ Gemini      waiting  0.7 s
`,
  );
});

Deno.test("whole frames at 40, 80 and 120 columns are cut, never wrapped", () => {
  assertEquals(
    frame(ALL_BACK, 3000, 39),
    `\
✓ OpenRouter  12 models  1.2 s
✓ xAI          6 models  204 ms
✗ Gemini      timed out after 2 s
`,
  );
  // No line breaks in two when the window is made as narrow as 40 columns.
  for (const width of [79, 119]) {
    assertEquals(frame(ALL_BACK, 3000, width), frame(ALL_BACK, 3000, 39));
  }
});

Deno.test("no line of a frame is wider than the window, however narrow", () => {
  const asked = [{ id: "xai", title: "日本語のとても長い名前" }, ...ASKED];
  const progress = beginProgress(asked, 0, 2000);
  for (let width = 1; width < 60; width++) {
    for (const line of frameLines(progress, 99, layoutOf(width), 23)) {
      assert(textWidth(toText(line, false)) <= width);
    }
  }
});

Deno.test("a frame that is higher than the window says how many are missing", () => {
  const asked = Array.from({ length: 9 }, (_, at) => ({
    id: `p${at}`,
    title: `Provider ${at}`,
  }));
  const progress = beginProgress(asked, 0, 2000);
  assertEquals(
    textOf(frameLines(progress, 100, layoutOf(79), 3)),
    `\
⠙ Provider 0  waiting  0.1 s
⠙ Provider 1  waiting  0.1 s
  and 7 more, 9 waiting
`,
  );
});

Deno.test("a provider's last line is wrapped, so that nothing of it is lost", () => {
  assertEquals(
    textOf(lastLines(ALL_BACK, "gemini", layoutOf(39))),
    `\
✗ Gemini      timed out after 2 s;
              keeping 6 earlier models
`,
  );
});

Deno.test("a failed provider without earlier models says so", () => {
  const progress = settle(START, TIMEOUT, { models: 0, previousModels: 0 });
  assertEquals(
    textOf(lastLines(progress, "gemini", layoutOf(79))),
    "✗ Gemini      timed out after 2 s; no earlier models to keep\n",
  );
});

const REFUSED = settle(START, {
  kind: "failed",
  provider: "gemini",
  elapsedMs: 5,
  failure: {
    reason: "forbidden",
    status: 403,
    host: "api.x.ai:443",
    said: "This key may not list the models of its team.\x1b[2J",
  },
}, { models: 0, previousModels: 6 });

Deno.test("a provider's own sentence stands below the words of its last line", () => {
  assertEquals(
    textOf(lastLines(REFUSED, "gemini", layoutOf(79))),
    `\
✗ Gemini      API key lacks a permission (HTTP 403); keeping 6 earlier models
              "This key may not list the models of its team.?[2J"
`,
  );
  assertEquals(
    textOf(lastLines(REFUSED, "gemini", layoutOf(39))),
    `\
✗ Gemini      API key lacks a
              permission (HTTP 403);
              keeping 6 earlier models
              "This key may not list
              the models of its
              team.?[2J"
`,
  );
  assertEquals(
    textOf(lastLines(REFUSED, "gemini", layoutOf(20))).split("\n").at(-2),
    '    team.?[2J"',
  );
});

Deno.test("a frame has one line for each provider, whatever they say", () => {
  assertEquals(frameLines(REFUSED, 0, layoutOf(79), 10).length, 3);
});

Deno.test("a provider that Ctrl+C cut off promises nothing", () => {
  const outcome = failed("gemini", "interrupted");
  const progress = settle(START, outcome, { models: 0, previousModels: 6 });
  assertEquals(
    textOf(lastLines(progress, "gemini", layoutOf(79))),
    "✗ Gemini      interrupted\n",
  );
});

Deno.test("a provider that was not waited for shows as stopped", () => {
  assertEquals(
    textOf(lastLines(START, "xai", layoutOf(79))),
    "- xAI         stopped\n",
  );
});

Deno.test("formatMs() chooses the unit", () => {
  assertEquals([0.4, 999.4, 999.6, 1250, 12_345].map(formatMs), [
    "0 ms",
    "999 ms",
    "1.0 s",
    "1.3 s",
    "12.3 s",
  ]);
});

const OUT_OF_TIME = {
  models: 0,
  previousModels: 2,
  hint: "wait longer with --timeout 5s",
};

Deno.test("a hint is below its provider's row, and below the last of several with their names", () => {
  const both = settle(
    settle(ONE_BACK, failed("gemini"), OUT_OF_TIME),
    failed("openrouter"),
    OUT_OF_TIME,
  );
  assertEquals(
    textOf(allLastLines(both, layoutOf(79))),
    `\
✗ OpenRouter  timed out after 2 s; keeping 2 earlier models
✓ xAI         6 models  204 ms
✗ Gemini      timed out after 2 s; keeping 2 earlier models
              → OpenRouter, Gemini: wait longer with --timeout 5s
`,
  );
  const one = settle(ONE_BACK, failed("xai", "wrong-key"), {
    ...OUT_OF_TIME,
    hint: "check XAI_API_KEY (from .env line 3)",
  });
  assertEquals(
    textOf(allLastLines(one, layoutOf(39))),
    `\
- OpenRouter  stopped
✗ xAI         API key rejected; keeping
              2 earlier models
              → check XAI_API_KEY (from
                .env line 3)
- Gemini      stopped
`,
  );
});

Deno.test("line by line, an equal hint is said with the first, and counts are aligned", () => {
  let progress = START;
  const lines = [
    [answer("xai", 204), { models: 6, previousModels: 6 }],
    [failed("gemini"), OUT_OF_TIME],
    [failed("openrouter"), OUT_OF_TIME],
  ] as const;
  const printed = lines.map(([outcome, counts]) => {
    progress = settle(progress, outcome, counts);
    return textOf(lastLines(progress, outcome.provider, layoutOf(Infinity)));
  }).join("");
  assertEquals(
    printed,
    `\
✓ xAI           6 models  204 ms
✗ Gemini      timed out after 2 s; keeping 2 earlier models
              → wait longer with --timeout 5s
✗ OpenRouter  timed out after 2 s; keeping 2 earlier models
`,
  );
  const many = settle(progress, answer("openrouter", 300), {
    models: 312,
    previousModels: 0,
  });
  assertEquals(
    textOf(lastLines(many, "openrouter", layoutOf(Infinity))),
    "✓ OpenRouter  312 models  300 ms\n",
  );
});
