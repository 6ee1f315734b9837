import { assertEquals } from "../support/assert.ts";
import { bytesOf } from "../support/parts.ts";
import { Positions } from "../../lib/yaml/positions.ts";
import { mayRepeatKeys } from "../../lib/yaml/repeat_scan.ts";

const ENTRY = "  - model_name: a\n    litellm_params: {model: openai/a}\n";

/** Files in which a key stands twice, and in which none does. */
const REPEATED = [
  "a: 1\nb: 2\na: 3\n",
  "a: 1\r\nb: 2\r\na: 3\r\n",
  'a: 1\n"a": 2\n',
  `model_list:\n${ENTRY}    model_name: b\n`,
  "a:\n- b: 1\n  b: 2\n",
  "a:\n  b:\n    c: 1\n  d: 2\n  b: 3\n",
  "a: {b: 1, c: 2, b: 3}\n",
  "a: {b: 1,\n  c: {d: 2},\n  b: 3}\n",
  "a: [{b: 1, b: 2}]\n",
  "a:\nb:\na:\n",
  "a:b: 1\nc: 2\na:b: 3\n",
  '"a:b": 1\n"a:b": 2\n',
  'x: {"a":1,"b":2,"a":3}\n',
  "x: {a:b: 1, a:b: 2}\n",
  "a b: 1\na b: 2\n",
  "- - a: 1\n    a: 2\n",
];
const UNREPEATED = [
  `model_list:\n${ENTRY.repeat(3)}x:\n${ENTRY}`,
  "a:\n- b: 1\n- b: 2\nb: 3\n",
  "a:\n  b: 1\nc:\n  b: 1\n  a: 2\n",
  "a: [{b: 1}, {c: 2}]\n",
  "# a: 1\na: 2\n",
];

Deno.test("a quick look misses no key that stands twice", () => {
  for (const text of REPEATED) {
    assertEquals(new Positions(bytesOf(text)).repeatedKeys().length, 1, text);
    assertEquals(mayRepeatKeys(text), true, text);
  }
});

Deno.test("a file like most is not looked at more closely", () => {
  for (const text of UNREPEATED) {
    assertEquals(new Positions(bytesOf(text)).repeatedKeys(), [], text);
    assertEquals(mayRepeatKeys(text), false, text);
  }
});

Deno.test("a quick look takes no longer for a long line than for many", () => {
  const long = 200_000;
  for (const piece of ["a", " ", "- ", "a ", "{", '"', ":", "a:"]) {
    const line = piece.repeat(long / piece.length);
    mayRepeatKeys(`a${line}\n`);
    mayRepeatKeys(`{${line}}\n`);
  }
});
