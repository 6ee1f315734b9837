/**
 * What the measured programs find when they start: the servers, a folder with
 * a config of its own for each of them, and an environment with nothing in it
 * but the keys and the bases.
 *
 * @module
 */

import { fromRepository } from "../tests/support/repository.ts";
import { FAKE_KEYS } from "../tests/support/stand_in_providers.ts";
import {
  type Job,
  type Meter,
  readLines,
  type Sample,
  startMeter,
} from "./measure.ts";
import { makePrograms, type Programs } from "./programs.ts";

/** How the providers answer: which lists, and after how long. */
export interface Answering {
  /** Recorded lists, or so many rows from one provider; see `servers.ts`. */
  readonly catalog: "old" | "new" | `rows-${number}` | `wanted-${number}`;
  readonly delay: number | "hang";
}

/** All that the measurements need. */
export interface World extends AsyncDisposable {
  readonly programs: Programs;
  readonly meter: Meter;
  /** For files of the measurements; gone at the end. */
  readonly folder: string;
  readonly env: (answering: Answering) => Readonly<Record<string, string>>;
}

/** The recorded lists come in a moment. */
export const AT_ONCE: Answering = { catalog: "new", delay: 0 };

/** Builds the programs, starts the servers and the meter. */
export async function createWorld(): Promise<World> {
  const programs = await makePrograms();
  const folder = await Deno.makeTempDir({ prefix: "discover-bench-" });
  const servers = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", fromRepository("bench/servers.ts")],
    stdout: "piped",
  }).spawn();
  const { value = "" } = await readLines(servers.stdout).next();
  const [openrouter = "", xai = "", gemini = ""] = value.split(" ");
  const meter = startMeter(programs.python);
  return {
    programs,
    meter,
    folder,
    env: ({ catalog, delay }) => {
      const path = `${catalog}/${delay}`;
      return {
        ...FAKE_KEYS,
        OPENROUTER_API_BASE: `${openrouter}/${path}/api/v1`,
        XAI_API_BASE: `${xai}/${path}/v1`,
        GEMINI_API_BASE: `${gemini}/${path}`,
        NO_PROXY: "127.0.0.1",
        PATH: "/usr/bin:/bin",
        HOME: Deno.env.get("HOME") ?? folder,
      };
    },
    [Symbol.asyncDispose]: async () => {
      await meter[Symbol.asyncDispose]();
      servers.kill();
      await servers.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** One program of a comparison. */
export interface Contender {
  readonly name: string;
  readonly job: Job;
}

/**
 * Runs all contenders in turn, so that what else the machine does hits them
 * alike; each begins once. Every run must end with exit code 0, or with `code`.
 */
export async function runInTurn(
  meter: Meter,
  contenders: readonly Contender[],
  options: { readonly runs: number; readonly code?: number },
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const { runs, code = 0 } = options;
  const samples = new Map<string, Sample[]>();
  // The first round only warms the caches of the disk.
  for (let round = -1; round < runs; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const contender = contenders[(turn + round + 1) % contenders.length];
      if (!contender) continue;
      const sample = await meter.run(contender.job);
      if (sample.exitCode !== code) {
        throw new Error(`"${contender.name}": exit ${sample.exitCode}`);
      }
      if (round < 0) continue;
      const own = samples.get(contender.name) ?? [];
      samples.set(contender.name, [...own, sample]);
    }
  }
  return samples;
}

/** All that a run asks for, for the program that only fetches it. */
export function urlsOf(
  env: Readonly<Record<string, string>>,
): readonly string[] {
  return [
    `${env["OPENROUTER_API_BASE"]}/models/user`,
    `${env["OPENROUTER_API_BASE"]}/models/count`,
    `${env["XAI_API_BASE"]}/language-models`,
    `${env["XAI_API_BASE"]}/api-key`,
    `${env["GEMINI_API_BASE"]}/v1beta/models?pageSize=1000`,
  ];
}
