/**
 * Many tries of which each waits most of its time: a few at once, each with a
 * folder and stand-ins of its own.
 *
 * @module
 */

import { type FaultStage, setFaultStage } from "./stage.ts";

const LANES = 3;

/** Does `work` for every item, in no certain order; the first error ends it. */
export async function inLanes<T>(
  items: readonly T[],
  work: (stage: FaultStage, item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  await Promise.all(Array.from({ length: LANES }, async () => {
    await using stage = await setFaultStage();
    for (const item of rest) await work(stage, item);
  }));
}
