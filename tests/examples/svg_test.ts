import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { svgOf } from "../../examples/demo/svg.ts";

Deno.test("svgOf() hides what was overwritten, and keeps the last screen visible", () => {
  const svg = svgOf([
    { atMs: 0, text: "$ run\n" },
    { atMs: 100, text: "\x1b[36masking\x1b[39m" },
    { atMs: 200, text: "\r\x1b[32mdone <1>\x1b[39m\x1b[K\n" },
  ], 20);
  const texts = svg.split("\n").filter((line) => line.startsWith("<text"));
  const shown = texts.map((line) => [
    line.includes('class="g"'),
    line.replace(/<[^>]*>/g, ""),
  ]);
  assertEquals(shown, [
    [false, "$ run"],
    [true, "asking"],
    [false, "done &lt;1&gt;"],
  ]);
  assertStringIncludes(svg, 'class="green"');
});
