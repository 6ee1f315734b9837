/**
 * What can happen while a run waits for answers: its config is refused, somebody
 * changes it, or a signal comes.
 *
 * @module
 */

import { editsMeanwhile } from "./edits_meanwhile.ts";
import { refusedMeanwhile } from "./refused_meanwhile.ts";
import { signalsMeanwhile } from "./signals_meanwhile.ts";
import type { Round } from "./stage.ts";

/** The three, one after the other. */
export async function meanwhile(round: Round): Promise<void> {
  await refusedMeanwhile(round);
  await editsMeanwhile(round);
  await signalsMeanwhile(round);
}
