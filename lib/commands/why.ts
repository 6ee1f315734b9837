/**
 * `--why`: where a name comes from, or why it is not in the block.
 *
 * @module
 */

import { UsageError } from "../errors.ts";
import type { RunContext } from "./context.ts";
import type { RunInputs } from "./inputs.ts";
import type { Requests } from "./requests.ts";

/** Says it; returns 5 if the name is not in the block. */
export function why(
  _: RunContext,
  __: RunInputs,
  ___: Requests,
  ____: string,
): Promise<number> {
  throw new UsageError("--why: not available yet");
}
