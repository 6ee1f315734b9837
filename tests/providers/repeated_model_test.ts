/**
 * One id in several rows: the block is the same, whatever their order, on the
 * recorded lists of all providers with generated twins of their rows.
 *
 * @module
 */

import fc from "fast-check";
import { assert, assertEquals } from "../support/assert.ts";
import { askProviders } from "../support/parts.ts";
import type { ProviderRequest } from "../../lib/fetch/fetch.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import type { Model, Provider } from "../../lib/providers/provider.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { mergeRepeated } from "../../lib/providers/repeated_model.ts";
import { isJsonObject } from "../../lib/text/fields.ts";
import { MINE, planOf, settingsOf, textOf } from "../support/parts.ts";
import { fromRepository } from "../support/repository.ts";
import { readCatalog } from "../support/stand_in_providers.ts";

/** All rows that were ever recorded of a provider: some ids are there twice. */
async function rowsOf({ id, page }: Provider): Promise<unknown[]> {
  const rows: unknown[] = [];
  const folder = fromRepository("tests/fixtures/catalogs");
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.startsWith(`${id}-`)) continue;
    const body = await readCatalog(name.replace(/\.json$/, ""));
    rows.push(...page(body)?.rows ?? []);
  }
  return rows;
}

/** The provider, asked through a fetch that answers with these rows. */
async function request(
  provider: Provider,
  rows: readonly unknown[],
): Promise<Outcome> {
  const asked: ProviderRequest = {
    provider: { ...provider, page: () => ({ rows }) },
    base: new URL(provider.defaultBase),
    include: provider.include,
    localNames: [],
  };
  const [outcome] = await askProviders([asked], {
    timeoutMs: 10_000,
    signal: new AbortController().signal,
    fetch: () => Promise.resolve(Response.json({})),
    proxyFor: () => undefined,
    monotonicMs: () => 0,
  });
  assert(outcome);
  return outcome;
}

/** The file after a run in which this provider alone answered. */
async function fileAfter(
  provider: Provider,
  rows: readonly unknown[],
): Promise<string> {
  const outcome = await request(provider, rows);
  assert(outcome.kind === "answered", JSON.stringify(outcome));
  const rules = {
    include: ["*"],
    exclude: [],
    variants: ["latest", "alias"],
    keepRetired: false,
    limit: 8,
  };
  const plan = await planOf(MINE, [outcome], {
    ...settingsOf(),
    sources: [{ provider, rules, nameTemplate: "{id}" }],
    // Of models that tie, an alias follows the one that is listed first.
    aliases: [],
  });
  return textOf(plan.bytes);
}

/** The facts of one row under the id of another. */
function twin(facts: unknown, id: unknown): unknown {
  if (!isJsonObject(facts) || !isJsonObject(id)) return facts;
  const name = "id" in id ? "id" : "name";
  return { ...facts, [name]: id[name] };
}

for (const provider of PROVIDERS) {
  Deno.test(`${provider.id}'s rows, twins among them, give one block in any order`, async () => {
    const rows = await rowsOf(provider);
    assert(rows.length > 0, "no fixture");
    const at = fc.nat({ max: rows.length - 1 });
    const orders = fc.array(fc.tuple(at, at), { maxLength: 8 }).map((pairs) => [
      ...rows,
      ...pairs.map(([facts, id]) => twin(rows[facts], rows[id])),
    ]).chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
      )
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([all, shuffled]) => {
        const file = await fileAfter(provider, all);
        assertEquals(await fileAfter(provider, shuffled), file);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
}

const day = fc.constantFrom("2026-01-31", "2026-12-01", "2027-05-05");
const yes = fc.constant(true as const);
const model: fc.Arbitrary<Model> = fc.record({
  id: fc.constant("m"),
  createdAt: fc.nat(5),
  maxInputTokens: fc.nat(5),
  maxOutputTokens: fc.nat(5),
  supportsVision: yes,
  supportsFunctionCalling: yes,
  mode: fc.constant("responses" as const),
  price: fc.record({ input: fc.nat(5), output: fc.nat(5) }),
  variant: fc.constantFrom("latest", "alias"),
  endsOn: day,
  successor: fc.constantFrom("n", "o"),
  retired: yes,
}, { requiredKeys: ["id"] });

Deno.test("mergeRepeated() gives one model, whatever the order of any three", () => {
  fc.assert(fc.property(model, model, model, (a, b, c) => {
    const merged = mergeRepeated(mergeRepeated(a, b), c);
    assertEquals(mergeRepeated(c, mergeRepeated(b, a)), merged);
    assertEquals(mergeRepeated(mergeRepeated(a, c), b), merged);
    assertEquals(mergeRepeated(merged, a), merged);
  }));
});

Deno.test("mergeRepeated() promises only what both rows allow", () => {
  const one: Model = {
    id: "m",
    createdAt: 20,
    maxInputTokens: 1000,
    supportsVision: true,
    supportsFunctionCalling: true,
    variant: "alias",
    price: { input: 3, output: 1 },
  };
  const other: Model = {
    id: "m",
    createdAt: 10,
    maxInputTokens: 500,
    maxOutputTokens: 70,
    supportsVision: true,
    endsOn: "2026-12-01",
    retired: true,
    price: { input: 2, output: 4 },
  };
  assertEquals(mergeRepeated(one, other), {
    id: "m",
    createdAt: 10,
    maxInputTokens: 500,
    maxOutputTokens: 70,
    supportsVision: true,
    price: { input: 3, output: 4 },
    endsOn: "2026-12-01",
    retired: true,
  });
});

Deno.test("mergeRepeated() keeps how a model has to be called", () => {
  const model: Model = { id: "m", mode: "responses" };
  assertEquals(mergeRepeated(model, model), model);
});

Deno.test("mergeRepeated() names what follows at the end that it takes", () => {
  const one: Model = { id: "m", endsOn: "2026-12-01", successor: "o" };
  const other: Model = { id: "m", endsOn: "2027-05-05", successor: "n" };
  assertEquals(mergeRepeated(one, other), one);
  assertEquals(mergeRepeated({ id: "m", successor: "n" }, one), one);
});
