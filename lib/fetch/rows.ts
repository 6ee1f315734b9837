/**
 * The rows of a provider's answer as models: those that chat, once each, and how
 * many are something else.
 *
 * @module
 */

import { isLoopback } from "../providers/private_host.ts";
import type { Model, Provider } from "../providers/provider.ts";
import {
  isNameFromHere,
  isProxyList,
  type NameShape,
} from "../providers/proxy_list.ts";
import { mergeRepeated } from "../providers/repeated_model.ts";
import { field, isJsonObject, listField } from "../text/fields.ts";
import { matchesAny } from "../text/glob.ts";
import { FetchError, type Outcome } from "./outcome.ts";

/** Whose rows they are, and what is expected of them. */
export interface Listing {
  readonly provider: Provider;
  readonly base: URL;
  /** Globs that a plausible answer matches at least once. */
  readonly include: readonly string[];
  /** What the names of local servers look like, all of them. */
  readonly localNames: readonly NameShape[];
}

/** What an answer lists. */
export type List = Pick<
  Outcome & { readonly kind: "answered" },
  "models" | "rows" | "alsoListed" | "listing"
>;

/**
 * The rows without what this program may have put there itself: the list of a
 * proxy is no provider's, and that of another proxy may hold names from here.
 */
export function notOurs(
  { provider, base, localNames }: Listing,
  rows: readonly unknown[],
): readonly unknown[] {
  if (!isProxyList(rows)) return rows;
  if (provider.kind !== "local") {
    if (isLoopback(base.hostname)) throw new FetchError("proxy-list");
    return rows;
  }
  return rows.filter((row) =>
    !namesIn(row).some((id) => isNameFromHere(id, localNames))
  );
}

/** What the rows list. Throws {@linkcode FetchError} `no-models`. */
export function readRows(
  { provider, include }: Listing,
  rows: readonly unknown[],
): List {
  const models = new Map<string, Model>();
  const alsoListed = new Set<string>();
  const counts = {
    ineligible: 0,
    ambiguousMaker: 0,
    malformed: 0,
    repeated: 0,
    notForKey: 0,
  };
  for (const row of rows) {
    const reading = provider.read(row);
    for (const name of namesIn(row)) alsoListed.add(name);
    if (reading.kind !== "chat") {
      const isAmbiguous = reading.kind === "ambiguous-maker";
      counts[isAmbiguous ? "ambiguousMaker" : reading.kind]++;
      continue;
    }
    const { model } = reading;
    const previous = models.get(model.id);
    if (previous) counts.repeated++;
    models.set(model.id, previous ? mergeRepeated(previous, model) : model);
  }
  const found = [...models.values()];
  if (!found.some((model) => matchesAny(include, model.id))) {
    throw new FetchError("no-models");
  }
  const listed = rows.length;
  const read = { listed, ...counts };
  return { models: found, alsoListed, rows: read, listing: rows };
}

/**
 * What a row calls its model, first of all what a request does: providers
 * differ, and xAI's rows have aliases.
 */
export function namesIn(row: unknown): string[] {
  if (!isJsonObject(row)) return [];
  const names = [
    field(row, "serverlessEndpoint"),
    field(row, "id"),
    field(row, "name"),
    field(row, "canonical_slug"),
  ];
  return [...names, ...listField(row, "aliases")].filter((name) =>
    typeof name === "string"
  ).map((name) => name.replace(/^models\//, ""));
}
