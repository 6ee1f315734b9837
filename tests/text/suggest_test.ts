import { assertEquals } from "../support/assert.ts";
import { nearest } from "../../lib/text/suggest.ts";
import { nearestFew, nearestIds } from "../../lib/text/suggest_several.ts";

for (
  const [word, meant] of [
    ["gemni", "gemini"],
    ["xia", "xai"],
    ["GROQ", "groq"],
    ["lab", undefined],
    ["", undefined],
  ] as const
) {
  Deno.test(`nearest() takes "${word}" for ${meant ?? "no known word"}`, () => {
    assertEquals(nearest(word, ["gemini", "xai", "groq"]), meant);
  });
}

Deno.test("nearestIds() finds the ids in which most of the glob stands", () => {
  const ids = [
    "anthropic/claude-opus-5",
    "anthropic/claude-sonnet-5",
    "openai/gpt-5",
    "anthropic/claude-sonnet-4.5",
  ];
  assertEquals(nearestIds("*sonet*", ids, 2), [
    "anthropic/claude-sonnet-5",
    "anthropic/claude-sonnet-4.5",
  ]);
  assertEquals(nearestIds("gpt-[0-9]*", ids, 1), ["openai/gpt-5"]);
});

Deno.test("nearestIds() has nothing to say where no id is near", () => {
  const ids = ["anthropic/claude-opus-5", "x-ai/grok-4.5", "openai/gpt-5"];
  for (
    const glob of ["*", "o3", "qwen-*", "mistral-large-*", "xai", "*turbo"]
  ) {
    assertEquals(nearestIds(glob, ids, 3), [], glob);
  }
  assertEquals(nearestIds("grook-*", ids, 3), ["x-ai/grok-4.5"]);
});

const NAMES = [
  "claude-sonnet-5",
  "claude-sonnet-4-5",
  "claude-opus-5",
  "grok-4.5",
];

for (
  const [word, near] of [
    ["claude-sonet-5", [
      "claude-sonnet-5",
      "claude-sonnet-4-5",
      "claude-opus-5",
    ]],
    ["sonnet", ["claude-sonnet-5", "claude-sonnet-4-5"]],
    ["anthropic/claude-opus-5", ["claude-opus-5"]],
    ["GROK-4.5", ["grok-4.5"]],
    ["llama", []],
    ["5", []],
  ] as const
) {
  Deno.test(`nearestFew() finds ${near.length} names near to "${word}"`, () => {
    assertEquals(nearestFew(word, NAMES, 3), [...near]);
  });
}
