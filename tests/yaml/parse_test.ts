import { assertEquals, assertThrows } from "../support/assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import { parseYaml, quote } from "../../lib/yaml/parse.ts";
import { isUtf8 } from "../../lib/yaml/encoding.ts";

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text);

Deno.test("quote() gives ASCII that YAML reads back as the same text", () => {
  for (
    const text of [
      "grok-4.5",
      "no",
      "4.1",
      'say "hi" \\ back',
      "tab\tline\nreturn\r",
      "\u0000\u007f\u0085\u2028",
      "Zürich 🦙",
      "# >>> discover: auto-discovered models >>>",
    ]
  ) {
    const quoted = quote(text);
    assertEquals(/^[\x20-\x7e]+$/.test(quoted), true);
    assertEquals(parseYaml(bytes(quoted)), text);
  }
});

Deno.test("parseYaml() lets the last of two equal keys win, as PyYAML does", () => {
  assertEquals(parseYaml(bytes("a: 1\na: 2\n")), { a: 2 });
});

Deno.test("parseYaml() reads a file that is not UTF-8 as cp1252", () => {
  const file = Uint8Array.from([...bytes("name: caf"), 0xe9, 0x0a]);
  assertEquals(isUtf8(file), false);
  assertEquals(parseYaml(file), { name: "café" });
});

Deno.test("parseYaml() names the line of an error and quotes nothing", () => {
  const text = "a: 1\nb: [secret-key\nc: 2\n";
  const error = assertThrows(() => parseYaml(bytes(text)), ConfigError);
  assertEquals(error.message, "cannot be read as YAML");
  assertEquals(error.line, 3);
});

Deno.test("parseYaml() refuses a nesting that no parser survives", () => {
  const error = assertThrows(
    () => parseYaml(bytes("[".repeat(100_000))),
    ConfigError,
  );
  assertEquals(error.message, "nested too deeply");
});

Deno.test("parseYaml() takes what PyYAML takes and its parser alone would not", () => {
  const values: Readonly<Record<string, unknown>> = {
    "&k a: 1\nb: 2\n": { a: 1, b: 2 },
    "- &k !!str a: 1\n  b: 2\n- c\n": [{ a: 1, b: 2 }, "c"],
    "x:\n  !!str a : 1\n  &b b: 2\n": { x: { a: 1, b: 2 } },
    "x: !!null\ny: !!null null\n": { x: null, y: null },
    "x: [!!bool yes, !!int 7]\n": { x: ["yes", 7] },
    "x: &y\n  &z a: 1\nb: *y\n": { x: { a: 1 }, b: { a: 1 } },
    "x: 1\n...\n...\n": { x: 1 },
    "x: !!null\ny: '!!null &a b: 1'\n": { x: null, y: "!!null &a b: 1" },
  };
  for (const [text, value] of Object.entries(values)) {
    for (const eol of ["\n", "\r\n", "\r"]) {
      assertEquals(parseYaml(bytes(text.replaceAll("\n", eol))), value, text);
    }
  }
});

Deno.test("parseYaml() does not say that LiteLLM refuses what it cannot read itself", () => {
  for (const text of ["&k a: 1\nb: *k\n", "- &k\n- *k\n", "x: [-]\n"]) {
    const error = assertThrows(() => parseYaml(bytes(text)), ConfigError);
    assertEquals(error.message, "cannot be read as YAML");
    assertEquals(error.hint?.includes("if LiteLLM can read the file"), true);
  }
});
