import fc from "fast-check";
// @ts-types="../../lib/types/std_yaml_parse.d.ts"
import { parse } from "@std/yaml/parse";
import { assert, assertEquals } from "../support/assert.ts";
import { flowValue } from "../../lib/yaml/flow.ts";

Deno.test("flowValue() writes one line in one way, whatever the order was", () => {
  const value = { b: [1, "no", null], a: { "X-Title": "désk", "0": true } };
  const text = '{"a": {"0": true, "X-Title": "d\\u00e9sk"}, ' +
    '"b": [1, "no", null]}';
  assertEquals(flowValue(value), text);
  assertEquals(flowValue({ a: value.a, b: value.b }), text);
  assertEquals(flowValue({}) + flowValue([]), "{}[]");
});

Deno.test("flowValue() writes numbers that are numbers to YAML 1.1, too", () => {
  // What https://yaml.org/type/float.html and int.html take for numbers.
  const number = /^-?(?:0|[1-9]\d*|\d+\.\d+(?:e[-+]\d+)?)$/;
  for (
    const [value, text] of [
      [0, "0"],
      [-0, "0"],
      [60, "60"],
      [-2, "-2"],
      [0.1, "0.1"],
      [1e-7, "1.0e-7"],
      [1.5e-9, "1.5e-9"],
      [1e21, "1.0e+21"],
    ] as const
  ) {
    assertEquals(flowValue(value), text);
    assert(number.test(text), text);
  }
});

Deno.test("flowValue() is read back as it was, on one line of ASCII", () => {
  const key = fc.string({ unit: "grapheme" })
    .filter((text) => text !== "__proto__");
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "grapheme" }),
      fc.double({ noNaN: true, noDefaultInfinity: true })
        .map((number) => number === 0 ? 0 : number),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(fc.property(value, (one) => {
    const text = flowValue(one);
    assert(/^[\x20-\x7e]*$/.test(text), text);
    assertEquals(parse(`a: ${text}`), { a: one });
  }));
});
