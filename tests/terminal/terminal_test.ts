import type { Size } from "../../lib/terminal/live_region.ts";
import {
  Printer,
  type TerminalIo,
  type TerminalOptions,
} from "../../lib/terminal/printer.ts";
import { FRAME_MS } from "../../lib/terminal/progress.ts";
import {
  assert,
  assertEquals,
  assertNotMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { answered, failed } from "../support/parts.ts";
import { fromRepository } from "../support/repository.ts";
import { UNCHANGED, UPDATED } from "../support/sample_report.ts";
import { Screen } from "../support/screen.ts";

const ASKED = [{ id: "xai", title: "xAI" }, { id: "gemini", title: "Gemini" }];
const ANSWERED = { ...answered("xai"), elapsedMs: 204 };
const SHOWN = { models: 6, previousModels: 4 };

const ROWS = 24;

/** Two streams that are remembered, and a clock that is turned by hand. */
class Stage implements TerminalIo {
  readonly os: string = "linux";
  readonly classicConsoleReady = false;
  readonly writes: { stream: string; text: string }[] = [];
  readonly screen: Screen;
  columns: number;
  readonly #isTerminal: boolean;
  #ms = 5000;
  #tick: (() => void) | undefined;

  constructor(columns = 80, isTerminal = true) {
    this.columns = columns;
    this.screen = new Screen(columns, ROWS);
    this.#isTerminal = isTerminal;
  }

  isTerminal = (): boolean => this.#isTerminal;
  size = (): Size => ({ columns: this.columns, rows: ROWS });
  monotonicMs = (): number => this.#ms;

  write = (stream: string, bytes: Uint8Array): void => {
    const text = new TextDecoder().decode(bytes);
    this.writes.push({ stream, text });
    if (stream === "stderr") this.screen.write(text);
  };

  every = (ms: number, tick: () => void): () => void => {
    assertEquals(ms, FRAME_MS);
    this.#tick = tick;
    return () => this.#tick = undefined;
  };

  get isTicking(): boolean {
    return this.#tick !== undefined;
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += FRAME_MS) {
      this.#ms += FRAME_MS;
      this.#tick?.();
    }
  }

  textOn(stream: string): string {
    return this.writes.filter((one) => one.stream === stream)
      .map(({ text }) => text).join("");
  }
}

function printer(stage: Stage, change: Partial<TerminalOptions> = {}): Printer {
  const env = { TERM: "xterm-256color", LANG: "C.UTF-8" };
  return new Printer({ mode: "normal", color: "never", env, ...change }, stage);
}

Deno.test("the live region is redrawn in place and ends as plain lines", async () => {
  const stage = new Stage();
  const terminal = printer(stage);
  terminal.begin(ASKED, "config.yaml", 2000);
  assertEquals(
    stage.screen.text,
    "⠋ xAI     waiting  0.0 s\n⠋ Gemini  waiting  0.0 s",
  );
  stage.pass(800);
  terminal.settle(ANSWERED, SHOWN);
  stage.pass(80);
  assertEquals(
    stage.screen.text,
    "✓ xAI     6 models  204 ms\n⠙ Gemini  waiting  0.8 s",
  );
  terminal.settle(failed("gemini"), SHOWN);
  await terminal.finish(UNCHANGED);
  assertEquals(
    stage.screen.text,
    `\
✓ xAI     6 models  204 ms
✗ Gemini  timed out after 2 s; keeping 4 earlier models
  claude-fallback → claude-sonnet-5, and 3 more
✓ Already up to date: /home/maria/projects/litellm-proxy/config.yaml  18 models`,
  );
  assertEquals(stage.screen.wraps, 0);
});

Deno.test("at most 20 frames a second, and a frame is one write", () => {
  const stage = new Stage();
  const terminal = printer(stage);
  terminal.begin(ASKED, "config.yaml", 2000);
  stage.pass(1000);
  assert(stage.writes.length <= 20, `${stage.writes.length} writes`);
  for (const { text } of stage.writes) {
    assertEquals(text.split("waiting").length, 3);
  }
  const before = stage.writes.length;
  terminal.settle(ANSWERED, SHOWN);
  terminal.settle({ ...ANSWERED, provider: "gemini" }, SHOWN);
  assertEquals(stage.writes.length, before);
  stage.pass(2000);
  assertEquals(stage.writes.length, before + 1, "nothing new, nothing written");
});

Deno.test("a frame overwrites and never clears the screen first", () => {
  const stage = new Stage();
  const terminal = printer(stage);
  terminal.begin(ASKED, "config.yaml", 2000);
  stage.pass(800);
  for (const { text } of stage.writes) {
    assertNotMatch(text.slice(0, text.lastIndexOf("waiting")), /\[[012]?J|2K/);
  }
});

Deno.test("the cursor is never hidden, so that no end can leave it so", async () => {
  const stage = new Stage();
  const terminal = printer(stage);
  terminal.begin(ASKED, "config.yaml", 2000);
  stage.pass(800);
  await terminal.finish(UPDATED);
  assertEquals(stage.textOn("stderr").includes("\x1b[?25"), false);
});

Deno.test("every end of a run ends the frames", async () => {
  const ends: ((terminal: Printer) => void | Promise<void>)[] = [
    (terminal) => terminal.finish(UPDATED),
    (terminal) => terminal.stop(),
    (terminal) => terminal.data("{}\n"),
    (terminal) => terminal.error("interrupted"),
  ];
  for (const end of ends) {
    const stage = new Stage();
    const terminal = printer(stage);
    terminal.begin(ASKED, "config.yaml", 2000);
    assert(stage.isTicking);
    await end(terminal);
    assertEquals(stage.isTicking, false);
  }
});

Deno.test("stop() says who was not waited for", () => {
  const stage = new Stage();
  const terminal = printer(stage);
  terminal.begin(ASKED, "config.yaml", 2000);
  terminal.settle(ANSWERED, SHOWN);
  terminal.stop();
  assertEquals(
    stage.screen.text,
    "✓ xAI     6 models  204 ms\n- Gemini  stopped",
  );
});

Deno.test("a note and a warning stand above the live region, and an error ends it", () => {
  const stage = new Stage();
  const terminal = printer(stage);
  terminal.begin(ASKED, "config.yaml", 2000);
  terminal.note("a note");
  terminal.warn({ code: "no-key", text: "a warning", hint: "do this" });
  stage.pass(80);
  assertEquals(
    stage.screen.text,
    `\
a note
! a warning
  → do this
⠙ xAI     waiting  0.0 s
⠙ Gemini  waiting  0.0 s`,
  );
  terminal.error("an error", "do that");
  assertEquals(
    stage.screen.text,
    `\
a note
! a warning
  → do this
- xAI     stopped
- Gemini  stopped
error: an error
hint: do that`,
  );
});

Deno.test("between frames the cursor waits on the region's first cell", () => {
  const stage = new Stage();
  const terminal = printer(stage);
  terminal.note("above");
  terminal.begin(ASKED, "config.yaml", 2000);
  assert(stage.screen.isAtStartOf(1));
  stage.pass(800);
  assert(stage.screen.isAtStartOf(1));
});

Deno.test("a window that gets narrower leaves one row per provider", () => {
  const stage = new Stage(80);
  const terminal = printer(stage);
  terminal.begin(ASKED, "config.yaml", 2000);
  terminal.settle(failed("gemini"), SHOWN);
  stage.pass(80);
  stage.columns = 24;
  stage.pass(80);
  assertEquals(
    stage.screen.text,
    "⠹ xAI     waiting  0.1…\n✗ Gemini  timed out af…",
  );
  terminal.stop();
  assertEquals(
    stage.screen.text,
    `\
- xAI     stopped
✗ Gemini  timed out
          after 2 s;
          keeping 4
          earlier
          models`,
  );
});

Deno.test("a window that breaks its long lines anew doubles none of them", async () => {
  for (const columns of [60, 50, 40]) {
    // On a screen that is nearly empty, and on one that is full.
    for (const above of [0, ROWS]) {
      const stage = new Stage();
      const terminal = printer(stage);
      for (let line = 0; line < above; line++) terminal.note("above");
      terminal.begin(ASKED, "config.yaml", 2000);
      terminal.settle(failed("xai"), SHOWN);
      stage.pass(160);
      stage.columns = columns;
      stage.screen.narrow(columns);
      stage.pass(160);
      terminal.settle({ ...ANSWERED, provider: "gemini" }, SHOWN);
      await terminal.finish(UNCHANGED);
      const rows = stage.screen.text.split("\n");
      const shown = rows.filter((row) => /^. (?:xAI|Gemini) /.test(row));
      assertEquals(shown.map((row) => row.slice(0, 5)), ["✗ xAI", "✓ Gem"]);
      assertEquals(rows.filter((row) => row === "above").length, above);
    }
  }
});

Deno.test("plain lines in a pipe, in CI, on a dumb terminal and with --verbose", () => {
  const cases: [Stage, Partial<TerminalOptions>][] = [
    [new Stage(80, false), {}],
    [new Stage(80), { env: { TERM: "dumb" } }],
    [new Stage(80), { env: { CI: "true", LANG: "C" } }],
    [new Stage(80), { mode: "verbose", env: { LANG: "C" } }],
  ];
  for (const [stage, change] of cases) {
    const terminal = printer(stage, change);
    terminal.begin(ASKED, "config.yaml", 2000);
    terminal.settle(ANSWERED, SHOWN);
    stage.pass(2000);
    terminal.settle(failed("gemini"), SHOWN);
    terminal.stop();
    assertEquals(
      stage.textOn("stderr"),
      `\
Refreshing config.yaml from xAI, Gemini (timeout 2 s)
* xAI       6 models  204 ms
x Gemini  timed out after 2 s; keeping 4 earlier models
`,
    );
  }
});

Deno.test("a pipe gets whole lines, however long", async () => {
  const stage = new Stage(20, false);
  const terminal = printer(stage);
  await terminal.finish(UPDATED);
  const longest = Math.max(
    ...stage.textOn("stderr").split("\n").map((line) => line.length),
  );
  assert(longest > 60);
  assertNotMatch(stage.textOn("stderr"), /[^\x20-\x7e\n]/);
});

Deno.test("--quiet says nothing but errors", async () => {
  const stage = new Stage();
  const terminal = printer(stage, { mode: "quiet" });
  terminal.begin(ASKED, "config.yaml", 2000);
  terminal.settle(failed("xai"), SHOWN);
  terminal.note("a note");
  terminal.warn({ code: "no-key", text: "a warning" });
  await terminal.finish(UPDATED);
  assertEquals(stage.writes, []);
  terminal.error("an error");
  assertEquals(stage.textOn("stderr"), "error: an error\n");
});

Deno.test("colour changes nothing but colour", async () => {
  const colors = ["never", "always"] as const;
  const texts = await Promise.all(colors.map(async (color) => {
    const stage = new Stage();
    const terminal = printer(stage, { color });
    terminal.begin(ASKED, "config.yaml", 2000);
    terminal.settle(ANSWERED, SHOWN);
    await terminal.finish(UPDATED);
    return { written: stage.textOn("stderr"), shown: stage.screen.text };
  }));
  assertEquals(texts[0]?.shown, texts[1]?.shown);
  assertStringIncludes(texts[1]?.written ?? "", "\x1b[32m✓\x1b[39m");
  assertEquals(texts[0]?.written.includes("\x1b[3"), false);
});

Deno.test("a diff is exact in a pipe, and harmless and coloured on a terminal", () => {
  const diff = new TextEncoder().encode("@@ -1,1 +1,1 @@\n-a\x1b[2J\r\n+b\n");
  const pipe = new Stage(80, false);
  printer(pipe).diff(diff);
  assertEquals(pipe.textOn("stdout"), new TextDecoder().decode(diff));
  const terminal = new Stage();
  printer(terminal, { color: "always" }).diff(diff);
  assertEquals(
    terminal.textOn("stdout"),
    "\x1b[36m@@ -1,1 +1,1 @@\x1b[39m\n\x1b[31m-a?[2J\x1b[39m\n" +
      "\x1b[32m+b\x1b[39m\n",
  );
});

/** A program that uses the real streams, without any permission. */
async function runReal(
  body: string,
  pipeTo = "cat",
): Promise<{ stdout: string; stderr: string; code: number }> {
  const folder = await Deno.makeTempDir();
  try {
    const url = new URL(`file://${fromRepository("lib/terminal/terminal.ts")}`);
    const file = `${folder}/program.ts`;
    await Deno.writeTextFile(
      file,
      `import { createTerminal } from ${JSON.stringify(url.href)};
const terminal = createTerminal({ mode: "normal", color: "auto", env: {} });
${body}`,
    );
    const run = [
      Deno.execPath(),
      "run",
      "-q",
      "--no-prompt",
      "--no-check",
      "--config",
      fromRepository("deno.json"),
      file,
    ].map((word) => `'${word}'`).join(" ");
    const output = await new Deno.Command("sh", {
      args: ["-c", `{ ${run}; echo "code $?" >&2; } | ${pipeTo}`],
      env: { DENO_NO_UPDATE_CHECK: "1" },
    }).output();
    const stderr = new TextDecoder().decode(output.stderr);
    return {
      stdout: new TextDecoder().decode(output.stdout),
      stderr: stderr.replace(/code \d+\n$/, ""),
      code: Number(stderr.match(/code (\d+)\n$/)?.[1]),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const onUnix = { ignore: Deno.build.os === "windows" };

Deno.test(
  "the real streams need no permission and keep data and talk apart",
  onUnix,
  async () => {
    const { stdout, stderr, code } = await runReal(`
terminal.begin([{ id: "xai", title: "xAI" }], "config.yaml", 2000);
terminal.note("a note");
terminal.data("{}\\n");
terminal.data(new Uint8Array([0x41, 0x0a]));
`);
    assertEquals(stdout, "{}\nA\n");
    assertEquals(
      stderr,
      "Refreshing config.yaml from xAI (timeout 2 s)\na note\n",
    );
    assertEquals(code, 0);
  },
);

Deno.test("a reader that goes away is no crash", onUnix, async () => {
  const { stdout, stderr, code } = await runReal(
    `terminal.data("line\\n".repeat(1_000_000));`,
    "head -1",
  );
  assertEquals({ stdout, stderr, code }, {
    stdout: "line\n",
    stderr: "",
    code: 0,
  });
});

Deno.test("wait() shows who is asked, and leaves nothing of it", () => {
  const ends: readonly ((terminal: Printer) => void)[] = [
    (terminal) => terminal.stop(),
    (terminal) => terminal.error("interrupted"),
  ];
  const left = ends.map((end) => {
    const stage = new Stage();
    const terminal = printer(stage);
    terminal.wait(ASKED, 2000);
    assertStringIncludes(stage.screen.text, "xAI     waiting  0.0 s");
    terminal.settle(ANSWERED, SHOWN);
    stage.pass(80);
    end(terminal);
    assertEquals(stage.isTicking, false);
    return stage.screen.text.trim();
  });
  assertEquals(left, ["", "error: interrupted"]);
});

Deno.test("wait() says nothing where no line can be redrawn", () => {
  for (const change of [{ env: { CI: "1" } }, { mode: "verbose" }] as const) {
    const stage = new Stage();
    const terminal = printer(stage, change);
    terminal.wait(ASKED, 2000);
    terminal.settle(ANSWERED, SHOWN);
    terminal.stop();
    assertEquals(stage.textOn("stderr"), "");
  }
});
