/**
 * What a run will write: the new bytes, checked, and the facts for the report.
 * Pure: the same config and the same answers give the same bytes.
 *
 * @module
 */

import { buildCatalog, type Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config/config.ts";
import type { PreviousBlock } from "../block/previous.ts";
import { type Offer, offersOf } from "../catalog/offer.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { renderSections } from "../block/format.ts";
import type { Settings } from "../settings/settings.ts";
import { headerLine, removeBlock, replaceBlock } from "../block/splice.ts";
import { verify, verifyRemoval } from "../config/verify.ts";
import { equalBytes } from "../yaml/bytes.ts";

/** A change to a config, not yet written. */
export interface Plan {
  readonly config: Config;
  readonly bytes: Uint8Array;
  /** Absent when the block is removed. */
  readonly catalog?: Catalog;
  /** The block as it was, from which names came and went. */
  readonly previous: PreviousBlock;
}

/**
 * Plans the refreshed block. `previous` is the block whose sections stay for
 * providers that did not answer: the config's own, or that of an `--output` file.
 * `offers` are those of the outcomes. Throws {@linkcode ConfigError} where the
 * result would not mean what it should.
 */
export async function planRefresh(
  config: Config,
  previous: PreviousBlock,
  settings: Settings,
  outcomes: readonly Outcome[],
  offers: readonly Offer[] = offersOf(
    outcomes,
    settings.sources,
    config.userEntries,
    settings.today,
  ),
): Promise<Plan> {
  const { userEntries } = config;
  const catalog = buildCatalog({ ...settings, offers, previous, userEntries });
  const header = headerLine(config.region.added, config.region.instead);
  const lines = [header, ...await renderSections(catalog.sections)];
  // Where every provider is off, nobody needs a block to begin with.
  const isNeeded = settings.sources.length > 0 ||
    config.region.kind === "existing";
  const bytes = isNeeded
    ? replaceBlock(config.bytes, config.region, lines)
    : config.bytes;
  const plan = { config, bytes, catalog, previous };
  // The very same file needs no proof that it means the same.
  if (isUnchanged(plan, config.asRead.bytes)) return plan;
  const entries = catalog.sections.flatMap((section) => section.entries);
  verify(bytes, config, entries);
  return plan;
}

/**
 * Plans to remove the block, with what it had added outside its markers.
 * Throws {@linkcode ConfigError} where the rest would not mean what it did.
 */
export function planRemoval(config: Config): Plan {
  const bytes = removeBlock(config.bytes, config.region);
  const plan = { config, bytes, previous: config.previous };
  if (!isUnchanged(plan, config.asRead.bytes)) verifyRemoval(bytes, config);
  return plan;
}

/** Whether the plan would leave the file, as it was read, as it is. */
export function isUnchanged(
  { bytes }: Pick<Plan, "bytes">,
  before: Uint8Array,
): boolean {
  return equalBytes(bytes, before);
}
