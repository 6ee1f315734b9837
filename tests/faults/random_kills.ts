/**
 * Kills the program at random moments: half of them anywhere between its start
 * and its end, half of them while it saves.
 *
 * @module
 */

import { spawnProgram } from "../support/program.ts";
import { judgeKill, startCount, told } from "./aftermath.ts";
import type { Situation } from "./situations.ts";
import {
  type FaultStage,
  randomNumbers,
  type Round,
  tell,
  TEMPORARY,
} from "./stage.ts";

/** Of each situation; of the first three together a thousand in a long round. */
const KILLS = { long: 334, short: 4 } as const;

interface Times {
  readonly wholeMs: number;
  readonly savingMs: number;
}

/** A run that ends before its moment comes does not count. */
export async function killAtRandom(
  stage: FaultStage,
  situation: Situation,
  { long, seed }: Round,
): Promise<void> {
  const random = randomNumbers(seed);
  const count = startCount();
  const usual = await usualTimes(stage, situation);
  const wanted = long ? KILLS.long : KILLS.short;
  let ended = 0;
  for (let n = 0; count.killed < wanted; n++) {
    if (n > 10 * wanted) throw new Error("nearly no run lived to be killed");
    const saving = n % 2 === 1;
    // A little longer than usual, so that the end is among the moments.
    const afterMs = random() * 1.2 * (saving ? usual.savingMs : usual.wholeMs);
    const moment = saving ? "into the save" : "after the start";
    if (await killAfter(stage, situation, saving, afterMs)) {
      const where = `${situation.name}, ${afterMs} ms ${moment}`;
      await judgeKill(stage, situation, where, count);
    } else ended++;
  }
  tell(
    `  at ${wanted} random moments (${ended} more runs had ended before), ` +
      `${told(count)}; ${situation.name}`,
  );
}

/** The shortest of three: a busy moment must not push the kills to the end. */
async function usualTimes(
  stage: FaultStage,
  situation: Situation,
): Promise<Times> {
  const all: Times[] = [];
  for (let n = 0; n < 3; n++) all.push(await timesOf(stage, situation));
  return {
    wholeMs: Math.min(...all.map(({ wholeMs }) => wholeMs)),
    savingMs: Math.min(...all.map(({ savingMs }) => savingMs)),
  };
}

/** How long a run takes, and how long from its first temporary to its end. */
async function timesOf(
  stage: FaultStage,
  situation: Situation,
): Promise<Times> {
  await stage.reset(situation.before);
  const { config, env, folder } = stage.scene;
  using watcher = Deno.watchFs(folder);
  const start = performance.now();
  const args = ["--config", config, ...situation.args];
  const child = spawnProgram(args, { env });
  let savedFrom = start;
  const seen = firstTemporary(watcher).then(() => {
    savedFrom = performance.now();
  });
  await child.output();
  await seen;
  const end = performance.now();
  return { wholeMs: end - start, savingMs: end - savedFrom };
}

/** False when the run had ended by itself. */
async function killAfter(
  { reset, scene }: FaultStage,
  situation: Situation,
  saving: boolean,
  afterMs: number,
): Promise<boolean> {
  await reset(situation.before);
  using watcher = Deno.watchFs(scene.folder);
  const { config, env } = scene;
  const args = ["--config", config, ...situation.args];
  const child = spawnProgram(args, { env });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arm = (): void => {
    timer = setTimeout(() => {
      try {
        child.kill("SIGKILL");
      } catch {
        // It had ended by itself.
      }
    }, afterMs);
  };
  if (saving) void firstTemporary(watcher).then(arm);
  else arm();
  const { signal } = await child.output();
  clearTimeout(timer);
  return signal === "SIGKILL";
}

/** Waits until the program has begun to save, or the watcher is closed. */
async function firstTemporary(watcher: Deno.FsWatcher): Promise<void> {
  for await (const { paths } of watcher) {
    const names = paths.map((path) => path.slice(path.lastIndexOf("/") + 1));
    if (names.some((name) => TEMPORARY.test(name))) return;
  }
}
