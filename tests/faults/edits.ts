/**
 * Lets an editor save just before each of the calls of a run, one after the
 * other, and so shows where between its first look and its end a run can lose
 * an edit: nowhere but between its last look and its rename. No system call of
 * every system does both at once, so that this instant is measured instead.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { inLanes } from "./lanes.ts";
import { prepareSituations, type Situation } from "./situations.ts";
import {
  EDITED,
  type FaultStage,
  type Files,
  setFaultStage,
  tell,
  TEMPORARY,
} from "./stage.ts";

const EDIT = "# saved at the worst moment\n";
const MEASUREMENTS = 20;

/** Finds the config by its name, or replaces it. */
const ASKS_FOR_IT = /^(?:(?:open|realpath|stat|link) \/config\.yaml$|rename )/;

/**
 * Calls of a first insertion: those that ask for the config, as any other finds
 * an edit in the place where the next of these does. In a long round every call
 * of every situation.
 */
export async function editsAtEachCall(long: boolean): Promise<void> {
  await using stage = await setFaultStage();
  const all = await prepareSituations(stage);
  for (const situation of long ? all : all.slice(0, 1)) {
    const { name } = situation;
    // The editor's file beside the config is one more to go through.
    await stage.reset(withEdit(situation));
    const { calls } = await stage.runWithFault({});
    const lost: string[] = [];
    const chosen = [...calls.keys()].filter((index) =>
      long || ASKS_FOR_IT.test(calls[index] ?? "") || index === calls.length - 1
    );
    await inLanes(chosen, async (own, index) => {
      const survives = await editBefore(own, situation, index + 1);
      if (!survives) lost.push(`${index + 1} (${calls[index]})`);
    });
    const instant = calls.findLastIndex((call) => call.startsWith("rename"));
    const allowed = `${instant + 1} (${calls[instant]})`;
    assert(lost.every((where) => where === allowed), lost.join(", "));
    tell(
      `  an edit just before ${chosen.length} of ${calls.length} calls: lost ` +
        `${lost.length}, between the last look and the rename; ${name}`,
    );
  }
  await measureInstant(stage, all[0]);
}

function withEdit({ before }: Situation): Files {
  const edited = `${before.get("config.yaml")}${EDIT}`;
  return new Map([...before, [EDITED, edited]]);
}

/** Whether the edit is there afterwards. */
async function editBefore(
  stage: FaultStage,
  situation: Situation,
  at: number,
): Promise<boolean> {
  const { reset, runWithFault, scene } = stage;
  await reset(withEdit(situation));
  const { code, stderr } = await runWithFault({ at, action: "edit" });
  assertEquals(code, 0, `${situation.name}, an edit before ${at}: ${stderr}`);
  const names = await scene.names();
  assert(!names.some((one) => TEMPORARY.test(one) || one === EDITED));
  const survives = (await scene.read()).includes(EDIT);
  const next = await scene.run();
  assertEquals(next.code, 0, next.stderr);
  assert((await scene.read()).includes("claude-fallback"));
  assertEquals((await scene.read()).includes(EDIT), survives);
  return survives;
}

async function measureInstant(
  { reset, runWithFault }: FaultStage,
  { before }: Situation,
): Promise<void> {
  const allUs: number[] = [];
  for (let n = 0; n < MEASUREMENTS; n++) {
    await reset(before);
    const { calls, timesUs } = await runWithFault({});
    const at = calls.findLastIndex((call) => call.startsWith("rename"));
    allUs.push((timesUs[at] ?? NaN) - (timesUs[at - 1] ?? NaN));
  }
  allUs.sort((left, right) => left - right);
  tell(
    `  from the last look to the rename, ${MEASUREMENTS} times: at least ` +
      `${allUs[0]} µs, usually ${allUs[MEASUREMENTS / 2]} µs, at most ` +
      `${allUs.at(-1)} µs`,
  );
}
