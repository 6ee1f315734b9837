/**
 * How cost grows with the config's lines and with a catalog's rows, measured
 * through the whole program, processes and loopback included.
 *
 * @module
 */

import { fitExponent, median } from "./statistics.ts";
import {
  type Answering,
  type Contender,
  runInTurn,
  type World,
} from "./world.ts";

/** One size and its cost. */
export interface Point {
  readonly size: number;
  readonly wallMs: number;
  readonly peakMiB: number;
}

/** What is made longer, and how the tables and the drawing call it. */
export const GROWN = {
  lines: "lines of the config",
  rows: "rows, 1 in 20 wanted",
  wanted: "rows, all wanted",
} as const;

/** What growing one thing does. */
export interface Growth {
  readonly what: keyof typeof GROWN;
  readonly points: readonly Point[];
  /** Of what is added to the smallest size's cost. */
  readonly timeExponent: number;
  readonly memoryExponent: number;
}

/** Configs of so many lines; the block is one of an earlier run. */
export async function measureLines(
  world: World,
  sizes: readonly number[],
  runs: number,
): Promise<Growth> {
  const path = `${world.folder}/lines.yaml`;
  const contenders: Contender[] = [];
  for (const size of sizes) {
    const original = `${world.folder}/lines-${size}.yaml`;
    await Deno.writeTextFile(original, configOf(size));
    contenders.push(contender(world, `${size}`, original, path));
  }
  return await grow(world, "lines", contenders, runs);
}

/** Lists of so many rows, of which one in twenty or all are wanted. */
export async function measureRows(
  world: World,
  what: "rows" | "wanted",
  sizes: readonly number[],
  runs: number,
): Promise<Growth> {
  const original = `${world.folder}/few.yaml`;
  await Deno.writeTextFile(original, configOf(30));
  const path = `${world.folder}/rows.yaml`;
  const contenders = sizes.map((size) =>
    contender(world, `${size}`, original, path, `${what}-${size}`)
  );
  return await grow(world, what, contenders, runs);
}

function contender(
  world: World,
  name: string,
  from: string,
  path: string,
  catalog: Answering["catalog"] = "new",
): Contender {
  const env = world.env({ catalog, delay: 0 });
  const argv = [...world.programs.discover, "--timeout", "20", "--config"];
  const job = { argv: [...argv, path], env, cwd: world.folder };
  return { name, job: { ...job, copy: [[from, path]] } };
}

async function grow(
  { meter }: World,
  what: Growth["what"],
  contenders: readonly Contender[],
  runs: number,
): Promise<Growth> {
  const all = await runInTurn(meter, contenders, { runs });
  const points = [...all].map(([name, samples]): Point => ({
    size: Number(name),
    wallMs: median(samples.map(({ wallMs }) => wallMs)),
    peakMiB: median(samples.map(({ peakMiB }) => peakMiB)),
  })).toSorted((a, b) => a.size - b.size);
  const timeExponent = exponentOf(points, ({ wallMs }) => wallMs);
  const memoryExponent = exponentOf(points, ({ peakMiB }) => peakMiB);
  return { what, points, timeExponent, memoryExponent };
}

/**
 * Start-up would hide the growth of small sizes, and noise the difference: so
 * what is added to the smallest is fitted, over the sizes from 10,000 up.
 */
function exponentOf(
  points: readonly Point[],
  cost: (point: Point) => number,
): number {
  const [smallest] = points;
  if (!smallest) return NaN;
  const grown = points.filter(({ size }) => size >= 10_000).map((point) =>
    [
      point.size - smallest.size,
      Math.max(cost(point) - cost(smallest), 0.1),
    ] as const
  );
  return fitExponent(grown);
}

/** A config as people write them: entries, comments, settings. */
function configOf(lines: number): string {
  const text = ["# A long config.", "model_list:"];
  for (let at = 0; text.length < lines - 4; at++) {
    text.push(
      `  # number ${at}`,
      `  - model_name: own-model-${at}`,
      "    litellm_params:",
      `      model: openai/own-model-${at} # as it is called there`,
      "      api_key: os.environ/OPENAI_API_KEY",
      `      api_base: "http://localhost:8000/v1"`,
    );
  }
  text.push("litellm_settings:", "  drop_params: true", "");
  return text.join("\n");
}
