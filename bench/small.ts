/**
 * The smaller measurements: `--version`, and what happens when no provider
 * answers at all.
 *
 * @module
 */

import { prepareConfigs } from "./overhead.ts";
import { AT_ONCE, runInTurn, type World } from "./world.ts";

/**
 * `--version` beside a program that does nothing: their wall times as ratios,
 * one for each round. Both are short, so there are more rounds.
 */
export async function measureVersion(
  world: World,
  runs: number,
): Promise<readonly number[]> {
  const shared = { env: world.env(AT_ONCE), cwd: world.folder };
  const { empty, discover } = world.programs;
  const all = await runInTurn(world.meter, [
    { name: "empty", job: { ...shared, argv: empty } },
    { name: "version", job: { ...shared, argv: [...discover, "--version"] } },
  ], { runs: runs * 3 });
  const emptyMs = (all.get("empty") ?? []).map(({ wallMs }) => wallMs);
  const versions = all.get("version") ?? [];
  return versions.map(({ wallMs }, round) => wallMs / (emptyMs[round] ?? NaN));
}

/** How long a run took beyond its timeout. */
export interface HangingResult {
  readonly timeoutMs: number;
  readonly beyondMs: readonly number[];
}

/** All providers take the request and say nothing. */
export async function measureHanging(
  world: World,
  runs: number,
): Promise<HangingResult> {
  const { old } = await prepareConfigs(world);
  const timeoutMs = 2000;
  const env = world.env({ catalog: "new", delay: "hang" });
  const argv = [...world.programs.discover, "--config", old];
  const job = { argv, env, cwd: world.folder };
  const all = await runInTurn(
    world.meter,
    [{ name: "hanging", job }],
    { runs, code: 1 },
  );
  const samples = all.get("hanging") ?? [];
  return {
    timeoutMs,
    beyondMs: samples.map(({ wallMs }) => wallMs - timeoutMs),
  };
}
