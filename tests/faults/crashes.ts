/**
 * Kills the program at every file-system call that it makes in the config's
 * folder, in the middle of every write, and at random moments. After each, the
 * folder must be whole, and the next run must do its work.
 *
 * @module
 */

import { assert, assertEquals } from "../assert.ts";
import { spawnProgram } from "../process/program.ts";
import { prepareSituations, type Situation, stateOf } from "./situations.ts";
import {
  ageTemporaries,
  type FaultStage,
  randomNumbers,
  type Round,
  setFaultStage,
  tell,
  TEMPORARY,
} from "./stage.ts";

/** What came of the kills. */
interface Count {
  killed: number;
  old: number;
  new: number;
  temporaries: number;
}

/** Every call, then random moments. */
export async function crashes(round: Round): Promise<void> {
  await using stage = await setFaultStage();
  const all = await prepareSituations(stage);
  // A plain refresh makes no call that the other two do not make.
  const situations = round.long
    ? all
    : all.filter(({ name }) => name !== "refresh");
  for (const situation of situations) {
    const count: Count = { killed: 0, old: 0, new: 0, temporaries: 0 };
    for (const at of situation.calls.keys()) {
      await killAt(stage, situation, at + 1, "kill", count);
      if (situation.calls[at]?.startsWith("write ")) {
        await killAt(stage, situation, at + 1, "half", count);
      }
    }
    tell(
      `  at each of ${situation.calls.length} calls, ${
        told(count)
      }; ${situation.name}`,
    );
  }
  for (const situation of situations) {
    await killAtRandom(stage, situation, round);
  }
}

function told(count: Count): string {
  return `killed ${count.killed} times, config old ${count.old}, new ` +
    `${count.new}, damaged 0, temporaries left and removed ${count.temporaries}`;
}

async function killAt(
  stage: FaultStage,
  situation: Situation,
  at: number,
  action: "kill" | "half",
  count: Count,
): Promise<void> {
  await stage.reset(situation.before);
  const { code, stderr } = await stage.runWithFault({ at, action });
  const where = `${situation.name}, ${action} at ${at} of ` +
    `${situation.calls.length} (${situation.calls[at - 1]})`;
  assertEquals(code, 137, `${where}: not killed: ${stderr}`);
  await judge(stage, situation, where, count);
}

/** The folder is whole, the next run works, a later one tidies up. */
async function judge(
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

/** From before the program is loaded to after its end. */
async function killAtRandom(
  stage: FaultStage,
  situation: Situation,
  { long, seed }: Round,
): Promise<void> {
  const random = randomNumbers(seed);
  const count: Count = { killed: 0, old: 0, new: 0, temporaries: 0 };
  const usualMs = await timeOf(stage, situation);
  let ended = 0;
  const tries = long ? 334 : 25;
  for (let n = 0; n < tries; n++) {
    await stage.reset(situation.before);
    const { env } = stage.scene;
    const child = spawnProgram(["--config", stage.scene.config], { env });
    const afterMs = random() * usualMs * 1.2;
    const timer = setTimeout(() => {
      try {
        child.kill("SIGKILL");
      } catch {
        // It had ended by itself.
      }
    }, afterMs);
    const { signal } = await child.output();
    clearTimeout(timer);
    if (signal !== "SIGKILL") {
      ended++;
      continue;
    }
    const where = `${situation.name}, after ${afterMs} ms of ${usualMs}`;
    await judge(stage, situation, where, count);
  }
  tell(
    `  at ${tries} random moments (${ended} runs had ended before), ${
      told(count)
    }; ${situation.name}`,
  );
}

async function timeOf(
  stage: FaultStage,
  { before }: Situation,
): Promise<number> {
  await stage.reset(before);
  const start = performance.now();
  await stage.scene.run();
  return performance.now() - start;
}
