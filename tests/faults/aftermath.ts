/**
 * What must hold after a kill: the folder is whole, the next run does its work,
 * and a run ten minutes later takes away what the crash left.
 *
 * @module
 */

import { assert, assertEquals } from "../assert.ts";
import { type Situation, stateOf } from "./situations.ts";
import { ageTemporaries, type FaultStage, TEMPORARY } from "./stage.ts";

/** What came of the kills. */
export interface Count {
  killed: number;
  old: number;
  new: number;
  temporaries: number;
}

/** Nothing counted yet. */
export function startCount(): Count {
  return { killed: 0, old: 0, new: 0, temporaries: 0 };
}

/** The count in words. Damage does not get this far: it fails the round. */
export function told(count: Count): string {
  return `killed ${count.killed} times, config old ${count.old}, new ` +
    `${count.new}, damaged 0, temporaries left and removed ${count.temporaries}`;
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
    count[stateOf(situation, await stage.files())]++;
    const next = await scene.run();
    assertEquals(next.code, 0, next.stderr);
    assertEquals(stateOf(situation, await stage.files()), "new");
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
