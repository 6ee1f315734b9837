import {
  LIFECYCLE_DATE,
  LIFECYCLE_LINES,
} from "../../lib/providers/lifecycle_table.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { HAND_ROWS } from "../../packaging/lifecycle_hand.ts";
import {
  type Fact,
  factsOfLines,
  merge,
  render,
} from "../../packaging/lifecycle_merge.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";

const TABLE = { date: LIFECYCLE_DATE, lines: LIFECYCLE_LINES };
const FACTS = Object.entries(LIFECYCLE_LINES)
  .flatMap(([provider, lines]) => factsOfLines(provider, lines));

function factOf(provider: string, id: string): Fact | undefined {
  return FACTS.find((fact) => fact.provider === provider && fact.id === id);
}

Deno.test("the table in lib/ is as `deno task lifecycle` writes it", async () => {
  const path = fromRepository("lib/providers/lifecycle_table.ts");
  const written = await Deno.readTextFile(path);
  const byHand = HAND_ROWS.flatMap(({ provider, lines }) =>
    factsOfLines(provider, lines)
  );
  // The rows by hand are in it, sorted with the others; no network is needed.
  assertEquals(render(merge(TABLE, [byHand], "2099-01-01")), written);
});

Deno.test("the table speaks of models of known providers, each once", () => {
  const known = PROVIDERS.map(({ id }) => id);
  assertEquals(
    Object.keys(LIFECYCLE_LINES).filter((id) => !known.includes(id)),
    [],
  );
  // OpenRouter's own answer says when its entries end.
  assert(!("openrouter" in LIFECYCLE_LINES));
  const ids = FACTS.map(({ provider, id }) => `${provider} ${id}`);
  assertEquals(ids.length, new Set(ids).size);
  assert(FACTS.every(({ endsOn }) => endsOn !== undefined));
  assert(FACTS.length > 300, `${FACTS.length} rows`);
});

Deno.test("no model is its own successor", () => {
  assertEquals(FACTS.filter(({ id, successor }) => id === successor), []);
});

Deno.test("each group of rows by hand names a page and a known provider, each model once", () => {
  const ids = HAND_ROWS.flatMap(({ provider, lines }) =>
    factsOfLines(provider, lines).map(({ id }) => `${provider} ${id}`)
  );
  assertEquals(ids.length, new Set(ids).size);
  for (const { provider, source } of HAND_ROWS) {
    assert(PROVIDERS.some(({ id }) => id === provider), provider);
    assertMatch(source, /^https:\/\/[^\s]+$/);
  }
});

for (
  const [provider, days] of Object.entries({
    anthropic: {
      "2026-06-15":
        "claude-sonnet-4-20250514 claude-sonnet-4-0 claude-opus-4-20250514 claude-opus-4-0",
      "2026-08-05": "claude-opus-4-1 claude-opus-4-1-20250805",
      "2026-11-30": "claude-sonnet-4-5 claude-sonnet-4-5-20250929",
    },
    openai: {
      "2026-10-23":
        "gpt-4 gpt-4-0613 gpt-4-turbo gpt-3.5-turbo o1 o3-mini o4-mini",
      "2026-12-11":
        "gpt-5 gpt-5-2025-08-07 gpt-5-mini gpt-5-nano gpt-5-pro o3 o3-2025-04-16",
      "2027-01-14": "gpt-4.1 gpt-4.1-mini gpt-4o gpt-4o-2024-08-06 gpt-4o-mini",
    },
    gemini: {
      "2026-03-09": "gemini-3-pro-preview",
      "2026-05-25": "gemini-3.1-flash-lite-preview",
      "2026-06-01":
        "gemini-2.0-flash gemini-2.0-flash-001 gemini-2.0-flash-lite gemini-2.0-flash-lite-001",
      "2026-12-01": "gemini-2.5-pro gemini-2.5-flash",
      "2027-05-07": "gemini-3.1-flash-lite",
    },
    xai: { "2026-05-15": "grok-3 grok-4-0709 grok-4-fast-reasoning" },
  })
) {
  Deno.test(`the ends that ${provider} announced are in the table`, () => {
    for (const [day, ids] of Object.entries(days)) {
      for (const id of ids.split(" ")) {
        assertEquals(factOf(provider, id)?.endsOn, day, id);
      }
    }
  });
}

Deno.test("the table names the successors that the vendors name", () => {
  assertEquals(
    factOf("gemini", "gemini-2.5-pro")?.successor,
    "gemini-3.8-flash",
  );
  assertEquals(
    factOf("anthropic", "claude-sonnet-4-5")?.successor,
    "claude-sonnet-5-5",
  );
});

Deno.test("a model that its vendor promised only not to end sooner is not in the table", () => {
  const living = {
    anthropic: [
      "claude-haiku-4-5",
      "claude-haiku-4-5-20251001",
      "claude-opus-5",
    ],
    gemini: ["gemini-2.5-flash-lite", "gemini-3.8-flash"],
    openai: ["gpt-5.4"],
  };
  for (const [provider, ids] of Object.entries(living)) {
    for (const id of ids) assertEquals(factOf(provider, id), undefined, id);
  }
});
