import { toText } from "../../lib/terminal/layout.ts";
import { statLines } from "../../lib/terminal/closing.ts";
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
  alias,
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
    renamed: [],
    rerouted: [],
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
  claude-fallback → claude-sonnet-5, claude-opus-fallback → claude-opus-4-8, grok → grok-4.5, and 1 more
✓ Already up to date: /home/maria/projects/litellm-proxy/config.yaml  18 models
`,
  );
});

Deno.test("a run that changes something tells all of it at 40 columns", () => {
  assertEquals(
    textOf(summaryLines(UPDATED, layoutOf(39))),
    `\
  no key for DeepSeek
             (DEEPSEEK_API_KEY)
+ 2 names added    claude-sonnet-5,
                   grok-4.5
- 1 name removed   grok-3-mini
~ 1 name changed   who answers:
                   claude-opus-4-8
- 1 alias removed  no model left for:
                   gemini-pro
~ claude-fallback → claude-sonnet-5
    (was claude-sonnet-4-6)
  claude-opus-fallback →
    claude-opus-4-8, and 2 more
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
  no key for DeepSeek (DEEPSEEK_API_KEY)
+ 2 names added    claude-sonnet-5, grok-4.5
- 1 name removed   grok-3-mini
~ 1 name changed   who answers: claude-opus-4-8
- 1 alias removed  no model left for: gemini-pro
~ claude-fallback → claude-sonnet-5 (was claude-sonnet-4-6)
  claude-opus-fallback → claude-opus-4-8, grok → grok-4.5, and 1 more
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
    const model = "gemini/gemini-2.5-pro";
    const passedOver = { model, modelName: "gemini-2.5-pro", endsOn };
    const target = "gemini/gemini-3.1-pro-preview";
    const moved = { ...alias("gemini-pro", target), formerTarget, passedOver };
    const report = { ...UNCHANGED, result, aliases: [moved] };
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
      .filter((line) => line.startsWith("  ")).slice(0, 3),
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
+ 9 names added
    anthropic/claude-fable-5, and 8
    more
  claude-fallback → claude-sonnet-5
  claude-opus-fallback →
    claude-opus-4-8
  grok, claude/grok → grok-4.5
  gemini-flash, claude/gemini-flash →
    gemini-3.8-flash
✓ Added the block to …/config.yaml
`,
  );
  assertEquals(
    textOf(summaryLines(CREATED, layoutOf(79))),
    `\
+ 9 names added  anthropic/claude-fable-5, anthropic/claude-haiku-4.5,
                 anthropic/claude-opus-4.7, and 6 more
  claude-fallback                   → claude-sonnet-5
  claude-opus-fallback              → claude-opus-4-8
  grok, claude/grok                 → grok-4.5
  gemini-flash, claude/gemini-flash → gemini-3.8-flash
✓ Added the block to /home/maria/projects/litellm-proxy/config.yaml
`,
  );
});

Deno.test("--verbose tells what is not for the key: of the list's rows, and beyond them", () => {
  const [router, xai] = UNCHANGED.providers;
  assert(router?.rows && xai?.rows);
  const providers = [
    { ...router, rows: { ...router.rows, notForKey: 5 }, notForKey: 5 },
    { ...xai, rows: { ...xai.rows, notForKey: 2 }, notForKey: 9 },
    { ...xai, notForKey: null, plainList: true },
  ];
  const text = textOf(
    summaryLines({ ...UNCHANGED, providers }, layoutOf(199, true)),
  );
  assertStringIncludes(text, "1 of an ambiguous maker, 5 not for this key\n");
  assertStringIncludes(
    text,
    "1 of other kinds or makers, 2 not for this key; 7 more not for this key\n",
  );
  assertStringIncludes(
    text,
    "1 of other kinds or makers; plain list used, since the usual one is missing (HTTP 404)\n",
  );
});

Deno.test("--verbose tells rows, all names and whole targets", () => {
  assertEquals(
    textOf(summaryLines(UPDATED, layoutOf(99, true))),
    `\
  OpenRouter: 330 rows in 812 ms, 12 models, 20 of other kinds or makers, 3 variants, 290 filtered
              out, 4 over the limit, 1 of an ambiguous maker; 12 more not for this key
  xAI: 7 rows in 204 ms, 6 models, 1 of other kinds or makers
  Gemini: failed after 2.0 s; 8 models kept
  DeepSeek: skipped, no key in DEEPSEEK_API_KEY
  Groq: skipped by --only; 2 models kept
+ 2 names added    claude-sonnet-5, grok-4.5
- 1 name removed   grok-3-mini
~ 1 name changed   who answers: claude-opus-4-8
- 1 alias removed  no model left for: gemini-pro
~ claude-fallback → claude-sonnet-5 (openrouter/anthropic/claude-sonnet-5; was claude-sonnet-4-6)
  claude-opus-fallback              → claude-opus-4-8 (openrouter/anthropic/claude-opus-4.8)
  grok, claude/grok                 → grok-4.5 (xai/grok-4.5)
  gemini-flash, claude/gemini-flash → gemini-3.8-flash (gemini/gemini-3.8-flash)
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

/** The last line, or the last lines, of a run. */
function ending(change: Partial<RunReport>, width = 99): string {
  const report = { ...UNCHANGED, aliases: [], ...change };
  const lines = textOf(summaryLines(report, layoutOf(width))).trimEnd();
  return lines.slice(lines.search(/^[✓!✗]/m));
}

const CONFIG = { config: "a.yaml" };
const SOME = {
  added: ["a", "b"],
  removed: ["c"],
  kept: 1,
  renamed: [],
  rerouted: ["d"],
};
const COUNTS = "2 names added, 1 removed, 1 changed";

Deno.test("the last line says what a refresh did to the file, or would", () => {
  const stale = { ...CONFIG, result: "would-change", models: SOME } as const;
  const dry = { ...stale, diff: "@@" };
  assertEquals(
    ending({ ...stale, exitCode: 5 }),
    `! a.yaml is out of date: ${COUNTS}`,
  );
  assertEquals(
    ending(dry),
    `! Would update a.yaml: ${COUNTS}. Run without -n to apply`,
  );
  assertEquals(
    ending({ ...CONFIG, result: "would-change", diff: "@@" }),
    "! Would update a.yaml: only details of its models. Run without -n to apply",
  );
  const moved = { ...alias("grok", "xai/b"), formerTarget: "xai/a" };
  assertEquals(
    ending({ ...CONFIG, result: "would-change", diff: "@@", aliases: [moved] })
      .split("\n").at(-1),
    "! Would update a.yaml: 1 alias moved. Run without -n to apply",
  );
});

Deno.test("the last line says whether a block was removed, and whether there was one", () => {
  const removal = { ...CONFIG, action: "remove", models: SOME } as const;
  const last = (change: Partial<RunReport>): string | undefined =>
    ending({ ...removal, ...change }).split("\n").at(-1);
  assertEquals(last({ result: "removed" }), "✓ Removed the block from a.yaml");
  assertEquals(
    last({ result: "unchanged" }),
    "✓ Nothing to remove: a.yaml has no block",
  );
  assertEquals(
    last({ result: "would-change", diff: "@@" }),
    `! Would remove the block from a.yaml: ${COUNTS}. Run without -n to apply`,
  );
});

Deno.test("of an undo the last line says which names come back, if any do", () => {
  const undoing = {
    ...CONFIG,
    action: "undo",
    result: "would-change",
  } as const;
  const last = (models: RunReport["models"]): string | undefined =>
    ending({ ...undoing, diff: "@@", models }).split("\n").at(-1);
  assertEquals(
    last(SOME),
    `! Would restore a.yaml: ${COUNTS}. Run without -n to apply`,
  );
  assertEquals(
    last(UNCHANGED.models),
    "! Would restore a.yaml. Run without -n to apply",
  );
});

Deno.test("a repair of nothing but a marker claims no change of details", () => {
  const repair = { ...UNCHANGED, action: "repair", result: "updated" } as const;
  const text = (repaired: number): string =>
    textOf(summaryLines({ ...repair, aliases: [], repaired }, layoutOf(79)));
  assertEquals(text(46).includes("their details"), false);
  assertStringIncludes(text(0), "only their details changed");
});

Deno.test("the last line says what was repaired, and what came of the models", () => {
  const last = (change: Partial<RunReport>): string | undefined =>
    ending({ ...CONFIG, action: "repair", ...change }).split("\n").at(-1);
  assertEquals(
    last({ result: "updated", repaired: 16, models: SOME }),
    `✓ Repaired 16 entries in a.yaml; ${COUNTS}`,
  );
  assertEquals(
    last({ result: "created", repaired: 1 }),
    "✓ Repaired 1 entry in a.yaml; the models are as before",
  );
  assertEquals(
    last({ result: "unchanged", repaired: 0 }),
    "✓ Nothing to repair in a.yaml; its models are up to date",
  );
  assertEquals(
    last({ result: "updated", repaired: 0, models: SOME }),
    `✓ Nothing to repair in a.yaml; updated its models: ${COUNTS}`,
  );
  assertEquals(
    last({ result: "created", repaired: 0 }),
    "✓ Nothing to repair in a.yaml; added the block",
  );
});

Deno.test("the last line says where the text went", () => {
  const last = (change: Partial<RunReport>): string | undefined =>
    ending({ ...CONFIG, output: "out.yaml", ...change }).split("\n").at(-1);
  assertEquals(last({ result: "updated" }), "✓ Wrote out.yaml");
  assertEquals(last({ result: "unchanged" }), "✓ Already up to date: out.yaml");
  assertEquals(
    last({ result: "updated", output: "-" }),
    "✓ Wrote the new text to stdout",
  );
  assertEquals(
    last({ result: "removed", action: "remove" }),
    "✓ Wrote out.yaml",
  );
  assertEquals(
    last({ result: "updated", action: "repair", repaired: 2 }),
    "✓ Wrote out.yaml with 2 repaired entries",
  );
});

Deno.test("the last line says that nobody answered, or that some did not", () => {
  const last = (change: Partial<RunReport>): string | undefined =>
    ending(change, 79).split("\n").at(-1);
  const nothing = { result: "nothing-written", exitCode: 1 } as const;
  assertEquals(
    last({ ...nothing, providers: [] }),
    `✗ No provider was asked; …/projects/litellm-proxy/config.yaml is unchanged`,
  );
  const failures = { providers: UPDATED.providers.slice(2) };
  assertEquals(
    last({ ...nothing, ...failures }),
    "✗ No provider returned a model list; …/litellm-proxy/config.yaml is unchanged",
  );
  const shrunk = failures.providers.map((one) =>
    one.failure === null
      ? one
      : { ...one, failure: { ...one.failure, reason: "shrunk" as const } }
  );
  assertEquals(
    last({ ...nothing, config: "config.yaml", providers: shrunk }),
    "✗ No provider returned a model list that was accepted; config.yaml is unchanged",
  );
  const failed = { result: "updated", exitCode: 1 } as const;
  assertEquals(
    last({ ...failed, ...failures }),
    "✗ No provider returned a model list",
  );
  assertEquals(last(failed), "  --strict and --check");
});

Deno.test("at 40 columns the last line is wrapped, and loses only a part of the path", () => {
  const models = {
    added: ["a"],
    removed: ["c"],
    kept: 1,
    renamed: [],
    rerouted: [],
  };
  assertEquals(
    ending({ result: "would-change", diff: "@@", models }, 39),
    `\
! Would update
  …/projects/litellm-proxy/config.yaml:
  1 name added, 1 removed. Run without
  -n to apply`,
  );
  assertEquals(
    ending({ result: "unchanged", action: "remove" }, 39),
    "✓ Nothing to remove:\n  …/projects/litellm-proxy/config.yaml\n  has no block",
  );
});

Deno.test("the name of the file is shown whole, on a line of its own where it must be", () => {
  const last = (config: string, width: number): string =>
    ending({ result: "created", config }, width);
  assertEquals(
    last("litellm_config.yaml", 39),
    "✓ Added the block to\n  litellm_config.yaml",
  );
  assertEquals(
    last("/home/maria/proxy/litellm_config.yaml", 44),
    "✓ Added the block to …/litellm_config.yaml",
  );
  assertEquals(
    last("/home/maria/proxy/litellm_config.yaml", 39),
    "✓ Added the block to\n  …/maria/proxy/litellm_config.yaml",
  );
});

Deno.test("below a diff there are only warnings and the last line; below --stat only failures", () => {
  const dry = { ...UPDATED, result: "would-change", diff: "@@" } as const;
  assertEquals(
    textOf(summaryLines(dry, layoutOf(119), "diff")),
    `\
! line 41: the fallback "claude-sonnet-4" is a model nobody defines
  → write "claude-fallback", which is always the newest Claude Sonnet
! Would update …/maria/projects/litellm-proxy/config.yaml: 2 names added, 1 removed, 1 changed. Run without -n to apply
`,
  );
  assertEquals(summaryLines(dry, layoutOf(79), "stat"), []);
  assertStringIncludes(
    textOf(summaryLines({ ...dry, exitCode: 1 }, layoutOf(79), "stat")),
    "Not every provider returned a model list",
  );
  assertEquals(
    textOf(statLines({ ...dry, config: "a.yaml" }, layoutOf(119))),
    "Would update a.yaml: 2 names added, 1 removed, 1 changed. Run without --stat to apply\n",
  );
});

Deno.test("a name whose capitals alone changed is shown with both spellings", () => {
  const report = {
    ...UPDATED,
    ...{ aliases: [], warnings: [], providers: [], config: "a.yaml" },
    ...{ removedAliases: [], skipped: [] },
    models: {
      added: [],
      removed: [],
      renamed: [
        { from: "MiniMax-M2", to: "minimax-m2" },
        { from: "GLM-5", to: "glm-5" },
      ],
      kept: 3,
      rerouted: [],
    },
  };
  assertEquals(
    textOf(summaryLines(report, layoutOf(119))),
    `\
~ 2 names renamed  clients must use the new spelling: MiniMax-M2 → minimax-m2, GLM-5 → glm-5
✓ Updated a.yaml  (backup: config.yaml.bak)
`,
  );
  const check = { ...report, result: "would-change" } as const;
  assertEquals(
    textOf(statLines(check, layoutOf(119))),
    "a.yaml is out of date: 2 names renamed\n",
  );
});

Deno.test("a new alias is news, and one that went away says why", () => {
  const aliases = [alias("grok", "xai/grok-4.5", "grok-4.5")];
  const report = {
    ...UPDATED,
    ...{ aliases, addedAliases: ["grok"], warnings: [], providers: [] },
    models: { added: [], removed: [], kept: 3, renamed: [], rerouted: [] },
    removedAliases: [
      { name: "gemini", reason: "provider-off" },
      { name: "gemini-pro", reason: "provider-off" },
      { name: "mini", reason: "no-rule" },
      { name: "mine", reason: "hand-written" },
    ],
  } as const;
  assertEquals(
    textOf(summaryLines(report, layoutOf(79))).split("\n").slice(0, 4),
    [
      "- 2 aliases removed  provider not enabled: gemini, gemini-pro",
      "- 1 alias removed    no longer configured: mini",
      "- 1 alias removed    already in your config: mine",
      "+ grok → grok-4.5",
    ],
  );
});

Deno.test("what a warning says of a provider's key is not said a second time", () => {
  const keyless = UPDATED.providers.filter(({ id }) => id === "deepseek");
  const report = { ...UNCHANGED, aliases: [], providers: keyless };
  const said = (warnings: RunReport["warnings"], isVerbose = false): string =>
    textOf(summaryLines({ ...report, warnings }, layoutOf(79, isVerbose)));
  assertStringIncludes(said([]), "no key for DeepSeek (DEEPSEEK_API_KEY)");
  const own = {
    code: "own-key",
    provider: "DeepSeek",
    text: "DeepSeek: that is this proxy's own key",
  } as const;
  assertEquals(said([own]).split("DeepSeek").length, 2, said([own]));
  assertStringIncludes(said([own], true), "  DeepSeek: skipped\n");
  const none = { code: "no-key", text: "no API key found" } as const;
  assertEquals(said([none]).includes("no key for"), false);
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
      modelName: evil,
      formerTarget: evil,
      formerModelName: evil,
      passedOver: { model: evil, modelName: evil, endsOn: evil },
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

Deno.test("errorLines() breaks no line of a hint that may be there to be pasted", () => {
  const paste = "export PATH='/home/me/all my proxies/.venv/bin':\"$PATH\"";
  const lead = "LiteLLM is next to discover, but not on PATH";
  assertEquals(
    textOf(errorLines("not found", `${lead}\n${paste}`, layoutOf(39))),
    `error: not found
hint: LiteLLM is next to discover, but
      not on PATH
  ${paste}
`,
  );
});
