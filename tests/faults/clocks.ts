/**
 * Lets the time of day jump in the middle of a run, and puts a run to sleep
 * while it waits for providers, as a laptop does that is closed.
 *
 * @module
 */

import { assert, assertEquals } from "../assert.ts";
import { spawnProgram } from "../process/program.ts";
import { FEW_MODELS, MINE, setScene } from "../process/scene.ts";
import { type Round, setFaultStage, tell } from "./stage.ts";

const YEAR_SECONDS = 365 * 24 * 3600;

/** Jumps at every third call, or at each; then the sleep. */
export async function clocks({ long }: Round): Promise<void> {
  await using stage = await setFaultStage();
  const files = new Map([["config.yaml", MINE]]);
  await stage.reset(files);
  const { calls } = await stage.runWithFault({});
  let jumps = 0;
  for (let at = 1; at <= calls.length; at += long ? 1 : 6) {
    for (const clockSeconds of [-20 * YEAR_SECONDS, -60, 3600, YEAR_SECONDS]) {
      await stage.reset(files);
      const fault = { at, clockSeconds };
      const { code, stderr } = await stage.runWithFault(fault, "--verbose");
      assertEquals(code, 0, stderr);
      assert(!/-\d+(\.\d+)? m?s\b/.test(stderr), `negative time: ${stderr}`);
      assert((await stage.scene.read()).includes("claude-fallback"));
      jumps++;
    }
  }
  tell(`  the clock jumped ${jumps} times, no run failed, no negative time`);
  await sleepAndWake();
}

async function sleepAndWake(): Promise<void> {
  const hangs = { kind: "hangs", where: "body" } as const;
  await using scene = await setScene(MINE, { ...FEW_MODELS, xai: hangs });
  const { env } = scene;
  const child = spawnProgram(["--config", scene.config], { env });
  await pause(500);
  child.kill("SIGSTOP");
  await pause(4000);
  const woken = performance.now();
  child.kill("SIGCONT");
  const { code } = await child.output();
  const afterMs = Math.round(performance.now() - woken);
  assertEquals(code, 0);
  assert(afterMs < 2300, `ended ${afterMs} ms after it was woken`);
  tell(`  put to sleep for 4 s while it waited: ended ${afterMs} ms after`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
