/**
 * The models of an earlier run, as far as its entries tell of them: what an alias
 * can move to while their provider gives no answer.
 *
 * @module
 */

import type { Entry } from "../block/entry.ts";
import { factsOf } from "../block/read_entry.ts";
import type { PreviousBlock } from "../block/previous.ts";
import { withLifecycle } from "../providers/lifecycle.ts";
import { modelOf } from "../providers/common.ts";
import type { Model } from "../providers/provider.ts";
import type { Source } from "./offer.ts";
import type { Listed } from "./resolve_alias.ts";

/** The model of an entry, if it is one of the provider's. */
export function earlierModel(
  { provider: { id, prefix } }: Source,
  entry: Entry,
): Model | undefined {
  if (!entry.model.startsWith(prefix)) return undefined;
  const { limits, endsOn } = factsOf(entry) ?? {};
  const modelId = entry.model.slice(prefix.length);
  return withLifecycle(id, modelOf(modelId, { ...limits, endsOn }));
}

/** What the provider's section of an earlier run has. */
export function earlierList(
  source: Source,
  { sections }: PreviousBlock,
): Listed {
  const { entries = [] } = sections.get(source.provider.id) ?? {};
  const models = entries.flatMap((entry) => earlierModel(source, entry) ?? []);
  return { models, retired: [] };
}
