import { textWidth } from "../../lib/terminal/width.ts";
import { span, toText } from "../../lib/terminal/layout.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { layoutOf, textOf } from "../support/sample_report.ts";

Deno.test("textWidth() counts cells, not characters", () => {
  assertEquals(textWidth("config.yaml"), 11);
  assertEquals(textWidth("日本語"), 6);
  assertEquals(textWidth("ＡＢ"), 4);
  assertEquals(textWidth("🦕"), 2);
  assertEquals(textWidth("e\u{301}"), 1);
  assertEquals(textWidth("✓ ⠋ → …"), 7);
});

Deno.test("cut() keeps a line that fits and marks one that does not", () => {
  const line = [span("ab", "good"), span("日本")];
  const cutTo = (width: number): string =>
    toText(layoutOf(width).truncate(line), false);
  assertEquals(cutTo(6), "ab日本");
  assertEquals(cutTo(5), "ab日…");
  assertEquals(cutTo(4), "ab…");
  assertEquals(cutTo(1), "…");
  assertEquals(cutTo(0), "");
});

Deno.test("wrap() breaks at blanks and hangs under the body", () => {
  const lines = layoutOf(9).wrap([span("! ")], [span("one two three")]);
  assertEquals(lines.map((line) => toText(line, false)), [
    "! one two",
    "  three",
  ]);
});

Deno.test("wrap() breaks a word that is wider than a line", () => {
  const lines = layoutOf(6).wrap([span("! ")], [span("abcdefghij kl")]);
  assertEquals(lines.map((line) => toText(line, false)), [
    "! abcd",
    "  efgh",
    "  ij",
    "  kl",
  ]);
});

Deno.test("wrap() keeps the colours of the pieces", () => {
  const lines = layoutOf(4).wrap([], [span("a b", "bad"), span("c d")]);
  assertEquals(lines.map((line) => toText(line, true)), [
    "\x1b[31ma\x1b[39m \x1b[31mb\x1b[39mc",
    "d",
  ]);
});

Deno.test("shortenPath() cuts at a separator where there is one", () => {
  const shorten = (path: string, cells: number): string =>
    layoutOf(80).shortenPath(path, cells);
  assertEquals(
    shorten("/srv/litellm/config.yaml", 30),
    "/srv/litellm/config.yaml",
  );
  assertEquals(
    shorten("/srv/litellm/config.yaml", 22),
    "…/litellm/config.yaml",
  );
  assertEquals(shorten("C:\\litellm\\config.yaml", 18), "…\\config.yaml");
  assertEquals(shorten("/srv/litellm/config.yaml", 8), "…ig.yaml");
});

Deno.test("Layout.wrap() leaves no empty line where a word does not fit next to blanks", () => {
  const lead = [span(" ".repeat(8))];
  const lines = layoutOf(12).wrap(lead, [span("a-long-path to it")]);
  assertEquals(textOf(lines), "    a-long-p\n    ath to\n    it\n");
});

Deno.test("wrap() breaks a word that is too wide where a reader would", () => {
  const text = "set ANTHROPIC_DEFAULT_SONNET_MODEL=claude-sonnet-fallback here";
  const lines = layoutOf(39).wrap([], [span(text)], 0);
  assertEquals(
    textOf(lines),
    "set ANTHROPIC_DEFAULT_SONNET_MODEL=\nclaude-sonnet-fallback here\n",
  );
  assertEquals(
    textOf(layoutOf(20).wrap([], [span("/srv/litellm/config.yaml")], 0)),
    "/srv/litellm/\nconfig.yaml\n",
  );
});

const NAMES = Array.from({ length: 30 }, (_, at) => `claude-opus-4-${at}`);

Deno.test("list() in a pipe has five names and a count", () => {
  const lead = [span("+ 30 added  ")];
  assertEquals(
    textOf(layoutOf(Infinity).list(lead, NAMES, 2)),
    `\
+ 30 added  claude-opus-4-0, claude-opus-4-1, claude-opus-4-2, claude-opus-4-3, claude-opus-4-4, and
            25 more
`,
  );
  assertEquals(
    textOf(layoutOf(Infinity).list(lead, NAMES.slice(0, 5), 2)).split("\n")
      .length,
    2,
  );
});

Deno.test("list() in a pipe has all names with --verbose, in lines of 100 columns", () => {
  const lines = textOf(layoutOf(Infinity, true).list([], NAMES, 2)).trimEnd()
    .split("\n");
  assertEquals(lines.length, 6);
  for (const line of lines) assert(line.length <= 100, line);
  const words = lines.join(" ").split(/,? +/);
  assertEquals(words, NAMES);
});

Deno.test("list() in a pipe breaks no name, however long", () => {
  const long = "a".repeat(200);
  const lines = layoutOf(Infinity).list([span("+ 2 added  ")], ["b", long], 2);
  assert(textOf(lines).split("\n").some((line) => line.trim() === long));
});
