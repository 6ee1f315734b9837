/**
 * What a provider's own rules make of rows: recorded, documented or made up.
 *
 * @module
 */

import type { Model, Provider, Reading } from "../../lib/providers/provider.ts";
import { withLifecycle } from "../../lib/providers/lifecycle.ts";
import { selectModels } from "../../lib/catalog/select.ts";
import { assert } from "./assert.ts";
import { readCatalog } from "./stand_in_providers.ts";

/** The chat models of fixtures of which every row is known, in their order. */
export async function chatModels(
  provider: Provider,
  ...fixtures: readonly string[]
): Promise<Model[]> {
  const rows = await rowsIn(provider, ...fixtures);
  for (const row of rows) {
    const kind = kindOf(provider, row);
    assert(kind === "chat" || kind === "ineligible", JSON.stringify(row));
  }
  return chatModelsIn(provider, rows);
}

/** What a run without any setting takes of them on a day. */
export function byDefault(
  provider: Provider,
  models: readonly Model[],
  today: string,
): string[] {
  const include = provider.include;
  const rules = { include, exclude: [], variants: [], keepRetired: false };
  const known = models.map((model) => withLifecycle(provider.id, model));
  return selectModels(known, rules, today).models.map(({ id }) => id)
    .toSorted();
}

/** What a row turned out to be. */
export function kindOf(provider: Provider, row: unknown): Reading["kind"] {
  return provider.read(row).kind;
}

/** The model that a row became. */
export function modelOf(provider: Provider, row: unknown): Model {
  const reading = provider.read(row);
  assert(reading.kind === "chat", `read as ${reading.kind}`);
  return reading.model;
}

/** The rows of fixtures, those of all pages. */
export async function rowsIn(
  provider: Provider,
  ...fixtures: readonly string[]
): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for (const fixture of fixtures) {
    const page = provider.page(await readCatalog(fixture));
    assert(page, `"${fixture}" is no page of ${provider.id}`);
    rows.push(...page.rows);
  }
  return rows;
}

/** The chat models among the rows, in their order. */
export function chatModelsIn(
  provider: Provider,
  rows: readonly unknown[],
): Model[] {
  return rows.flatMap((row) => {
    const reading = provider.read(row);
    return reading.kind === "chat" ? [reading.model] : [];
  });
}
