/**
 * What advice is made of, and what it is before its line is known. Types only.
 *
 * @module
 */

import type { Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config/config.ts";
import type { PreviousBlock } from "../block/previous.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Warning } from "../warning.ts";
import type { Settings } from "../settings/settings.ts";
import type { ReadAs } from "./encoding.ts";
import type { Path } from "../yaml/positions.ts";

/** What is known whether a catalog could be built or not. */
export interface StandingInput {
  readonly config: Config;
  /** The config as its owner finds it after the run: what lines are counted in. */
  readonly bytes: Uint8Array;
  readonly settings: Settings;
  readonly readAs: ReadAs;
}

/** All that is known when the catalog is built. */
export interface AdviceInput extends StandingInput {
  readonly previous: PreviousBlock;
  readonly catalog: Catalog;
  readonly outcomes: readonly Outcome[];
}

/** A warning about a hand-written part; the path becomes a file and a line. */
export interface Finding extends Omit<Warning, "line" | "file"> {
  readonly path: Path;
}
