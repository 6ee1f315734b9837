/**
 * What models cost, from the forms in which OpenRouter and xAI say it.
 *
 * @module
 */

import { assertEquals } from "../support/assert.ts";
import {
  centsPer100Million,
  dollarsPerToken,
  priceOf,
} from "../../lib/providers/price.ts";

for (
  const [text, dollars] of [
    ["0.000003", 3],
    ["0.0000044", 4.4],
    ["0.00000007", 0.07],
    ["0.0000003", 0.3],
    ["0.00015", 150],
    ["0", 0],
    ["3e-6", 3],
    ["1.5E-7", 0.15],
    [0.000003, 3],
    [1.5e-7, 0.15],
    [0, 0],
  ] as const
) {
  Deno.test(`dollarsPerToken() makes ${dollars} a million of ${JSON.stringify(text)}`, () => {
    assertEquals(dollarsPerToken({ text }, "text"), dollars);
  });
}

for (
  const text of ["-1", -1, "", " 1", "1,5", "$3", "NaN", "1e999", null, [1], {
    toString: 1,
  }]
) {
  Deno.test(`dollarsPerToken() reads no price in ${JSON.stringify(text)}`, () => {
    assertEquals(dollarsPerToken({ text }, "text"), undefined);
  });
}

Deno.test("centsPer100Million() makes dollars per million of xAI's numbers", () => {
  const cases: [unknown, number | undefined][] = [
    [20_000, 2],
    [12_500, 1.25],
    [3000, 0.3],
    [0, 0],
    [-1, undefined],
    ["20000", undefined],
    [null, undefined],
  ];
  for (const [cents, dollars] of cases) {
    assertEquals(centsPer100Million({ cents }, "cents"), dollars);
  }
});

Deno.test("a price of which one half is missing is none", () => {
  assertEquals(priceOf(1, undefined), undefined);
  assertEquals(priceOf(undefined, 0), undefined);
  assertEquals(priceOf(0, 0), { input: 0, output: 0 });
});
