/**
 * Runs programs one after the other and says what each run cost: wall time,
 * processor time and peak memory, as the operating system counts them.
 *
 * @module
 */

import { fromRepository } from "../tests/support/repository.ts";

/** One run of a program. */
export interface Job {
  readonly argv: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Files to put in place before the clock starts: from, to. */
  readonly copy?: readonly (readonly [string, string])[];
  /** Where its stderr goes; nowhere if absent. */
  readonly stderr?: string;
}

/** What a run cost. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
  readonly exitCode: number;
}

/** Measures one run at a time. */
export interface Meter extends AsyncDisposable {
  readonly run: (job: Job) => Promise<Sample>;
  /** Of the Python that measures, and of the script's. */
  readonly pythonVersion: Promise<string>;
}

/** Starts the meter, a small Python program: Deno cannot ask for these counts. */
export function startMeter(python: string): Meter {
  const child = new Deno.Command(python, {
    args: [fromRepository("bench/measure.py")],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const lines = readLines(child.stdout);
  const pythonVersion = lines.next().then(({ value }) => value ?? "");
  const run = async (job: Job): Promise<Sample> => {
    await pythonVersion;
    await writer.write(new TextEncoder().encode(`${JSON.stringify(job)}\n`));
    const { value } = await lines.next();
    return toSample(JSON.parse(value ?? "null"), job);
  };
  return {
    run,
    pythonVersion,
    [Symbol.asyncDispose]: async () => {
      await writer.close();
      await lines.return(undefined);
      await child.status;
    },
  };
}

/** The lines of a stream, as they come. */
export async function* readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string, undefined> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  return undefined;
}

function toSample(value: unknown, job: Job): Sample {
  const number = (name: string): number => {
    const found = typeof value === "object" && value !== null
      ? Object.entries(value).find(([key]) => key === name)?.[1]
      : undefined;
    if (typeof found === "number") return found;
    throw new Error(`"${job.argv.join(" ")}": not measured`);
  };
  return {
    startedAtMs: number("startedAtMs"),
    wallMs: number("wallMs"),
    cpuMs: number("cpuMs"),
    peakMiB: number("peakMiB"),
    exitCode: number("exitCode"),
  };
}
