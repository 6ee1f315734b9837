import { assertEquals } from "../support/assert.ts";
import type { Model } from "../../lib/providers/provider.ts";
import { type SelectionRules, selectModels } from "../../lib/catalog/select.ts";

const TODAY = "2026-11-23";

const RULES: SelectionRules = {
  include: ["*"],
  exclude: [],
  variants: [],
  keepRetired: false,
};

const MODELS: readonly Model[] = [
  { id: "b-2", createdAt: 2, maxInputTokens: 1000 },
  { id: "a-1", createdAt: 1 },
  { id: "a-1:free", createdAt: 1, variant: "free" },
  { id: "~a/latest", variant: "latest" },
  { id: "c-old", createdAt: 3, retired: true },
];

function selected(rules: Partial<SelectionRules>): string[] {
  const { models } = selectModels(MODELS, { ...RULES, ...rules }, TODAY);
  return idsOf(models);
}

function idsOf(models: readonly Model[]): string[] {
  return models.map(({ id }) => id);
}

Deno.test("selectModels() keeps the order of the list and leaves variants and retired out", () => {
  const { models, retired, variants } = selectModels(MODELS, RULES, TODAY);
  assertEquals(idsOf(models), ["b-2", "a-1"]);
  assertEquals([idsOf(retired), variants], [["c-old"], 2]);
});

Deno.test("selectModels() keeps a variant that was asked for", () => {
  assertEquals(selected({ variants: ["free"] }), ["b-2", "a-1", "a-1:free"]);
});

Deno.test("selectModels() keeps retired models when told to", () => {
  assertEquals(selected({ keepRetired: true }), ["b-2", "a-1", "c-old"]);
});

Deno.test("selectModels() lets exclude win over include", () => {
  assertEquals(selected({ include: ["a*", "b*"], exclude: ["a*"] }), ["b-2"]);
});

Deno.test("selectModels() keeps the newest when there is a limit", () => {
  assertEquals(selected({ limit: 1 }), ["b-2"]);
});

Deno.test("selectModels() drops a model whose stated context is too small", () => {
  assertEquals(selected({ minContextTokens: 2000 }), ["a-1"]);
});

const PRICED: readonly Model[] = [
  { id: "dear", price: { input: 5, output: 25 } },
  { id: "cheap", price: { input: 0.3, output: 1.2 } },
  { id: "talkative", price: { input: 0, output: 2 } },
  { id: "gift", price: { input: 0, output: 0 } },
  { id: "dear:free", price: { input: 0, output: 0 }, variant: "free" },
  { id: "dear:batch", price: { input: 1, output: 2 }, variant: "batch" },
  { id: "unpriced" },
];

for (
  const [words, rules, expected] of [
    ["all without a rule", {}, "dear cheap talkative gift unpriced"],
    [
      "those of which both parts are at most the number",
      { maxPrice: { input: 2, output: 2 } },
      "cheap talkative gift unpriced",
    ],
    [
      "those of exactly the highest price",
      { maxPrice: { input: 5, output: 25 } },
      "dear cheap talkative gift unpriced",
    ],
    [
      "whatever the part without a number costs",
      { maxPrice: { input: 0.3 } },
      "cheap talkative gift unpriced",
    ],
    ["what costs nothing, and its variant", { free: "only" }, "gift dear:free"],
    [
      "no variant that is not asked for, and the other free ones",
      { free: "only", variants: ["batch"] },
      "gift dear:free",
    ],
    [
      "all but what costs nothing",
      { free: "never" },
      "dear cheap talkative unpriced",
    ],
    [
      "no free variant, though it is asked for",
      { free: "never", variants: ["free"] },
      "dear cheap talkative unpriced",
    ],
  ] as const
) {
  Deno.test(`selectModels() keeps by price ${words}`, () => {
    const { models } = selectModels(PRICED, { ...RULES, ...rules }, TODAY);
    assertEquals(idsOf(models).join(" "), expected);
  });
}

Deno.test("selectModels() counts what is too dear as filtered, and the rest adds up", () => {
  const rules = { ...RULES, maxPrice: { input: 2, output: 2 } };
  const { models, filtered, variants } = selectModels(PRICED, rules, TODAY);
  assertEquals([models.length, filtered, variants], [4, 1, 2]);
});

Deno.test("selectModels() reports retired models that a filter asks for", () => {
  const rules = { ...RULES, include: ["c-*"] };
  const { models, retired } = selectModels(MODELS, rules, TODAY);
  assertEquals([models, idsOf(retired)], [[], ["c-old"]]);
});

Deno.test("selectModels() keeps a model that stays rather than a newer one that is dying", () => {
  const models = [
    { id: "m-2", endsOn: "2026-12-01" },
    { id: "m-1" },
  ];
  const rules = { ...RULES, limit: 1, keepRetired: true };
  for (const today of [TODAY, "2026-12-02"]) {
    assertEquals(idsOf(selectModels(models, rules, today).models), ["m-1"]);
  }
  const early = selectModels(models, rules, "2026-10-31");
  assertEquals(idsOf(early.models), ["m-2"]);
});

Deno.test("selectModels() offers a model to the end of its last day", () => {
  const model = { id: "m", endsOn: "2026-12-01" };
  for (
    const [today, isOffered] of [
      ["2026-11-30", true],
      ["2026-12-01", true],
      ["2026-12-02", false],
    ] as const
  ) {
    const { models, retired } = selectModels([model], RULES, today);
    assertEquals([models.length, retired.length], isOffered ? [1, 0] : [0, 1]);
    const all = { ...RULES, keepRetired: true };
    assertEquals(selectModels([model], all, today).models, [model], today);
  }
});

Deno.test("selectModels() counts what each rule leaves out, so that all add up", () => {
  const rules = {
    ...RULES,
    ...{ include: ["a*", "b*", "c*"], minContextTokens: 2000, limit: 1 },
  };
  const more = [...MODELS, { id: "a-0" }, { id: "d-1" }];
  const selection = selectModels(more, rules, TODAY);
  const { models, retired, variants, filtered, overLimit } = selection;
  assertEquals(idsOf(models), ["a-1"]);
  // `b-2` has too small a context, and `d-1` matches nothing.
  assertEquals([retired.length, variants, filtered, overLimit], [1, 2, 2, 1]);
  const sum = 1 + retired.length + variants + filtered + overLimit;
  assertEquals(sum, more.length);
});
