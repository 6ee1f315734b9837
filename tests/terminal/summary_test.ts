import { toText } from "../../lib/terminal/layout.ts";
import { failureLines, summaryLines } from "../../lib/terminal/summary.ts";
import { errorLines } from "../../lib/terminal/warnings.ts";
import { textWidth } from "../../lib/terminal/width.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import type { RunReport } from "../../lib/report/report.ts";
import {
  layoutOf,
  textOf,
  UNCHANGED,
  UPDATED,
} from "../support/sample_report.ts";

const CREATED = {
  ...UNCHANGED,
  result: "created",
  models: {
    kept: 0,
    removed: [],
    added: [
      "anthropic/claude-fable-5",
      "anthropic/claude-haiku-4.5",
      "anthropic/claude-opus-4.7",
      "anthropic/claude-opus-4.8",
      "anthropic/claude-sonnet-4.6",
      "anthropic/claude-sonnet-5",
      "gemini-3.8-flash",
      "grok-4.5",
      "grok-4.5-fast",
    ],
  },
} as const;

Deno.test("an everyday run ends in two lines at 80 and 120 columns, in three at 40", () => {
  assertEquals(
    textOf(summaryLines(UNCHANGED, layoutOf(39))),
    `\
  claude-fallback → claude-sonnet-5,
    and 3 more
✓ Already up to date: …/config.yaml
`,
  );
  assertEquals(
    textOf(summaryLines(UNCHANGED, layoutOf(79))),
    `\
  claude-fallback → claude-sonnet-5, and 3 more
✓ Already up to date: /home/maria/projects/litellm-proxy/config.yaml  18 models
`,
  );
  assertEquals(
    textOf(summaryLines(UNCHANGED, layoutOf(119))),
    `\
  claude-fallback → claude-sonnet-5, claude-opus-fallback → claude-opus-4.8, grok → grok-4.5, and 1 more
✓ Already up to date: /home/maria/projects/litellm-proxy/config.yaml  18 models
`,
  );
});

Deno.test("the hints below the rows say whose they are, an equal one once", () => {
  const failed = (provider: string, hint: string) =>
    ({ code: "provider-failed", provider, text: "x", hint }) as const;
  const longer = "wait longer with --timeout 5s";
  const warnings = [
    failed("xAI", longer),
    failed("Gemini", "check GEMINI_API_KEY (from .env line 3)"),
    failed("Mistral", longer),
  ];
  const hints = (columns: number): string =>
    textOf(
      summaryLines({ ...UNCHANGED, aliases: [], warnings }, layoutOf(columns)),
    ).replace(/^✓.*/m, "").trimEnd();
  assertEquals(
    hints(79),
    `\
  → xAI, Mistral: wait longer with --timeout 5s
  → Gemini: check GEMINI_API_KEY (from .env line 3)`,
  );
  assertEquals(
    hints(39),
    `\
  → xAI, Mistral: wait longer with
    --timeout 5s
  → Gemini: check GEMINI_API_KEY (from
    .env line 3)`,
  );
});

Deno.test("a run that changes something tells all of it at 40 columns", () => {
  assertEquals(
    textOf(summaryLines(UPDATED, layoutOf(39))),
    `\
  → Gemini: wait longer with --timeout
    5s
  no key for DeepSeek
             (DEEPSEEK_API_KEY)
+ 2 added
    anthropic/claude-sonnet-5, grok-4.5
- 1 removed        grok-3-mini
- 1 alias removed  gemini-pro
~ claude-fallback → claude-sonnet-5
    (was claude-sonnet-4.6)
  claude-opus-fallback →
    claude-opus-4.8, and 2 more
  skipped, already in your config:
    my-own
! line 41: the fallback
  "claude-sonnet-4" is a model nobody
  defines
  → write "claude-fallback", which is
    always the newest Claude Sonnet
✓ Updated …/litellm-proxy/config.yaml
`,
  );
});

Deno.test("a run that changes something tells all of it at 80 columns", () => {
  assertEquals(
    textOf(summaryLines(UPDATED, layoutOf(79))),
    `\
  → Gemini: wait longer with --timeout 5s
  no key for DeepSeek (DEEPSEEK_API_KEY)
+ 2 added          anthropic/claude-sonnet-5, grok-4.5
- 1 removed        grok-3-mini
- 1 alias removed  gemini-pro
~ claude-fallback → claude-sonnet-5 (was claude-sonnet-4.6)
  claude-opus-fallback → claude-opus-4.8, grok → grok-4.5, and 1 more
  skipped, already in your config: my-own
! line 41: the fallback "claude-sonnet-4" is a model nobody defines
  → write "claude-fallback", which is always the newest Claude Sonnet
✓ Updated /home/maria/projects/litellm-proxy/config.yaml
`,
  );
});

Deno.test("a run tells why an alias moved to an older model, or is at one, and when that ends", () => {
  const linesFor = (
    formerTarget: string | null,
    endsOn: string | null,
    result: RunReport["result"] = "updated",
  ): string[] => {
    const passedOver = { model: "gemini/gemini-2.5-pro", endsOn };
    const target = "gemini/gemini-3.1-pro-preview";
    const alias = { name: "gemini-pro", target, formerTarget, passedOver };
    const report = { ...UNCHANGED, result, aliases: [alias] };
    return textOf(summaryLines(report, layoutOf(99))).split("\n")
      .filter((line) => line.includes("gemini-pro"));
  };
  const now = "gemini-pro → gemini-3.1-pro-preview";
  assertEquals(linesFor("gemini/gemini-2.5-pro", "2026-12-01"), [
    `~ ${now} (was gemini-2.5-pro, last day 2026-12-01)`,
  ]);
  assertEquals(linesFor("gemini/gemini-3-pro", "2026-12-01"), [
    `~ ${now} (was gemini-3-pro; not gemini-2.5-pro, last day 2026-12-01)`,
  ]);
  assertEquals(linesFor(null, "2026-12-01", "created"), [
    `  ${now} (not gemini-2.5-pro, last day 2026-12-01)`,
  ]);
  assertEquals(linesFor(null, null, "created"), [
    `  ${now} (not gemini-2.5-pro, shut down)`,
  ]);
  // On a quiet day it is no news.
  assertEquals(linesFor(null, "2026-12-01", "unchanged"), [`  ${now}`]);
});

Deno.test("a run tells on one line what it left to wildcards", () => {
  const left = ["grok-4.5", "gemini-3.8-flash", "grok", "claude/grok"];
  const skipped = [
    { name: "my-own", reason: "hand-written" } as const,
    ...left.map((name) => ({ name, reason: "wildcard" }) as const),
    { name: "twice", reason: "repeated" } as const,
  ];
  const lines = textOf(
    summaryLines({ ...UPDATED, skipped }, layoutOf(79)),
  );
  assertEquals(lines.split("\n").filter((line) => line.startsWith("  ")), [
    ...textOf(summaryLines(UPDATED, layoutOf(79))).split("\n")
      .filter((line) => line.startsWith("  ")).slice(0, 4),
    "  left to your wildcards: grok-4.5, gemini-3.8-flash, grok, claude/grok",
    "  skipped, the name is taken: twice",
    '  → write "claude-fallback", which is always the newest Claude Sonnet',
  ]);
});

Deno.test("a run that changes something names the backup where there is room", () => {
  const lines = textOf(summaryLines(UPDATED, layoutOf(119))).trimEnd()
    .split(
      "\n",
    );
  assertEquals(
    lines.at(-1),
    "✓ Updated /home/maria/projects/litellm-proxy/config.yaml  " +
      "(backup: config.yaml.bak)",
  );
});

Deno.test("a first run names the first models and all aliases", () => {
  assertEquals(
    textOf(summaryLines(CREATED, layoutOf(39))),
    `\
+ 9 added  anthropic/claude-fable-5,
           and 8 more
  claude-fallback → claude-sonnet-5
  claude-opus-fallback →
    claude-opus-4.8
  grok, claude/grok → grok-4.5
  gemini-flash, claude/gemini-flash →
    gemini-3.8-flash
✓ Added the block to …/config.yaml
`,
  );
  assertEquals(
    textOf(summaryLines(CREATED, layoutOf(79))),
    `\
+ 9 added  anthropic/claude-fable-5, anthropic/claude-haiku-4.5,
           anthropic/claude-opus-4.7, anthropic/claude-opus-4.8, and 5 more
  claude-fallback                   → claude-sonnet-5
  claude-opus-fallback              → claude-opus-4.8
  grok, claude/grok                 → grok-4.5
  gemini-flash, claude/gemini-flash → gemini-3.8-flash
✓ Added the block to /home/maria/projects/litellm-proxy/config.yaml
`,
  );
});

Deno.test("--verbose tells rows, all names and whole targets", () => {
  assertEquals(
    textOf(summaryLines(UPDATED, layoutOf(99, true))),
    `\
  → Gemini: wait longer with --timeout 5s
  OpenRouter: 330 rows in 812 ms, 12 models, 310 of other kinds or makers, 3 variants, 1 of an
              ambiguous maker
  xAI: 7 rows in 204 ms, 6 models, 1 of other kinds or makers
  Gemini: failed after 2.0 s; 8 models kept
  DeepSeek: skipped, no key in DEEPSEEK_API_KEY
  Groq: skipped by --only; 2 models kept
+ 2 added          anthropic/claude-sonnet-5, grok-4.5
- 1 removed        grok-3-mini
- 1 alias removed  gemini-pro
~ claude-fallback → openrouter/anthropic/claude-sonnet-5 (was
    openrouter/anthropic/claude-sonnet-4.6)
  claude-opus-fallback              → openrouter/anthropic/claude-opus-4.8
  grok, claude/grok                 → xai/grok-4.5
  gemini-flash, claude/gemini-flash → gemini/gemini-3.8-flash
  skipped, already in your config: my-own
! line 41: the fallback "claude-sonnet-4" is a model nobody defines
  → write "claude-fallback", which is always the newest Claude Sonnet
✓ Updated /home/maria/projects/litellm-proxy/config.yaml  (backup: config.yaml.bak)
`,
  );
});

Deno.test("--verbose names the ids that were shut down", () => {
  const [first] = UNCHANGED.providers;
  assert(first);
  const retired = ["gemini-2.0-flash", "gemini-2.0-flash-lite"];
  const report = { ...UNCHANGED, providers: [{ ...first, retired }] };
  assertStringIncludes(
    textOf(summaryLines(report, layoutOf(Infinity, true))),
    "2 shut down (gemini-2.0-flash, gemini-2.0-flash-lite)",
  );
});

Deno.test("the last line says what became of the file", () => {
  const last = (change: Partial<RunReport>): string =>
    textOf(summaryLines({ ...UNCHANGED, ...change }, layoutOf(79)))
      .trimEnd().split("\n").at(-1) ?? "";
  const path = "/home/maria/projects/litellm-proxy/config.yaml";
  assertEquals(last({ result: "removed" }), `✓ Removed the block from ${path}`);
  const models = { added: ["a", "b"], removed: ["c"], kept: 1 };
  const stale = { result: "would-change", config: "a.yaml", models } as const;
  assertEquals(
    last({ ...stale, exitCode: 5 }),
    "! a.yaml is out of date: 2 models added, 1 removed",
  );
  const failed = { result: "updated", exitCode: 1 } as const;
  assertEquals(
    last({ ...failed, providers: UPDATED.providers.slice(2) }),
    "✗ No provider returned a model list",
  );
  assertEquals(
    last({ ...stale, diff: "@@" }),
    "! Would update a.yaml: 2 models added, 1 removed. Run without -n to apply",
  );
  assertEquals(
    last({ ...stale, diff: "@@", config: path }),
    `! Would update ${path}`,
  );
  assertEquals(
    last({ result: "nothing-written", exitCode: 1, providers: [] }),
    `✗ No provider was asked; …/projects/litellm-proxy/config.yaml is unchanged`,
  );
  assertEquals(
    last({
      result: "nothing-written",
      exitCode: 1,
      providers: UPDATED.providers.slice(2),
    }),
    "✗ No provider returned a model list; …/litellm-proxy/config.yaml is unchanged",
  );
  assertEquals(
    last({ result: "updated", output: "out.yaml" }),
    "✓ Updated out.yaml",
  );
  assertEquals(
    last({ result: "updated", exitCode: 1 }),
    "  --strict and --check",
  );
});

Deno.test("a change that no name shows is told as such", () => {
  assertStringIncludes(
    textOf(
      summaryLines({ ...UNCHANGED, result: "updated" }, layoutOf(79)),
    ),
    "  the same names; only their details changed\n",
  );
});

Deno.test("no line of a summary is wider than the window", () => {
  const long = "x".repeat(70);
  const report = {
    ...UPDATED,
    models: { ...UPDATED.models, added: [long, `日本語${long}`] },
    config: `/${long}/${long}/config.yaml`,
    warnings: [{ code: "no-match", text: long, hint: long } as const],
  };
  for (let width = 20; width < 130; width++) {
    const options = layoutOf(width);
    const created = { ...report, result: "created" } as const;
    for (
      const line of [report, created].flatMap((one) =>
        summaryLines(one, options)
      )
    ) {
      const text = toText(line, false);
      assert(textWidth(text) <= width, `${width}: ${text}`);
    }
  }
});

Deno.test("names from elsewhere cannot move the cursor or forge a line", () => {
  const evil = "\x1b[2J\r\n\u{202e}\u{9b}31mcm";
  const report = {
    ...UPDATED,
    config: evil,
    output: evil,
    backup: evil,
    models: { ...UPDATED.models, added: [evil] },
    aliases: [{
      name: evil,
      target: evil,
      formerTarget: evil,
      passedOver: { model: evil, endsOn: evil },
    }],
    warnings: [{ code: "no-match", text: evil, hint: evil } as const],
  };
  const text = textOf(summaryLines(report, layoutOf(Infinity, true)));
  assertEquals(
    text.match(/[\p{Cc}\p{Cf}]/gu)?.filter((one) => one !== "\n"),
    [],
  );
  assertStringIncludes(text, "?[2J???");
});

Deno.test("--quiet tells a failed run's reasons, and nothing of the others", () => {
  assertEquals(failureLines(UPDATED, layoutOf(79)), []);
  assertEquals(
    failureLines({ ...UPDATED, exitCode: 5 }, layoutOf(79)),
    [],
  );
  const report = {
    ...UPDATED,
    exitCode: 1,
    result: "nothing-written",
  } as const;
  assertEquals(
    textOf(failureLines(report, layoutOf(79))),
    `\
error: Gemini: timed out after 2 s; keeping 8 earlier models
hint: wait longer with --timeout 5s
error: no provider returned a model list; the config is unchanged
`,
  );
});

Deno.test("errorLines() indents the further lines of our own texts", () => {
  assertEquals(
    textOf(
      errorLines(
        "no config found\n./a\n./b",
        "use --config",
        layoutOf(39),
      ),
    ),
    "error: no config found\n  ./a\n  ./b\nhint: use --config\n",
  );
});
