import { assertEquals } from "../support/assert.ts";
import type { Model } from "../../lib/providers/provider.ts";
import { type SelectionRules, selectModels } from "../../lib/catalog/select.ts";

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
  const { models } = selectModels(MODELS, { ...RULES, ...rules });
  return models.map(({ id }) => id);
}

Deno.test("selectModels() sorts by id and leaves variants and retired out", () => {
  const { models, retired, variants } = selectModels(MODELS, RULES);
  assertEquals(models.map(({ id }) => id), ["a-1", "b-2"]);
  assertEquals([retired, variants], [["c-old"], 2]);
});

Deno.test("selectModels() keeps a variant that was asked for", () => {
  assertEquals(selected({ variants: ["free"] }), ["a-1", "a-1:free", "b-2"]);
});

Deno.test("selectModels() keeps retired models when told to", () => {
  assertEquals(selected({ keepRetired: true }), ["a-1", "b-2", "c-old"]);
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

Deno.test("selectModels() reports retired models that a filter asks for", () => {
  const { models, retired } = selectModels(MODELS, {
    ...RULES,
    include: ["c-*"],
  });
  assertEquals([models, retired], [[], ["c-old"]]);
});
