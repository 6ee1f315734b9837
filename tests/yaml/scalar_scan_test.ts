import fc from "fast-check";
import { ConfigError } from "../../lib/errors.ts";
import { decodeText } from "../../lib/yaml/encoding.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { Positions } from "../../lib/yaml/positions.ts";
import { mayBeUnreadable } from "../../lib/yaml/scalar_scan.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { corpusPaths } from "../support/corpus.ts";
import { bytesOf } from "../support/parts.ts";

/** Whether the file's tokens hold one; nothing for a file that is refused. */
function holdsUnreadable(bytes: Uint8Array): boolean | undefined {
  try {
    parseYaml(bytes);
    return new Positions(bytes).oddScalars().some(({ kind, isKey }) =>
      kind === "sign" ? !isKey : isKey || kind === "date"
    );
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

const UNREADABLE = [
  "? \n: 2024-01-01: a",
  "1: a",
  "1 : a",
  "a:\n  on: b\r\n  c: d",
  "- null: a",
  "-  - ~: a",
  "a: {b: c, 0x1F: d}",
  "a: {\n  yes:\n    b}",
  "a: [1:30: b]",
  "&a 1: b",
  "&b .inf: c",
  `&${"a".repeat(300)} 1: b`,
  '!!int "1": b',
  "!<tag:yaml.org,2002:null> x: b",
  "2024-01-01: a",
  "2024-01-01 10:00:00: a",
  "a: 2024-01-01",
  "a: 2024-1-1T10:00:00Z # then",
  "a:\n  # then\n  2024-01-01",
  "- - 2024-01-01",
  'a: {"b":2024-01-01}',
  "a: &b 2024-01-01",
  "a: [b,2024-01-01]",
  "a: !!timestamp '2024-01-01'",
  "a: =",
  "a:\n  <<\n",
  "a: [=, b]",
  'a: {"b":=}',
  `${"1".repeat(500)}: a`,
  '? "a"on: b',
];

/** As a run writes its block, and as most people write. */
const READABLE = [
  'deprecation_date: "2026-12-01"',
  'display_name: "Claude 3.5 Sonnet (2024-10-22)"',
  "api_key: dGVzdA==",
  "api_base: http://10.0.0.1:4000/v1?a=b",
  "a: 1.5\nb: on\nc: ~ # no date: 2024",
  "# 10: off = on\na: [1, yes, null]",
  "model: gpt-4o-2024-08-06",
  "a: 'it is = 2024'",
  "a: b = c << d",
  "a1: {b-1: c, on_: d}",
];

Deno.test("a quick look misses no scalar that LiteLLM stops at", () => {
  for (const text of UNREADABLE) {
    assertEquals(holdsUnreadable(bytesOf(text)), true, text);
    assertEquals(mayBeUnreadable(text), true, text);
  }
});

Deno.test("a file without such a scalar is not looked at more closely", () => {
  for (const text of READABLE) {
    assertEquals(holdsUnreadable(bytesOf(text)), false, text);
    assertEquals(mayBeUnreadable(text), false, text);
  }
});

Deno.test("a quick look misses nothing in any config there is", async () => {
  for (const path of await corpusPaths()) {
    const bytes = await Deno.readFile(path);
    if (!holdsUnreadable(bytes)) continue;
    assert(mayBeUnreadable(decodeText(bytes)), path);
  }
});

const SCALARS = [
  ...["=", "<<", "a", "b c", "on", "No", "NULL", "~", "0", "-1", "+1_0", ".5"],
  ...["1e3", "1.5e+3", "0b1", "0x1F", "07", "1:30", "1:30.5", "-.inf", ".NaN"],
  ...["2024-01-01", "2024-1-1", "2024-01-01T10:00:00Z", "1-1"],
  ...["2024-01-01 10:00:00", "2024-01-01\t1:00:00.5 +01:00", "2024-01-01x"],
  ...["'1'", '"2024-01-01"', '"="', "'it''s'", '"a: \\" 1: b"', "*a"],
];
const PROPERTIES = ["", "", "", "&a ", "&b-1 ", "!x ", "!!int ", "!!str &c "];

const scalar = fc.constantFrom(...SCALARS);
const decorated = fc.tuple(fc.constantFrom(...PROPERTIES), scalar)
  .map((parts) => parts.join(""));
const colon = fc.constantFrom(": ", ": ", " : ", ":\n      ", ":  # on: 1\n  ");

/** A value in brackets, with little space between. */
const { flow } = fc.letrec<{ flow: string }>((tie) => {
  const comma = fc.constantFrom(",", ", ", " ,\n  ", ", # =\n ");
  const mark = fc.constantFrom("", "", "? ", "?", " ", "\n   ");
  const flowColon = fc.constantFrom(": ", ":", " :", " : ", ":\n  ");
  const pair = fc.tuple(mark, decorated, flowColon, tie("flow"))
    .map((parts) => parts.join(""));
  const joined = (items: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(fc.array(items, { maxLength: 3 }), comma)
      .map(([list, between]) => list.join(between));
  return {
    flow: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      decorated,
      joined(pair).map((text) => `{${text}}`),
      joined(fc.oneof(tie("flow"), pair)).map((text) => `[${text}]`),
    ),
  };
});

/** A line at some indentation; many texts of them can be read. */
const line = fc.tuple(
  fc.constantFrom("", "", "  ", "    "),
  fc.constantFrom("", "", "- ", "-  - ", "? ", "- ? "),
  fc.oneof(
    fc.tuple(decorated, colon, flow).map((parts) => parts.join("")),
    decorated.map((key) => `${key}:`),
    flow,
    decorated.map((key) => `${key}\n: a`),
    decorated.map((key) => `a: |\n     ${key}: b`),
  ),
  fc.constantFrom("", "", " # 1: 2024-01-01", "\r"),
).map((parts) => parts.join(""));
const file = fc.tuple(
  fc.constantFrom("", "", "\uFEFF", "--- ", "---\n", "%YAML 1.1\n---\n"),
  fc.array(line, { minLength: 1, maxLength: 4 }),
).map(([start, lines]) => start + lines.join("\n"));

/** Pieces in any order. */
const soup = fc.array(
  fc.oneof(
    scalar,
    fc.constantFrom(...PROPERTIES),
    fc.constantFrom(...["{", "}", "[", "]", ",", ":", ": ", "- ", "? ", "\n"]),
    fc.constantFrom(...[" ", "\n  ", "#", "'", '"', "é", "|\n ", "a"]),
  ),
  { maxLength: 12 },
).map((pieces) => pieces.join(""));

Deno.test("a quick look misses nothing in texts of every form", () => {
  let tried = 0;
  let held = 0;
  const law = fc.property(fc.oneof(file, flow, soup), (text) => {
    const holds = holdsUnreadable(bytesOf(text));
    if (holds === undefined) return;
    tried++;
    if (!holds) return;
    held++;
    assert(mayBeUnreadable(decodeText(bytesOf(text))), JSON.stringify(text));
  });
  fc.assert(law, { numRuns: 20_000 });
  assert(held > 1000 && tried - held > 1000, `${held} of ${tried}`);
});

Deno.test("a quick look takes no longer for a long line than for many", () => {
  const long = 200_000;
  for (const piece of ["1", "1:", "-", "- ", "=", " ", "!", "&a ", ",", ":1"]) {
    mayBeUnreadable(`a${piece.repeat(long / piece.length)}\n`);
    mayBeUnreadable(`{${piece.repeat(long / piece.length)}}\n`);
  }
});
