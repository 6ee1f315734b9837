/**
 * `--undo`: puts the config back as it was before the last run.
 *
 * @module
 */

import { UsageError } from "../errors.ts";
import type { RunReport } from "../report/report.ts";
import type { RunContext } from "./context.ts";
import type { RunInputs } from "./inputs.ts";

/** Restores the backup; returns what was reported of that. */
export function undo(_: RunContext, __: RunInputs): Promise<RunReport> {
  throw new UsageError("--undo: not available yet");
}
