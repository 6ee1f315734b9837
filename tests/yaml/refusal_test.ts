import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { bytesOf } from "../support/parts.ts";
import { refusalOf } from "../../lib/yaml/refusal.ts";

/** Where it is refused; nothing if it is taken. */
function lineOfRefusal(text: string): number | undefined {
  return refusalOf(bytesOf(text))?.line;
}

Deno.test("refusalOf() is silent on what PyYAML takes, be it that no parser here does", () => {
  for (
    const text of [
      "",
      "a: 1\n...\n",
      "---\na: &x {b: 1}\nc: *x\nd: {<<: *x}\n",
      "? a\n: b\n",
      "x: [-]\n",
      "&k a: 1\nb: *k\n",
      "- &k\n- *k\n",
      "x: &a\n\n\n\n|\n\ny: *a\n",
      "- \n\n>-\n  z\n",
      "g: [h- &k\n- *k\n,\n i]\n",
      "g: [\n? a\n: b\nh,\n i]\n",
      'x: "a\tb"\n# a\tb\nz: |\n  a\t\n',
      'x: "a\u2028b"\n',
      "# a\u2028a: 1\n",
      "x: [{a: [b], c: {d: e}}, [f]]\n",
      "a:\n  b:\n  - c: [d\n]\n  - e: [f\ng]\n",
      'a: "{{ b }}"\nc: d {{ e }} {% f %}\ng: ${h}\n# {{ i }}\n',
      "a: |\n  {% for b %}\n  {{ c }}\nd: e\n",
      "a: {# b #}\n c: d}\n",
      "[".repeat(100_000) + "]".repeat(100_000),
    ]
  ) assertEquals(lineOfRefusal(text), undefined, text.slice(0, 60));
});

Deno.test("refusalOf() names the line of what PyYAML refuses", () => {
  for (
    const [text, line] of [
      ["a: 1\n\t\n", 2],
      ["a:\n\t- b\n", 2],
      ["a: 1\nb: 2\t# c\n", 2],
      ["a: 1\n? [b]\n: c\n", 2],
      ["a: 1\nb: {[c]: d}\n", 2],
      ["a: 1\n{b: c}: d\n", 2],
      ["a: 1\n...\nb: 2\n", 3],
      ["a: &x 1\nb: *y\n", 2],
      ["a: &x 1\nb: *x\nc: 1\nd: 1\ne: 1\nf: g: h\n", 6],
      ["a: 1\nb: c\u2028d\ne: f\n", 2],
      ["a: \x07\n", 1],
    ] as const
  ) assertEquals(lineOfRefusal(text), line, text);
});

Deno.test("refusalOf() calls a template one, on the line of its tag", () => {
  for (
    const [text, line] of [
      ["a: 1\nb: {{ c }}\n", 2],
      ["a: 1\n{% if b %}\n", 2],
      ["a: [{{ b }}]\n", 1],
      ['a: "{{ default "b" .c }}"\n', 1],
      ["{# a #}\nb: 1\n", 1],
    ] as const
  ) {
    const refusal = refusalOf(bytesOf(text));
    assertEquals(refusal?.line, line, text);
    assertStringIncludes(refusal?.message ?? "", "template");
    assertStringIncludes(refusal?.hint ?? "", "render it first");
  }
});
