/**
 * What advice is made of, and what it is before its line is known. Types only.
 *
 * @module
 */

import type { Catalog } from "../catalog.ts";
import type { Config } from "../config.ts";
import type { EarlierBlock } from "../earlier.ts";
import type { Outcome } from "../outcome.ts";
import type { Warning } from "../run_report.ts";
import type { Settings } from "../settings.ts";
import type { ReadAs } from "./encoding.ts";
import type { Path } from "../yaml/places.ts";

/** What is known whether a catalog could be built or not. */
export interface StandingFacts {
  readonly config: Config;
  /** The config as its owner finds it after the run: what lines are counted in. */
  readonly bytes: Uint8Array;
  readonly settings: Settings;
  readonly readAs: ReadAs;
}

/** All that is known when the catalog is built. */
export interface AdviceFacts extends StandingFacts {
  readonly earlier: EarlierBlock;
  readonly catalog: Catalog;
  readonly outcomes: readonly Outcome[];
}

/** A warning about a hand-written part; the path becomes a file and a line. */
export interface Finding extends Omit<Warning, "line" | "file"> {
  readonly path: Path;
}
