/**
 * What each program adds to the answer of the slowest provider, side by side:
 * an empty program, one that only fetches, `discover` with and without
 * something to write, and the usual Python script.
 *
 * @module
 */

import { fromRepository } from "../tests/support/repository.ts";
import type { Sample } from "./measure.ts";
import { median } from "./statistics.ts";
import {
  type Answering,
  AT_ONCE,
  type Contender,
  runInTurn,
  urlsOf,
  type World,
} from "./world.ts";

/** One program's runs at one latency. */
export interface Row {
  readonly name: string;
  readonly latencyMs: number;
  readonly samples: readonly Sample[];
}

/** The names of the programs, in the order of the tables. */
export const NAME = {
  empty: "empty program",
  fetchOnly: "fetch-only program",
  unchanged: "discover, nothing new",
  updated: "discover, block updated",
  usual: "Python script",
} as const;

/** Measures all programs at each latency. */
export async function measureOverhead(
  world: World,
  latenciesMs: readonly number[],
  runs: number,
): Promise<Row[]> {
  const configs = await prepareConfigs(world);
  const rows: Row[] = [];
  for (const latencyMs of latenciesMs) {
    const contenders = contendersAt(world, configs, latencyMs);
    const all = await runInTurn(world.meter, contenders, { runs });
    for (const [name, samples] of all) rows.push({ name, latencyMs, samples });
  }
  return rows;
}

/** The median of what a program added to the slowest answer. */
export function overheadOf({ samples, latencyMs }: Row): number {
  return median(samples.map(({ wallMs }) => wallMs)) - latencyMs;
}

/** Configs that a run finds: with the block of an earlier month, or today's. */
export interface Configs {
  readonly old: string;
  readonly current: string;
}

/** Makes both by running the program itself. */
export async function prepareConfigs(world: World): Promise<Configs> {
  const make = async (catalog: "old" | "new"): Promise<string> => {
    const folder = `${world.folder}/prepared-${catalog}`;
    await Deno.mkdir(folder, { recursive: true });
    const path = `${folder}/config.yaml`;
    const sample = fromRepository("tests/fixtures/demo/config.yaml");
    const env = world.env({ catalog, delay: 0 });
    const { exitCode } = await world.meter.run({
      argv: [...world.programs.discover, "--config", path],
      env,
      cwd: folder,
      copy: [[sample, path]],
    });
    if (exitCode !== 0) throw new Error(`"${path}": exit ${exitCode}`);
    return path;
  };
  return { old: await make("old"), current: await make("new") };
}

function contendersAt(
  world: World,
  configs: Configs,
  latencyMs: number,
): Contender[] {
  const { programs } = world;
  const answering: Answering = { ...AT_ONCE, delay: latencyMs };
  const env = world.env(answering);
  const plain = (name: string, argv: readonly string[]): Contender => ({
    name,
    job: { argv, env, cwd: world.folder },
  });
  const editing = (
    name: string,
    argv: readonly string[],
    from: string,
  ): Contender => {
    const cwd = `${world.folder}/${name.replaceAll(/\W+/g, "-")}`;
    Deno.mkdirSync(cwd, { recursive: true });
    const path = `${cwd}/config.yaml`;
    const job = { argv: [...argv, path], env, cwd };
    return { name, job: { ...job, copy: [[from, path]] } };
  };
  const discover = [...programs.discover, "--config"];
  return [
    plain(NAME.empty, programs.empty),
    plain(NAME.fetchOnly, [...programs.fetchOnly, ...urlsOf(env)]),
    editing(NAME.unchanged, discover, configs.current),
    editing(NAME.updated, discover, configs.old),
    editing(NAME.usual, programs.usual, configs.old),
  ];
}
