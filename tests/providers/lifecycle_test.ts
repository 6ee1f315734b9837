import { assertEquals, assertMatch } from "../support/assert.ts";
import {
  hasEnded,
  isDying,
  lastingSuccessor,
  lifecycleOf,
  lifecycleText,
  withLifecycle,
} from "../../lib/providers/lifecycle.ts";

Deno.test("lifecycleOf() knows a model of its own provider alone", () => {
  const gemini = { endsOn: "2026-12-01", successor: "gemini-3.8-flash" };
  assertEquals(lifecycleOf("gemini", "gemini-2.5-pro"), gemini);
  for (const provider of ["openrouter", "vertex_ai", "xai", "nobody"]) {
    assertEquals(lifecycleOf(provider, "gemini-2.5-pro"), undefined, provider);
  }
  assertEquals(lifecycleOf("gemini", "gemini-9-argon"), undefined);
  // A local server may have any name.
  assertEquals(lifecycleOf("constructor", "gemini-2.5-pro"), undefined);
});

Deno.test("withLifecycle() adds what the list does not say, and believes the list", () => {
  const listed = { id: "gemini-2.5-pro", maxInputTokens: 5 };
  assertEquals(withLifecycle("gemini", listed), {
    ...listed,
    endsOn: "2026-12-01",
    successor: "gemini-3.8-flash",
  });
  const stated = { ...listed, endsOn: "2027-03-01" };
  assertEquals(withLifecycle("gemini", stated).endsOn, "2027-03-01");
  const other = { id: "gemini-9-argon" };
  assertEquals(withLifecycle("gemini", other), other);
});

for (
  const [today, ended, dying] of [
    ["2026-10-31", false, false],
    ["2026-11-01", false, true],
    ["2026-11-30", false, true],
    ["2026-12-01", false, true],
    ["2026-12-02", true, true],
  ] as const
) {
  Deno.test(`on ${today} a model whose last day is 2026-12-01 ${ended ? "has ended" : dying ? "is dying" : "lives"}`, () => {
    const model = { id: "m", endsOn: "2026-12-01" };
    assertEquals([hasEnded(model, today), isDying(model, today)], [
      ended,
      dying,
    ]);
  });
}

Deno.test("a model without a last day lives, unless its provider calls it retired", () => {
  const gone = { retired: true };
  assertEquals(hasEnded({}, "2030-01-01"), false);
  assertEquals(isDying({}, "2030-01-01"), false);
  assertEquals([hasEnded(gone, ""), isDying(gone, "")], [true, true]);
});

Deno.test("lastingSuccessor() passes over one that ends no later", () => {
  const successorOf = (endsOn: string, successor: string): string | undefined =>
    lastingSuccessor("gemini", { id: "m", endsOn, successor });
  assertEquals(successorOf("2026-05-25", "gemini-2.5-pro"), "gemini-2.5-pro");
  assertEquals(successorOf("2026-12-01", "gemini-2.5-pro"), "gemini-3.8-flash");
  assertEquals(successorOf("2026-12-01", "m"), undefined, "itself");
  // One after the other: its own ended before that, too.
  assertEquals(
    lastingSuccessor("fireworks", {
      id: "m",
      endsOn: "2026-08-27",
      successor: "accounts/fireworks/models/minimax-m2p7",
    }),
    undefined,
  );
  assertEquals(successorOf("2026-12-01", "gemini-9-argon"), "gemini-9-argon");
});

Deno.test("lifecycleText() says how new the table is", () => {
  assertMatch(
    lifecycleText(),
    /^shutdown dates of [1-9]\d* models, as known on \d{4}-\d{2}-\d{2}\n$/,
  );
});
