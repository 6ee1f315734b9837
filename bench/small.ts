/**
 * The smaller measurements: `--version`, and what happens when no provider
 * answers at all.
 *
 * @module
 */

import { median } from "./statistics.ts";
import { prepareConfigs } from "./overhead.ts";
import { AT_ONCE, runInTurn, type World } from "./world.ts";

/** Wall times in milliseconds, by program, over the same turns. */
export interface VersionResult {
  readonly emptyMs: number;
  readonly versionMs: number;
}

/** `--version` beside a program that does nothing. */
export async function measureVersion(
  world: World,
  runs: number,
): Promise<VersionResult> {
  const shared = { env: world.env(AT_ONCE), cwd: world.folder };
  const { empty, discover } = world.programs;
  const all = await runInTurn(world.meter, [
    { name: "empty", job: { ...shared, argv: empty } },
    { name: "version", job: { ...shared, argv: [...discover, "--version"] } },
  ], { runs });
  const wall = (name: string): number =>
    median((all.get(name) ?? []).map(({ wallMs }) => wallMs));
  return { emptyMs: wall("empty"), versionMs: wall("version") };
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
