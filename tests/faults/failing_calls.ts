/**
 * Makes one file-system call after the other fail, in every way that a system
 * knows. The run then either says so and leaves the old file, or did its work
 * all the same; there is nothing between.
 *
 * @module
 */

import { assert, assertEquals } from "../assert.ts";
import { prepareSituations, type Situation, stateOf } from "./situations.ts";
import {
  type FaultStage,
  type Round,
  setFaultStage,
  tell,
  TEMPORARY,
} from "./stage.ts";

/** The numbers of Linux. */
const ERRORS = {
  EIO: 5,
  EACCES: 13,
  EMFILE: 24,
  ENOSPC: 28,
  EROFS: 30,
} as const;

/** Calls that change something; the others' turn comes in a long round. */
const CHANGES = /^(open \/\.|write|fsync|chmod|link|unlink|rename)/;

/** Every call of every situation, and writes that write less than asked. */
export async function failingCalls({ long }: Round): Promise<void> {
  await using stage = await setFaultStage();
  const all = await prepareSituations(stage);
  for (const situation of long ? all : all.slice(0, 1)) {
    const ends = { done: 0, refused: 0 };
    for (const [index, call] of situation.calls.entries()) {
      const names = long || CHANGES.test(call) ? Object.entries(ERRORS) : [];
      for (const [name, number] of names) {
        const where = `${name} from call ${index + 1} (${call})`;
        ends[await failAt(stage, situation, index + 1, `${number}`, where)]++;
      }
      if (!call.startsWith("write ")) continue;
      const where = `a short write at ${index + 1}`;
      const end = await failAt(stage, situation, index + 1, "short", where);
      assertEquals(end, "done", where);
      ends.done++;
    }
    tell(
      `  ${ends.done + ends.refused} calls failed: ${ends.refused} times ` +
        `exit 3 with the old file whole, ${ends.done} times done all the ` +
        `same, damaged 0; ${situation.name}`,
    );
  }
}

async function failAt(
  stage: FaultStage,
  situation: Situation,
  at: number,
  action: string,
  where: string,
): Promise<"done" | "refused"> {
  try {
    await stage.reset(situation.before);
    const { code, stderr, calls } = await stage.runWithFault({ at, action });
    assert(calls.length >= at, "the call did not happen");
    const files = await stage.files();
    const state = stateOf(situation, files);
    assert(code === 0 || code === 3, `exit ${code}: ${stderr}`);
    assertEquals(state, code === 0 ? "new" : "old", stderr);
    if (code === 3) assert(/^error: c/m.test(stderr), stderr);
    const temporaries = [...files.keys()].filter((key) => TEMPORARY.test(key));
    const mayStay = calls[at - 1]?.startsWith("unlink") ? 1 : 0;
    assert(temporaries.length <= mayStay, temporaries.join(" "));
    const next = await stage.scene.run();
    assertEquals(next.code, 0, next.stderr);
    return code === 0 ? "done" : "refused";
  } catch (error) {
    throw new Error(`${situation.name}: ${where}`, { cause: error });
  }
}
