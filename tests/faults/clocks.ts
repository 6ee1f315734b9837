/**
 * Lets the time of day jump in the middle of a run, and puts a run to sleep
 * while it waits for providers, as a laptop does that is closed.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { spawnProgram } from "../support/program.ts";
import { FEW_MODELS, MINE, setScene } from "../support/scene.ts";
import {
  type Fault,
  type FaultStage,
  type Round,
  setFaultStage,
  tell,
} from "./stage.ts";

const SLEEP_MS = 4000;
const YEAR_SECONDS = 365 * 24 * 3600;

/** Jumps at every sixteenth call, or at each; then the sleep. */
export async function clocks({ long }: Round): Promise<void> {
  await using stage = await setFaultStage();
  const files = new Map([["config.yaml", MINE]]);
  await stage.reset(files);
  const { calls } = await stage.runWithFault({});
  let jumps = 0;
  for (const clockSeconds of [-3600, -1, 1, YEAR_SECONDS]) {
    await stage.reset(files);
    await runOutOfTime(stage, { clockSeconds });
  }
  for (let at = 1; at <= calls.length; at += long ? 1 : 16) {
    for (const clockSeconds of [-20 * YEAR_SECONDS, -60, 3600, YEAR_SECONDS]) {
      await stage.reset(files);
      await runOutOfTime(stage, { at, clockSeconds });
      jumps++;
    }
  }
  tell(
    `  the clock jumped ${jumps} times, and went to and fro in 4 more runs: ` +
      "no run failed, no time below zero or out of reason",
  );
  await assertClockJumps(stage);
  await sleepAndWake();
}

/** Runs the program; all times that it tells must be ones that can be. */
async function runOutOfTime(stage: FaultStage, fault: Fault): Promise<void> {
  const result = await stage.runWithFault(fault, "--verbose", "--json");
  const { code, stdout, stderr } = result;
  assertEquals(code, 0, stderr);
  assert(!/-\d+(\.\d+)? m?s\b/.test(stderr), `negative time: ${stderr}`);
  const times = [...stdout.matchAll(/"elapsedMs": *(-?[\d.e+]+)/g)]
    .map(([, text]) => Number(text));
  assert(times.length >= 4, `no times: ${stdout}`);
  assert(times.every((ms) => ms >= 0 && ms < 60_000), times.join(" "));
  assert((await stage.scene.read()).includes("claude-fallback"));
}

/**
 * The proof that the program sees the jump: a temporary made just now looks
 * left over a year later, and belongs to another run an hour earlier.
 */
async function assertClockJumps(stage: FaultStage): Promise<void> {
  const name = ".config.yaml.discover-0123456789ab.tmp";
  const files = new Map([["config.yaml", MINE], [name, "of another run"]]);
  for (const clockSeconds of [YEAR_SECONDS, -3600]) {
    await stage.reset(files);
    const { code } = await stage.runWithFault({ at: 1, clockSeconds });
    assertEquals(code, 0);
    const isThere = (await stage.scene.names()).includes(name);
    assertEquals(isThere, clockSeconds < 0, `a jump by ${clockSeconds} s`);
  }
}

async function sleepAndWake(): Promise<void> {
  const hangs = { kind: "hangs", where: "body" } as const;
  await using scene = await setScene(MINE, { ...FEW_MODELS, xai: hangs });
  const { env } = scene;
  const child = spawnProgram(["--config", scene.config], { env });
  const { openrouter, xai, gemini } = scene.providers;
  const all = [openrouter, xai, gemini];
  while (all.some(({ requests }) => requests.length === 0)) await pause(5);
  child.kill("SIGSTOP");
  await pause(SLEEP_MS);
  const woken = performance.now();
  child.kill("SIGCONT");
  const { code } = await child.output();
  const afterMs = Math.round(performance.now() - woken);
  // On a busy machine the others' answers may wait for it, too: then it is 1.
  assert(code === 0 || code === 1, `ended with ${code}`);
  // The deadline passed while it slept. Without that it would wait for ever.
  assert(afterMs < 5000, `ended ${afterMs} ms after it was woken`);
  tell(
    `  put to sleep for ${SLEEP_MS} ms while it waited, with a deadline of ` +
      `2000 ms: ended ${afterMs} ms after it was woken`,
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
