/**
 * The models of an earlier run, as far as its entries tell of them: what an alias
 * can move to while their provider gives no answer.
 *
 * @module
 */

import type { Entry } from "../block/entry.ts";
import type { PreviousBlock } from "../block/previous.ts";
import { factsOf } from "../block/read_entry.ts";
import { modelOf } from "../providers/common.ts";
import { withLifecycle } from "../providers/lifecycle.ts";
import type { Model } from "../providers/provider.ts";
import { matchesAny } from "../text/glob.ts";
import type { AliasRule } from "./aliases.ts";
import type { Source } from "./offer.ts";
import { type Selection, selectModels } from "./select.ts";

/** The model of an entry, if it is one of the provider's. */
export function earlierModel(
  { provider: { id, prefix } }: Source,
  entry: Entry,
): Model | undefined {
  if (!entry.model.startsWith(prefix)) return undefined;
  const { limits, endsOn, mode } = factsOf(entry) ?? {};
  const modelId = entry.model.slice(prefix.length);
  return withLifecycle(id, modelOf(modelId, { ...limits, endsOn, mode }));
}

/**
 * What the provider's section of an earlier run has for an alias, and today's
 * rules still want. Only entries that the alias may follow are parsed. No entry
 * says what its model costs: those of the section passed the rules of its run.
 */
export function earlierSelection(
  source: Source,
  { families }: AliasRule,
  previous: PreviousBlock,
  today: string,
): Selection {
  const { id, prefix } = source.provider;
  const globs = families.filter(({ provider }) => provider === id)
    .map(({ glob }) => prefix + glob);
  const models = earlierEntries(source, previous)
    .filter(({ model }) => matchesAny(globs, model))
    .flatMap((entry) => earlierModel(source, entry) ?? []);
  const rules = { ...source.rules, maxPrice: undefined, free: undefined };
  return selectModels(models, rules, today);
}

/**
 * The source with the key and the base that its entry of an earlier run has,
 * where the settings give none since it was not asked.
 */
export function earlierSource(
  source: Source,
  { id }: Model,
  previous: PreviousBlock,
): Source {
  const entry = earlierEntries(source, previous)
    .find(({ model }) => model === source.provider.prefix + id);
  const { keyVariable, apiBase } = entry && factsOf(entry) || {};
  return {
    ...(keyVariable !== undefined && { keyVariable }),
    ...(apiBase !== undefined && { apiBase }),
    ...source,
  };
}

function earlierEntries(
  { provider: { id } }: Source,
  { sections }: PreviousBlock,
): readonly Entry[] {
  return sections.get(id)?.entries ?? [];
}
