/**
 * Sends signals at random moments of a whole `--start`: from the start of the
 * program until LiteLLM, which a script stands in for, has run for a while.
 * None may be lost: either LiteLLM is not started, or it gets the signal.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { inLanes } from "./lanes.ts";
import { Attempt, type Ended, type Way } from "./signalled_run.ts";
import { prepareSituations, type Situation, stateOf } from "./situations.ts";
import {
  type FaultStage,
  randomNumbers,
  type Round,
  setFaultStage,
  tell,
  TEMPORARY,
} from "./stage.ts";

const TRIES = { long: 500, short: 28 } as const;

const WAYS: readonly [Way, ...Way[]] = [
  { name: "TERM", code: 143 },
  { name: "INT", code: 130, from: "terminal" },
  { name: "HUP", code: 129 },
  { name: "INT", code: 130 },
  { name: "QUIT", code: 131 },
  { name: "TERM", code: 143, isLocked: true },
  { name: "INT", code: 130, from: "terminal", isLocked: true },
];

/** One signal, and its moment as a share of what is possible. */
interface Try {
  readonly way: Way;
  readonly where: "anywhere" | "near the hand-off" | "while LiteLLM runs";
  readonly share: number;
}

/** What came of the signals; one that is lost fails the round. */
interface Count {
  "before the program listened": number;
  "LiteLLM not started": number;
  "LiteLLM ended while it started": number;
  "LiteLLM got it": number;
  old: number;
  new: number;
}

/** All ways in turn, at moments that the seed decides. */
export async function signals({ long, seed }: Round): Promise<void> {
  const situation = await prepare();
  const random = randomNumbers(seed);
  const tries = Array.from(
    { length: long ? TRIES.long : TRIES.short },
    (_, n): Try => ({
      way: WAYS[n % WAYS.length] ?? WAYS[0],
      where: PLACES[n % PLACES.length] ?? "anywhere",
      share: random(),
    }),
  );
  const count: Count = {
    "before the program listened": 0,
    "LiteLLM not started": 0,
    "LiteLLM ended while it started": 0,
    "LiteLLM got it": 0,
    old: 0,
    new: 0,
  };
  const usual = new Map<FaultStage, number>();
  await inLanes(tries, async (stage, one) => {
    const usualMs = usual.get(stage) ?? await untilStartedMs(stage, situation);
    usual.set(stage, usualMs);
    await tryOne(stage, situation, { ...one, usualMs }, count);
  });
  const { old, new: fresh, ...ends } = count;
  const told = Object.entries(ends).map(([what, n]) => `${what} ${n}`);
  tell(
    `  ${tries.length} signals: ${
      told.join(", ")
    }; lost 0, processes left 0; ` +
      `config old ${old}, new ${fresh}, damaged 0`,
  );
}

const PLACES = ["anywhere", "near the hand-off", "while LiteLLM runs"] as const;

async function prepare(): Promise<Situation> {
  await using stage = await setFaultStage();
  return (await prepareSituations(stage))[0];
}

/** How long the program takes until LiteLLM runs: the shortest of three. */
async function untilStartedMs(
  stage: FaultStage,
  { before }: Situation,
): Promise<number> {
  const allMs: number[] = [];
  for (let n = 0; n < 3; n++) {
    await stage.reset(before);
    await using attempt = await Attempt.start(stage.scene, WAYS[0]);
    const begin = performance.now();
    await attempt.litellmStarted();
    allMs.push(performance.now() - begin);
    await attempt.signal();
    await attempt.ended();
  }
  return Math.min(...allMs);
}

async function tryOne(
  stage: FaultStage,
  situation: Situation,
  { way, where, share, usualMs }: Try & { readonly usualMs: number },
  count: Count,
): Promise<void> {
  await stage.reset(situation.before);
  await using attempt = await Attempt.start(stage.scene, way);
  const from = where === "near the hand-off" ? 0.6 : 0;
  let afterMs = (from + share * (1.2 - from)) * usualMs;
  if (where === "while LiteLLM runs") {
    // Behind a lock it is not to be started at all.
    if (!way.isLocked) await attempt.litellmStarted();
    afterMs = share * 1500;
  }
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  await attempt.signal();
  const ended = await attempt.ended();
  try {
    count[endOf(way, ended)]++;
    const files = await stage.files();
    const state = stateOf(situation, files);
    assert(state !== "cut off", "the config was cut off");
    count[state]++;
    assertTrue(ended.output, state);
    assert(![...files.keys()].some((name) => TEMPORARY.test(name)));
    assertEquals(await attempt.processesLeft(), []);
  } catch (cause) {
    const what = `SIG${way.name} from ${way.from ?? "a program"}` +
      (way.isLocked ? ", the folder locked" : "");
    const moment = `${Math.round(afterMs)} of ${Math.round(usualMs)} ms`;
    const place = `${what}, ${where}, ${moment}`;
    const told = `code ${ended.code}, LiteLLM's log ${ended.litellm}`;
    throw new Error(`${place}: ${told}\n${ended.output}`, { cause });
  }
}

/** The law: one of the four ends. */
function endOf(way: Way, ended: Ended): Exclude<keyof Count, "old" | "new"> {
  const { code, output, litellm } = ended;
  if (litellm.includes("started")) {
    assertEquals(gotBy(litellm, way), [way.name], "LiteLLM did not get it");
    assertEquals(code, 42, "not LiteLLM's code");
    assert(!output.includes("interrupted"), "LiteLLM was started all the same");
    return "LiteLLM got it";
  }
  assertEquals(code, way.code, "not the signal's code");
  if (output.includes("interrupted: ")) return "LiteLLM not started";
  return output.includes("starting litellm")
    ? "LiteLLM ended while it started"
    : "before the program listened";
}

/**
 * The signals that LiteLLM got. The terminal sends it Ctrl+C too, so one that
 * is passed on in its first second (`LATE_MS`) may be noted a second time.
 */
function gotBy([, ...names]: readonly string[], { from }: Way): string[] {
  return from === "terminal" ? [...new Set(names)] : names;
}

/** What an interrupted run says of the config is so. */
function assertTrue(output: string, state: "old" | "new"): void {
  const said = /interrupted: ([\w, ]+)/.exec(output)?.[1];
  if (said === undefined) return;
  const expected = state === "old"
    ? /^nothing was written(, LiteLLM was not started)?$/
    : /^the config was updated, LiteLLM was not started$/;
  assertMatch(said, expected);
}
