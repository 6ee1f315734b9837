/**
 * Kills the program at every file-system call that it makes in the config's
 * folder, and in the middle of every write. After each, the folder must be
 * whole, and the next run must do its work.
 *
 * @module
 */

import { assertEquals } from "../support/assert.ts";
import { judgeKill, startCount, told } from "./aftermath.ts";
import { inLanes } from "./lanes.ts";
import { killAtRandom } from "./random_kills.ts";
import {
  prepareInPlace,
  prepareSituations,
  prepareUndo,
  type Situation,
} from "./situations.ts";
import { type FaultStage, type Round, setFaultStage, tell } from "./stage.ts";

/** What leaves another disk behind: a kill elsewhere finds it as the next does. */
const LEAVES_ANOTHER =
  /^(?:open \/\.|write |truncate |chmod |link |unlink |rename )/;

/** Every call, then random moments. */
export async function crashes(round: Round): Promise<void> {
  await using stage = await setFaultStage();
  const renaming = await prepareSituations(stage);
  const situations = [
    ...renaming,
    ...await prepareInPlace(stage, renaming),
    ...await prepareUndo(stage, renaming),
  ];
  for (const situation of situations) await killAtEach(situation, round);
  // Every state that a kill can leave behind has been there by then.
  const inShort = situations.filter(({ name }) => name.startsWith("first "));
  for (const situation of round.long ? situations : inShort) {
    await killAtRandom(stage, situation, round);
  }
}

/** One kill: in front of a call, or in the middle of a write. */
interface Kill {
  readonly at: number;
  readonly action: "kill" | "half";
}

async function killAtEach(
  situation: Situation,
  { long }: Round,
): Promise<void> {
  const count = startCount();
  const { calls, name } = situation;
  const isChosen = (call: string, index: number): boolean =>
    long || LEAVES_ANOTHER.test(call) || index === calls.length - 1;
  const kills = calls.flatMap((call, index): Kill[] => {
    const at = index + 1;
    if (!isChosen(call, index)) return [];
    const kill = { at, action: "kill" } as const;
    return call.startsWith("write ") ? [kill, { at, action: "half" }] : [kill];
  });
  await inLanes(kills, async (stage, kill) => {
    const where = await killAt(stage, situation, kill);
    await judgeKill(stage, situation, where, count);
  });
  const chosen = calls.filter(isChosen).length;
  const place = `${chosen} of ${calls.length} calls and in each write`;
  tell(`  at ${place}, ${told(count)}; ${name}`);
}

/** Kills the program; returns the place in words. */
async function killAt(
  stage: FaultStage,
  { args, before, calls, name }: Situation,
  kill: Kill,
): Promise<string> {
  const { at, action } = kill;
  const where = `${name}, ${action} at ${at} of ${calls.length} ` +
    `(${calls[at - 1]})`;
  await stage.reset(before);
  const { code, stderr } = await stage.runWithFault(kill, ...args);
  assertEquals(code, 137, `${where}: not killed: ${stderr}`);
  return where;
}
