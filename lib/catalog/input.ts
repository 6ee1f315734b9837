/**
 * Everything that the content of the block is made from.
 *
 * @module
 */

import type { PreviousBlock } from "../block/previous.ts";
import type { UserEntries } from "../config/user_entries.ts";
import type { AliasRule } from "./aliases.ts";
import type { Offer, Source } from "./offer.ts";
import type { ProxyLoop } from "./proxy_loop.ts";

/** What the settings of a run say of the catalog. */
export interface CatalogSettings {
  /** In the order of the sections. */
  readonly sources: readonly Source[];
  /** Disabled providers, whose sections are removed. */
  readonly off: ReadonlySet<string>;
  /** Providers for which LiteLLM would call itself if an entry has no base. */
  readonly proxyLoops: readonly ProxyLoop[];
  /** The aliases that the user decides on, `false` included. */
  readonly ownAliases: ReadonlySet<string>;
  /** Whether names are written even if wildcards of the user answer them. */
  readonly overWildcards: boolean;
  readonly aliases: readonly AliasRule[];
  /** Whether aliases of other makers get a second name that Claude Code shows. */
  readonly claudeCodeNames: boolean;
  /** The day as `YYYY-MM-DD`: an alias leaves a model that ends soon. */
  readonly today: string;
}

/** Everything that a catalog is made from. */
export interface CatalogInput extends CatalogSettings {
  /** Of those that answered. */
  readonly offers: readonly Offer[];
  readonly previous: PreviousBlock;
  readonly userEntries: UserEntries;
}
