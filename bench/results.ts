/**
 * All that a bench run measures. Types only.
 *
 * @module
 */

import type { Row } from "./overhead.ts";
import type { Growth } from "./scale.ts";
import type { HangingResult } from "./small.ts";
import type { Breakdown } from "./stages.ts";

/** Everything that was measured, and where. */
export interface Results {
  readonly kind: "compiled" | "source";
  readonly runs: number;
  readonly scaleRuns: number;
  /** Load of the machine (one minute) before and after. */
  readonly loads: readonly [number, number];
  readonly machine: string;
  readonly date: string;
  readonly overhead: readonly Row[];
  /** `--version` by the empty program, round by round. */
  readonly version: readonly number[];
  readonly hanging: HangingResult;
  readonly stages: {
    readonly updated: Breakdown;
    readonly unchanged: Breakdown;
  };
  readonly lines: Growth;
  readonly rows: Growth;
  readonly wanted: Growth;
}
