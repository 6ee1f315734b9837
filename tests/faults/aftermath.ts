/**
 * What must hold after a kill: the folder is whole, the next run does its work,
 * and a run ten minutes later takes away what the crash left.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { isUndo, type Situation, type State, stateOf } from "./situations.ts";
import { ageTemporaries, type FaultStage, TEMPORARY } from "./stage.ts";

/** What came of the kills. */
export interface Count {
  killed: number;
  old: number;
  new: number;
  "cut off": number;
  temporaries: number;
}

/** Nothing counted yet. */
export function startCount(): Count {
  return { killed: 0, old: 0, new: 0, "cut off": 0, temporaries: 0 };
}

/** The count in words. Damage does not get this far: it fails the round. */
export function told(count: Count): string {
  const cutOff = count["cut off"] === 0
    ? ""
    : `cut off, refused and backed up whole ${count["cut off"]}, `;
  return `killed ${count.killed} times, config old ${count.old}, new ` +
    `${count.new}, ${cutOff}damaged 0, temporaries left and removed ${count.temporaries}`;
}

/** Counts one kill, or throws with its place in words. */
export async function judgeKill(
  stage: FaultStage,
  situation: Situation,
  where: string,
  count: Count,
): Promise<void> {
  const { scene } = stage;
  try {
    count.killed++;
    count[await goOn(stage, situation)]++;
    const left = await ageTemporaries(stage);
    if (left === 0) return;
    count.temporaries += left;
    const later = await scene.run();
    assertEquals(later.code, 0, later.stderr);
    const names = await scene.names();
    assert(!names.some((name) => TEMPORARY.test(name)), names.join(" "));
  } catch (error) {
    throw new Error(`After a kill: ${where}`, { cause: error });
  }
}

/**
 * The next run does its work, whatever the folder holds; returns what it held.
 * A config that is cut off is refused first, and its owner copies the backup
 * over it.
 */
export async function goOn(
  { scene, files }: FaultStage,
  situation: Situation,
): Promise<State> {
  const state = stateOf(situation, await files());
  if (state === "cut off") {
    const refused = await scene.run(...situation.args);
    assertEquals(refused.code, 3, refused.stderr);
    assert(refused.stderr.includes(".bak"), refused.stderr);
    assertEquals(stateOf(situation, await files()), "cut off");
    await scene.write(await scene.read("config.yaml.bak"));
  }
  // What is undone already would be done again.
  if (isUndo(situation) && state === "new") return state;
  const next = await scene.run(...situation.args);
  assertEquals(next.code, 0, next.stderr);
  assertEquals(stateOf(situation, await files()), "new");
  return state;
}
