/**
 * Runs the program and measures it from outside: how long, and the most memory
 * that it ever had.
 *
 * @module
 */

import {
  type RunOptions,
  type RunResult,
  spawnProgram,
} from "../support/program.ts";
import { assertNoKey, type Scene } from "../support/scene.ts";

/** A run and its costs. */
export interface MeasuredRun extends RunResult {
  readonly elapsedMs: number;
  /** As Linux states it; the last 5 ms of a run may be missing. */
  readonly peakMiB: number;
}

/** Like `scene.runWith`, measured. */
export async function runMeasured(
  scene: Scene,
  args: readonly string[],
  options: Pick<RunOptions, "env" | "cwd"> = {},
): Promise<MeasuredRun> {
  const start = performance.now();
  const child = spawnProgram(args, {
    env: scene.env,
    cwd: scene.folder,
    ...options,
  });
  let peakMiB = 0;
  const timer = setInterval(() => {
    peakMiB = Math.max(peakMiB, peakOf(child.pid));
  }, 5);
  const { code, stdout, stderr } = await child.output();
  const elapsedMs = performance.now() - start;
  clearInterval(timer);
  const decoder = new TextDecoder();
  const texts = {
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
  assertNoKey(texts.stdout, "stdout");
  assertNoKey(texts.stderr, "stderr");
  return { code, ...texts, elapsedMs, peakMiB };
}

function peakOf(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
