/**
 * What advice on a run is made from.
 *
 * @module
 */

import type { PreviousBlock } from "../block/previous.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config/config.ts";
import type { Lines } from "../config/lines.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { isDying } from "../providers/lifecycle.ts";
import type { Model } from "../providers/provider.ts";
import type { Settings } from "../settings/settings.ts";
import { nearestIds } from "../text/suggest_several.ts";
import type { Warning } from "../warning.ts";

/** All that is known when the catalog is built. */
export interface AdviceInput {
  readonly config: Config;
  readonly lines: Lines;
  readonly settings: Settings;
  readonly previous: PreviousBlock;
  readonly catalog: Catalog;
  readonly outcomes: readonly Outcome[];
  /** The file that keeps a block that was edited by hand, if one was written. */
  readonly editedCopy?: string | undefined;
}

/**
 * Names the models that come nearest to an id, or to a glob, without a match: none
 * that ends soon.
 */
export function closestIds(
  wanted: string,
  models: readonly Model[],
  today: string,
): Pick<Warning, "hint"> {
  const lasting = models.filter((model) => !isDying(model, today));
  const near = nearestIds(wanted, lasting.map(({ id }) => id), 3);
  return near.length > 0 ? { hint: `closest ids: ${near.join(", ")}` } : {};
}
