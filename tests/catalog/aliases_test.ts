import { assertEquals } from "../support/assert.ts";
import {
  type AliasRule,
  newestOf,
  resolveAlias,
} from "../../lib/catalog/aliases.ts";
import type { Model } from "../../lib/providers/provider.ts";

function ids(...list: string[]): Model[] {
  return list.map((id) => ({ id }));
}

Deno.test("newestOf() takes the provider's date before the version", () => {
  const models = [
    { id: "grok-4.20", createdAt: 100 },
    { id: "grok-4.5", createdAt: 300 },
    { id: "grok-4.3", createdAt: 200 },
  ];
  assertEquals(newestOf(models, "grok-[0-9]*")?.id, "grok-4.5");
});

Deno.test("newestOf() compares versions as numbers where there is no date", () => {
  const models = ids("gemini-3.9-flash", "gemini-3.10-flash", "gemini-3-flash");
  assertEquals(
    newestOf(models, "gemini-[0-9]*-flash")?.id,
    "gemini-3.10-flash",
  );
});

Deno.test("newestOf() prefers an older plain model to a newer preview", () => {
  const models = [
    { id: "gemini-3.1-pro-preview", createdAt: 9 },
    { id: "gemini-2.5-pro", createdAt: 1 },
  ];
  assertEquals(newestOf(models, "gemini-*-pro*")?.id, "gemini-2.5-pro");
});

Deno.test("newestOf() takes a preview where there is nothing else", () => {
  const models = ids("gemini-3-pro-preview", "gemini-3.1-pro-preview");
  assertEquals(newestOf(models, "gemini-*")?.id, "gemini-3.1-pro-preview");
});

for (
  const other of [
    "anthropic/claude-sonnet-6-fast",
    "anthropic/claude-sonnet-6:free",
    "anthropic/claude-sonnet-6-20270101",
    "anthropic/claude-sonnet-6-preview",
  ]
) {
  Deno.test(`newestOf() passes over "${other}" for a plain Sonnet`, () => {
    const models = [
      { id: other, createdAt: 200 },
      { id: "anthropic/claude-sonnet-5", createdAt: 100 },
    ];
    const newest = newestOf(models, "anthropic/claude-*sonnet*");
    assertEquals(newest?.id, "anthropic/claude-sonnet-5");
  });
}

Deno.test("newestOf() finds nothing in a family without models", () => {
  assertEquals(newestOf(ids("grok-4"), "gemini-*"), undefined);
});

const PRO: AliasRule = {
  name: "pro",
  families: [
    { provider: "gemini", glob: "gemini-*-pro" },
    { provider: "xai", glob: "grok-*" },
  ],
};

for (
  const [words, offered, expected] of [
    [
      "the first family that has a match",
      { gemini: ids("gemini-3-flash"), xai: ids("grok-4") },
      "grok-4",
    ],
    [
      "the second family where the first one's provider is not enabled",
      { xai: ids("grok-4") },
      "grok-4",
    ],
    [
      "an answer before one that is missing",
      { gemini: ids("gemini-3-pro"), xai: undefined },
      "gemini-3-pro",
    ],
    [
      "a model whose end has come only as the last resort",
      { gemini: [{ id: "gemini-2-pro", endsOn: "2026-01-01" }], xai: ids() },
      "gemini-2-pro",
    ],
    ["nothing without a match", { gemini: ids(), xai: ids() }, undefined],
    [
      "nothing known after an answer that is missing",
      { gemini: undefined, xai: ids("grok-4") },
      "unknown",
    ],
    [
      "nothing known where a missing answer may replace a model at its end",
      {
        gemini: [{ id: "gemini-2-pro", endsOn: "2026-01-01" }],
        xai: undefined,
      },
      "unknown",
    ],
  ] as const
) {
  Deno.test(`resolveAlias() finds ${words}`, () => {
    const models = new Map<string, readonly Model[] | undefined>(
      Object.entries(offered),
    );
    const resolved = resolveAlias(PRO, models, "2026-11-23");
    const found = typeof resolved === "object" ? resolved.model.id : resolved;
    assertEquals(found, expected);
  });
}
