/**
 * Makes one file-system call after the other fail, in every way that a system
 * knows. The run then either says so and leaves the old file, or did its work
 * all the same; there is nothing between.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { goOn } from "./aftermath.ts";
import { inLanes } from "./lanes.ts";
import {
  CHANGES,
  prepareInPlace,
  prepareSituations,
  type Situation,
  stateOf,
} from "./situations.ts";
import {
  type Fault,
  type FaultStage,
  type Round,
  setFaultStage,
  tell,
  TEMPORARY,
} from "./stage.ts";

/** The numbers of Linux, and what a user must be told. */
const ERRORS = {
  EIO: [5, "input/output error"],
  EACCES: [13, "permission denied"],
  EMFILE: [24, "too many open files"],
  ENOSPC: [28, "no space left"],
  EROFS: [30, "read-only"],
} as const;

/** Without these the new file may not be whole, or not be what was wanted. */
const NEEDED =
  /^(?:open \/\.|write \/|fsync \/|truncate \/|chmod \/|rename \/)/;

/** How many of the errors a call gives in a short round; the next gives others. */
const IN_TURN = 2;

interface Try extends Fault {
  readonly at: number;
  readonly name: string;
  /** What is to be said if the run is refused. */
  readonly says: string;
}

/**
 * Every call of every situation, and writes that write less than asked. In a
 * short round a call that changes something, with some of the errors in turn.
 */
export async function failingCalls({ long }: Round): Promise<void> {
  const situations = await findSituations();
  for (const situation of situations) {
    const { args } = situation;
    const isShort = situation === situations[0] || args.includes("--remove");
    if (!long && !isShort) continue;
    const { calls, name } = situation;
    const isChosen = (call: string): boolean => long || CHANGES.test(call);
    const tries = calls.flatMap((call, index) =>
      isChosen(call) ? triesAt(index + 1, call, long) : []
    );
    const ends = { done: 0, refused: 0, lost: 0 };
    await inLanes(tries, async (stage, one) => {
      ends[await failAt(stage, situation, one)]++;
    });
    tell(
      `  at ${calls.filter(isChosen).length} of ${calls.length} calls ` +
        `failed ${tries.length} times: ${ends.refused} times exit 3 (2 for the settings) with ` +
        `the old file whole, ${ends.done} times done all the same, ` +
        (ends.lost === 0
          ? ""
          : `${ends.lost} times, when all later calls failed too, exit 3 ` +
            "with the backup whole beside a file that was not put back, ") +
        `damaged 0; ${name}`,
    );
  }
}

async function findSituations(): Promise<readonly Situation[]> {
  await using stage = await setFaultStage();
  const situations = await prepareSituations(stage);
  return [...situations, ...await prepareInPlace(stage, situations)];
}

/** Each error once, and one that stays for all calls after it too. */
function triesAt(at: number, call: string, long: boolean): Try[] {
  const all = Object.entries(ERRORS);
  const tried = all.filter((_, n) => long || (at + n) % all.length < IN_TURN);
  const once = tried.map(([name, [number, says]]) => (
    { at, action: `${number}`, says, name: `${name} from call ${at} (${call})` }
  ));
  const { EIO: [number, says] } = ERRORS;
  const name = `EIO from call ${at} (${call}) and all after it`;
  const stays = { at, action: `${number}`, says, name, stays: true };
  const short = { at, action: "short", says: "", name: `short write at ${at}` };
  return [...once, stays, ...(call.startsWith("write ") ? [short] : [])];
}

async function failAt(
  stage: FaultStage,
  situation: Situation,
  { at, name, says, ...fault }: Try,
): Promise<"done" | "refused" | "lost"> {
  try {
    await stage.reset(situation.before);
    const { args, before } = situation;
    const old = before.get("config.yaml");
    const result = await stage.runWithFault({ at, ...fault }, ...args);
    const { code, stderr, calls } = result;
    assert(calls.length >= at, "the call did not happen");
    const files = await stage.files();
    const state = stateOf(situation, files);
    const shown = stderr.replace(/\s+/g, " ");
    const isAboutSettings = code === 2 && shown.includes('error: settings "');
    assert(
      code === 0 || code === 3 || isAboutSettings,
      `exit ${code}: ${stderr}`,
    );
    // In place it cannot put back what it is not let write, nor look at it.
    const isLost = fault.stays === true && shown.includes("may be incomplete");
    if (isLost) assert(args.includes("--in-place") && code === 3, stderr);
    else assertEquals(state, code === 0 ? "new" : "old", stderr);
    if (code === 3) assert(/error: c/.test(shown) && shown.includes(says));
    if (fault.action === "short") assertEquals(code, 0, stderr);
    else if (NEEDED.test(calls[at - 1] ?? "")) assertEquals(code, 3, stderr);
    const temporaries = [...files.keys()].filter((key) => TEMPORARY.test(key));
    // It cannot take away what it is not let.
    const mayStay = fault.stays
      ? 2
      : calls[at - 1]?.startsWith("unlink")
      ? 1
      : 0;
    assert(temporaries.length <= mayStay, temporaries.join(" "));
    if (isLost) assertEquals(files.get("config.yaml.bak"), old, stderr);
    await goOn(stage, situation);
    return isLost ? "lost" : code === 0 ? "done" : "refused";
  } catch (error) {
    throw new Error(`${situation.name}: ${name}`, { cause: error });
  }
}
