import { cellsIn } from "../../lib/terminal/width.ts";
import {
  cut,
  shortenPath,
  span,
  toText,
  wrap,
} from "../../lib/terminal/layout.ts";
import { assertEquals } from "../support/assert.ts";
import { lookOf } from "../support/sample_report.ts";

Deno.test("cellsIn() counts cells, not characters", () => {
  assertEquals(cellsIn("config.yaml"), 11);
  assertEquals(cellsIn("日本語"), 6);
  assertEquals(cellsIn("ＡＢ"), 4);
  assertEquals(cellsIn("🦕"), 2);
  assertEquals(cellsIn("e\u{301}"), 1);
  assertEquals(cellsIn("✓ ⠋ → …"), 7);
});

Deno.test("cut() keeps a line that fits and marks one that does not", () => {
  const line = [span("ab", "good"), span("日本")];
  const cutTo = (width: number): string =>
    toText(cut(line, lookOf(width)), false);
  assertEquals(cutTo(6), "ab日本");
  assertEquals(cutTo(5), "ab日…");
  assertEquals(cutTo(4), "ab…");
  assertEquals(cutTo(1), "…");
  assertEquals(cutTo(0), "");
});

Deno.test("wrap() breaks at blanks and hangs under the body", () => {
  const lines = wrap([span("! ")], [span("one two three")], lookOf(9));
  assertEquals(lines.map((line) => toText(line, false)), [
    "! one two",
    "  three",
  ]);
});

Deno.test("wrap() breaks a word that is wider than a line", () => {
  const lines = wrap([span("! ")], [span("abcdefghij kl")], lookOf(6));
  assertEquals(lines.map((line) => toText(line, false)), [
    "! abcd",
    "  efgh",
    "  ij",
    "  kl",
  ]);
});

Deno.test("wrap() keeps the colours of the pieces", () => {
  const lines = wrap([], [span("a b", "bad"), span("c d")], lookOf(4));
  assertEquals(lines.map((line) => toText(line, true)), [
    "\x1b[31ma\x1b[39m \x1b[31mb\x1b[39mc",
    "d",
  ]);
});

Deno.test("shortenPath() cuts at a separator where there is one", () => {
  const shorten = (path: string, cells: number): string =>
    shortenPath(path, cells, lookOf(80));
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
