import { plainKind, taggedKind } from "../../lib/yaml/scalar_kind.ts";
import { assertEquals } from "../support/assert.ts";

/** As PyYAML 6.0 resolves them. */
const KINDS = {
  text: [
    "y",
    "n",
    "1e3",
    "1.5e3",
    "1e+3",
    "0o14",
    "09",
    "-.5",
    "2024-1-1",
    "a",
  ],
  empty: ["", "~", "null", "NULL"],
  boolean: ["on", "Off", "YES", "no", "True"],
  number: [
    ...["0", "+1", "1_000", "0x1F", "014", "0b101", "1.", ".5", "1.5e+3"],
    ...["1:30", "12:30:45", "1:30.5", "-.inf", ".NaN"],
  ],
  date: ["2024-01-01", "2024-1-1T00:00:00Z", "2001-12-14 21:59:43.1 -5"],
  sign: ["=", "<<"],
} as const;

for (const [kind, texts] of Object.entries(KINDS)) {
  Deno.test(`a plain scalar is ${kind} where PyYAML takes it for that`, () => {
    for (const text of texts) assertEquals(plainKind(text), kind, text);
  });
}

Deno.test("a tag decides, and one that is not known promises nothing", () => {
  assertEquals(taggedKind("!!int"), "number");
  assertEquals(taggedKind("!<tag:yaml.org,2002:bool>"), "boolean");
  assertEquals(taggedKind("!!str"), "text");
  assertEquals(taggedKind("!!constructor"), "text");
  assertEquals(taggedKind("!own"), "text");
});
