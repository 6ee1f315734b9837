import { assertEquals } from "../support/assert.ts";
import {
  applyEdit,
  type Edit,
  ifReadable,
  inWords,
  provenEdit,
  withBlankEntries,
} from "../../lib/doctor/edit.ts";
import {
  waysToAddItem,
  waysToAddKey,
} from "../../lib/doctor/edit_candidates.ts";
import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { bytesOf, textOf } from "../support/parts.ts";

/** What a file is after `b: 2` was added to its section `s`. */
function withKey(text: string, expected: unknown): string | undefined {
  const bytes = bytesOf(text);
  const ways = ifReadable(() => waysToAddKey(bytes, ["s"], "b", "2"));
  const edit = provenEdit(bytes, ways ?? [], expected);
  return edit && textOf(applyEdit(bytes, edit));
}

const FORMS: readonly (readonly [string, string])[] = [
  ["a: 1\n", "a: 1\ns:\n  b: 2\n"],
  ["a: 1", "a: 1\ns:\n  b: 2"],
  ["a: 1\r\n", "a: 1\r\ns:\r\n  b: 2\r\n"],
  ["\ufeffa: 1\n", "\ufeffa: 1\ns:\n  b: 2\n"],
  ["a: 1\n...\n", "a: 1\ns:\n  b: 2\n...\n"],
  ["  a: 1\n", "  a: 1\n  s:\n    b: 2\n"],
  ["a: 1\ns:\n", "a: 1\ns:\n  b: 2\n"],
  ["s:\na: 1\n", "s:\n  b: 2\na: 1\n"],
  ["a: 1\ns: {}\n", "a: 1\ns: {b: 2}\n"],
  ["\ufeffs: {} # x\na: 1\n", "\ufeffs: {b: 2} # x\na: 1\n"],
  ["a: 1\ns: null\n", "a: 1\ns: {b: 2}\n"],
  ["a: 1\ns: ~ # none\n", "a: 1\ns: {b: 2} # none\n"],
];

for (const [before, after] of FORMS) {
  Deno.test(`a key is added to ${JSON.stringify(before)}`, () => {
    assertEquals(withKey(before, { a: 1, s: { b: 2 } }), after);
  });
}

Deno.test("a key goes next to those that are there", () => {
  const expected = { s: { a: 1, b: 2 } };
  for (
    const [before, after] of [
      ["s:\n\n    # x\n    a: 1\n", "s:\n    b: 2\n\n    # x\n    a: 1\n"],
      ["s: !!map\n  a: 1\n", "s: !!map\n  b: 2\n  a: 1\n"],
      ["s: {a: 1}", "s: {b: 2,a: 1}"],
      ["'s': { # x\n  a: 1 }\n", "'s': {b: 2, # x\n  a: 1 }\n"],
      ["s: 0\ns:\n  a: 1\n", "s: 0\ns:\n  b: 2\n  a: 1\n"],
    ] as const
  ) assertEquals(withKey(before, expected), after);
});

Deno.test("an item goes first in a list", () => {
  for (
    const [before, after] of [
      ["s: []\n", "s: [2]\n"],
      ["s:\n  [1]\n", "s:\n  [2,1]\n"],
      ["s: &x []\n", "s: &x [2]\n"],
      ["s: ~\n", "s: [2]\n"],
      ["s: [\n\n  ]\n", "s: [2\n\n  ]\n"],
      ["s: [1]\n", "s: [2,1]\n"],
      ["s:\n- 1\n", "s:\n- 2\n- 1\n"],
      ["s:\n    - 1\n", "s:\n    - 2\n    - 1\n"],
      ["s:\n", "s:\n  - 2\n"],
    ] as const
  ) {
    const bytes = bytesOf(before);
    const { s } = Object(parseYaml(bytes));
    const ways = waysToAddItem(bytes, ["s"], "2");
    const edit = provenEdit(bytes, ways, { s: [2, ...s ?? []] });
    assertEquals(edit && textOf(applyEdit(bytes, edit)), after);
  }
});

Deno.test("nothing is promised where something else would change", () => {
  const expected = { a: { x: 1 }, s: { x: 1, b: 2 } };
  assertEquals(withKey("a: &x {x: 1}\ns: *x\n", expected), undefined);
  assertEquals(withKey("s: &x\n  x: 1\na: *x\n", expected), undefined);
  // For PyYAML, the text would get a line end.
  assertEquals(withKey("a: |\n  x", { a: "x\n", s: { b: 2 } }), undefined);
  assertEquals(
    withKey("s:\n  a: |\n    x", { s: { a: "x\n", b: 2 } }),
    "s:\n  b: 2\n  a: |\n    x",
  );
  assertEquals(withKey("{a: 1}\n", { a: 1, s: { b: 2 } }), undefined);
  assertEquals(withKey("a: \u0085\n", { a: "\u0085", s: { b: 2 } }), undefined);
});

Deno.test("nothing is promised in a large file, nor in a block of the program", () => {
  const large = `a: 1\n#${"x".repeat(512 * 1024)}\n`;
  assertEquals(withKey(large, { a: 1, s: { b: 2 } }), undefined);
  const block = `s:\n${BEGIN_MARKER}\n${END_MARKER}\n`;
  const bytes = bytesOf(block);
  const edit = { from: 3, to: 2, lines: ["  b: 2"] };
  const isRight = provenEdit(bytes, [edit], { s: { b: 2 } }) !== undefined;
  assertEquals(isRight, false);
  const before = { from: 2, to: 1, lines: ["  b: 2"] };
  assertEquals(provenEdit(bytes, [edit, before], { s: { b: 2 } }), before);
});

Deno.test("an edit is said in words that can be followed", () => {
  const say = (edit: Edit, place?: string): string => inWords(edit, place);
  assertEquals(
    say({ from: 3, to: 2, lines: ["a:", "  b: 1"] }),
    "after line 2, add:\na:\n  b: 1",
  );
  assertEquals(
    say({ from: 1, to: 0, lines: ["a: 1"] }, '"x.yaml"'),
    'before line 1 of "x.yaml", add:\na: 1',
  );
  assertEquals(
    say({ from: 1, to: 1, lines: ["a: 1"] }),
    "replace line 1 with:\na: 1",
  );
  assertEquals(
    say({ from: 1, to: 3, lines: ["a: 1"] }),
    "replace lines 1-3 with:\na: 1",
  );
  const part = { after: "a: {", add: "b: 1" };
  assertEquals(
    say({ from: 5, to: 5, lines: ["a: {b: 1}"], part }),
    "on line 5, right after `a: {`, insert:\nb: 1",
  );
  assertEquals(
    say({
      from: 5,
      to: 5,
      lines: ["a: {}"],
      part: { after: "a: ", add: "{}", instead: "~" },
    }, '"r.yaml"'),
    'on line 5 of "r.yaml", right after `a: `, write instead of `~`:\n{}',
  );
});

Deno.test("all entries of the block but the last become spaces", () => {
  const text =
    "a:\r\n  - x: 1\r\n    y:\r\n      - 3\r\n  # z\r\n  - x: 2\r\n" +
    "    y: 4\r\nb:\n  - x: 5\n";
  const range = { start: 2, end: text.indexOf("b:") };
  assertEquals(
    textOf(withBlankEntries(bytesOf(text), range)),
    text.replace(/ {2}- x: 1[^]*# z/, (old) => old.replace(/[^\r\n]/g, " ")),
  );
  const none = bytesOf("a:\n  - b\n");
  assertEquals(withBlankEntries(none, { start: 0, end: 2 }), none);
});
