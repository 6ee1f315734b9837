import { ConfigError } from "../../lib/errors.ts";
import type { Outline, TopKey } from "../../lib/block/outline.ts";
import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";
import { readOutline } from "../../lib/block/outline_builder.ts";
import { assertEquals, assertThrows } from "../support/assert.ts";

function outlineOf(text: string): Outline {
  return readOutline(new TextEncoder().encode(text));
}

/** Names and kinds of values. */
function kinds(text: string): Record<string, string> {
  return Object.fromEntries(
    outlineOf(text).keys.map(({ name, value }) => [name, value]),
  );
}

/** Line and column of the items of the last key. */
function items(text: string): [number, number][] {
  const key = outlineOf(text).keys.at(-1);
  return (key?.items ?? []).map(({ line, column }) => [line, column]);
}

/** What of the text belongs to the last key's value. */
function valueText(text: string): string {
  const key: TopKey | undefined = outlineOf(text).keys.at(-1);
  return text.slice(key?.colonEnd, key?.contentEnd);
}

Deno.test("readOutline() tells the forms of a value apart", () => {
  assertEquals(
    kinds(
      "a:\nb: # c\nc: ~\nd: 'x'\ne: |\n  x\nf: [x]\ng: {x: y}\nh: *x\n" +
        "i:\n  x: y\nj:\n  - x\nk:\n- x\nl:\n  ? x\n  : y\nm: &a !!str x\n" +
        "n:\n  'x': y\no:\n  [x]: y\np:\n  x\n  y\n",
    ),
    {
      a: "nothing",
      b: "nothing",
      c: "scalar",
      d: "scalar",
      e: "scalar",
      f: "flow list",
      g: "flow mapping",
      h: "alias",
      i: "block mapping",
      j: "block list",
      k: "block list",
      l: "block mapping",
      m: "scalar",
      n: "block mapping",
      o: "block mapping",
      p: "scalar",
    },
  );
});

Deno.test("readOutline() reads quoted keys and keys with an anchor", () => {
  assertEquals(Object.keys(kinds("\"a b\": 1\n'c: d' : 2\n&x !!str e: 3\n")), [
    "a b",
    "c: d",
    "e",
  ]);
});

Deno.test("readOutline() gives the line of a key it cannot name", () => {
  for (
    const key of [
      "'a''b': 1\n",
      "? a\n",
      "*a : 1\n",
      "[a]: 1\n",
      '"\\x61": 1\n',
      ": 1\n",
    ]
  ) {
    assertEquals(outlineOf(`x: 1\n${key}`).oddKeyLine, 2);
  }
  assertEquals(outlineOf("x: 1\n").oddKeyLine, undefined);
});

Deno.test("readOutline() counts the items of the list, not those inside them", () => {
  assertEquals(
    items("a:\n- - x\n  - y\n- b:\n  - x\n-\n  - z\n- [- x]\n"),
    [[2, 0], [4, 0], [6, 0], [8, 0]],
  );
  assertEquals(
    items("a:\n   -   b: 1\n       c:\n       - d\n   - |\n     - e\n   -\n"),
    [[2, 3], [5, 3], [7, 3]],
  );
  assertEquals(items("a:\n  b:\n  - x\n"), []);
});

Deno.test("readOutline() takes no text of a scalar for an item or a key", () => {
  const scalars = [
    "|\n      - x\n      y: z",
    ">-\n\n      # x\n       - y",
    "|2-\n        - x\n      y: z",
    '"x\n  - y\nz: \\"\n  "',
    "'x\n- ''\ny: z'",
    "x\n     - y\n     z",
    "[x,\n  - , y\n]",
    "{x: y,\nz: [\n- \n]}",
  ];
  for (const scalar of scalars) {
    assertEquals(items(`k:\n  - v: ${scalar}\n  - w\n`).length, 2, scalar);
  }
});

Deno.test("readOutline() ends a block scalar where its indentation ends", () => {
  assertEquals(items("k:\n - |2\n    a\n - b\n").length, 2);
  assertEquals(items("k:\n - |+\n\n\n - b\n").length, 2);
  assertEquals(items("k:\n- |\n a\n# c\n- b\n").length, 2);
  assertEquals(items("k:\n - >1-\n  a\n   b\n  - c\n - d\n").length, 2);
});

Deno.test("readOutline() gives where a value ends, comments not counted", () => {
  assertEquals(valueText("a:\n  - b # c\n  # d\n\n"), "\n  - b");
  assertEquals(valueText("a: # c\n"), "");
  assertEquals(valueText("a: x\n  y  \n# z\n"), " x\n  y");
  assertEquals(valueText("a: |\n  x\n\n# z\n"), " |\n  x\n\n");
  assertEquals(valueText("a:\n|\n  x\n"), "\n|\n  x\n");
  assertEquals(valueText("a: |\n  x"), " |\n  x");
  assertEquals(valueText("a: |"), " |");
  assertEquals(valueText("a: [x,\n y ] # z"), " [x,\n y ]");
});

Deno.test("readOutline() ends a key's value in front of the next key's anchor", () => {
  const [first] = outlineOf("a: 1\n&x b: 2\n").keys;
  assertEquals(first?.contentEnd, 4);
});

Deno.test("readOutline() knows what the whole file is", () => {
  const root = (text: string): string => outlineOf(text).root.kind;
  assertEquals(root(""), "empty");
  assertEquals(root("# a\n---\n...\n"), "empty");
  assertEquals(root("a"), "scalar");
  assertEquals(root("|\n a: b"), "scalar");
  assertEquals(root("- a: b"), "list");
  assertEquals(root("{a: b}"), "flow collection");
  assertEquals(outlineOf(" a: b\n").root, { kind: "mapping", indent: 1 });
  assertEquals(root("&x\na: b"), "mapping");
});

Deno.test("readOutline() sees where the document ends and another one starts", () => {
  const ends = (text: string): [number, number | undefined] => {
    const { documentEnd, secondDocumentLine } = outlineOf(text);
    return [documentEnd, secondDocumentLine];
  };
  assertEquals(ends("%YAML 1.1\n---\na: 1\n"), [19, undefined]);
  assertEquals(ends("a: 1\n...\n# b\n...\n"), [5, undefined]);
  assertEquals(ends("a: 1\n---\n"), [5, 2]);
  assertEquals(ends("a\n\n--- \n"), [3, 3]);
  assertEquals(ends("--- # a\n--- # b\n"), [8, 2]);
  assertEquals(ends("a: 1\n...\nb: 2\n"), [5, 3]);
  assertEquals(ends("a: |\n ---\n ...\nb: x---\n---x: 1\n"), [31, undefined]);
});

Deno.test("readOutline() steps over a byte order mark without counting it", () => {
  const { keys } = outlineOf("\ufeffa:\n- b\n");
  assertEquals(keys.map(({ name, start, column }) => [name, start, column]), [
    ["a", 3, 0],
  ]);
});

Deno.test("readOutline() finds markers and what comes next", () => {
  const text = `a: 1\n  ${BEGIN_MARKER}  \n\n# x\nb: [ ${END_MARKER}\n]\n`;
  assertEquals(
    outlineOf(text).markers.map((
      { kind, line, column, isWholeLine, inFlow, next },
    ) => [kind, line, column, isWholeLine, inFlow, text.slice(next, next + 1)]),
    [
      ["begin", 2, 2, true, false, "b"],
      ["end", 5, 5, false, true, "]"],
    ],
  );
});

Deno.test("readOutline() takes whatever begins like a marker for one", () => {
  const comments = [
    "##>>>discover",
    "#\t <<< DISCOVER: x",
    "#\xa0# >>> discover",
  ];
  for (const comment of comments) {
    const bytes = Uint8Array.from(
      `a: 1 ${comment}\n`,
      (character) => character.charCodeAt(0),
    );
    assertEquals(readOutline(bytes).markers.map(({ kind }) => kind), ["odd"]);
  }
  const others = ["# > discover", "# >>> others >>>", "# a >>> discover"];
  for (const comment of others) {
    assertEquals(outlineOf(`a: 1 ${comment}\n`).markers, []);
  }
});

Deno.test("readOutline() does not decode: any bytes beyond ASCII are text", () => {
  const bytes = Uint8Array.of(0x61, 0xff, 0x3a, 0x20, 0x80, 0x85, 0x0a);
  assertEquals(readOutline(bytes).keys.map(({ name }) => name), ["aÿ"]);
});

const FAULTS: readonly (readonly [string, number, string])[] = [
  ["a: 'b\nc: d\n", 1, "unterminated quote"],
  ['a: "b\n---\n"\n', 1, "unterminated quote"],
  ["a: [b\nc: d\n", 1, "unclosed bracket"],
  ["a: b]\nc: d]]\n- x\n", 3, "unexpected list item"],
  ["a: }\n", 1, "closing bracket without an opening one"],
  ["a: - b\n", 1, "unexpected list item"],
  ["a: b: c\n", 1, "unexpected colon"],
  ["a: b\nc\nd: e\n", 2, "key without a colon"],
  ["a: |x\n  b\n", 1, "unexpected text after `|` or `>`"],
  ["a: | b\n", 1, "unexpected text after `|` or `>`"],
  ["a: @b\n", 1, "a value cannot start with `@`"],
  ["a: b\n%YAML 1.1\n", 2, "directive inside a document"],
];

for (const [text, line, message] of FAULTS) {
  Deno.test(`readOutline() refuses ${JSON.stringify(text)}`, () => {
    const error = assertThrows(() => outlineOf(text), ConfigError, message);
    assertEquals(error.line, line);
  });
}

Deno.test("readOutline() reads files of one odd thing repeated without end", () => {
  for (
    const text of [
      "[".repeat(200_000),
      "- ".repeat(200_000),
      '"\\"'.repeat(100_000),
      "&a ".repeat(200_000),
      "a:\n" + "\n ".repeat(200_000),
      `${BEGIN_MARKER}\n`.repeat(20_000),
      "a ".repeat(200_000) + ": b",
      `x: |\n${" ".repeat(200_000)}`,
    ]
  ) {
    const start = performance.now();
    try {
      outlineOf(text);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
    }
    // Quadratic time would be minutes.
    assertEquals(performance.now() - start < 5000, true, text.slice(0, 20));
  }
});
