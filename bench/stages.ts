/**
 * Where the time of one run goes, from the notes of the timed program and the
 * wall time that the operating system saw: what is done before the requests are
 * sent, what while they are answered, and what after the last answer.
 *
 * @module
 */

import { isJsonObject, listField } from "../lib/text/fields.ts";
import { type Configs, prepareConfigs } from "./overhead.ts";
import { median } from "./statistics.ts";
import type { World } from "./world.ts";

/** The stages in their order. */
export const STAGES = {
  start: "runtime starts (an empty program's first line)",
  load: "the program's first text is loaded",
  modules: "modules are loaded and evaluated, flags are read",
  read: "files are read",
  parse: "config is parsed, its includes are read",
  settings: "settings and keys, permissions, all between",
  fetch: "requests go out, answers come in",
  rehearse: "the rest of the run is gone through once",
  render: "catalog and block are made",
  verify: "result is verified",
  write: "files are written and flushed",
  report: "report is made and shown",
  end: "process ends",
} as const;

/** One of them. */
export type Stage = keyof typeof STAGES;

/** The parts of a run, by what the requests do. */
export const PHASES = ["before", "meanwhile", "after"] as const;
export type Phase = typeof PHASES[number];

/**
 * The mean time of each stage in each phase over the middle half of the runs;
 * they add up to the mean wall time of those.
 */
export interface Breakdown {
  readonly wallMs: number;
  readonly stages: ReadonlyMap<Stage, Readonly<Record<Phase, number>>>;
}

/** How long the providers take while stages are measured. */
export const STAGED_LATENCY_MS = 100;

/** Measures a run with something to write, and one without. */
export async function measureStages(
  world: World,
  runs: number,
): Promise<{ updated: Breakdown; unchanged: Breakdown }> {
  const configs: Configs = await prepareConfigs(world);
  const marks = `${world.folder}/marks`;
  const path = `${world.folder}/staged.yaml`;
  const env = world.env({ catalog: "new", delay: STAGED_LATENCY_MS });
  const cwd = world.folder;
  const emptyMs: number[] = [];
  const shares: Record<keyof Configs, Share[]> = { old: [], current: [] };
  for (let round = -1; round < runs; round++) {
    const empty = { argv: world.programs.timedEmpty, env, cwd, stderr: marks };
    const { startedAtMs } = await world.meter.run(empty);
    const notes = await readNotes(marks);
    if (round >= 0) emptyMs.push(notes.firstLineMs - startedAtMs);
    for (const which of ["old", "current"] as const) {
      const argv = [...world.programs.timedDiscover, "--config", path];
      const sample = await world.meter.run({
        ...{ argv, env, cwd, stderr: marks, copy: [[configs[which], path]] },
      });
      const seen = await readNotes(marks);
      const { wallMs } = sample;
      if (round >= 0) {
        shares[which].push({ wallMs, own: split(seen, sample) });
      }
    }
  }
  const startMs = median(emptyMs);
  return {
    updated: sum(shares.old, startMs),
    unchanged: sum(shares.current, startMs),
  };
}

/** One stage in one phase. */
type Cell = `${Phase} ${Stage}`;

interface Share {
  readonly wallMs: number;
  readonly own: ReadonlyMap<Cell, number>;
}

interface Notes {
  readonly firstLineMs: number;
  readonly intervals: readonly Interval[];
}

interface Interval {
  readonly stage: string;
  readonly startMs: number;
  readonly endMs: number;
}

async function readNotes(path: string): Promise<Notes> {
  const text = await Deno.readTextFile(path);
  const notes: unknown = JSON.parse(text.trimEnd().split("\n").at(-1) ?? "");
  if (isNotes(notes)) return notes;
  throw new Error("no notes of the timed program");
}

function isNotes(value: unknown): value is Notes {
  return isJsonObject(value) && typeof value["firstLineMs"] === "number" &&
    listField(value, "intervals").every((one) =>
      isJsonObject(one) && typeof one["stage"] === "string" &&
      typeof one["startMs"] === "number" && typeof one["endMs"] === "number"
    );
}

/** Of stages that run into each other, the first of this list gets the time. */
const INNERMOST: readonly Stage[] = [
  ...["rehearse", "verify", "render", "write", "parse", "report"] as const,
  ...["read", "modules", "fetch"] as const,
];

/** Cuts the time of a run at every note and gives each piece to one stage. */
function split(
  { firstLineMs, intervals }: Notes,
  { startedAtMs, wallMs }: {
    readonly startedAtMs: number;
    readonly wallMs: number;
  },
): Map<Cell, number> {
  const run = intervals.find(({ stage }) => stage === "run");
  const network = intervals.filter(({ stage }) => stage === "network");
  if (!run || network.length === 0) {
    throw new Error("no notes of the timed program");
  }
  const sentMs = Math.max(...network.map(({ startMs }) => startMs));
  const answeredMs = Math.max(...network.map(({ endMs }) => endMs));
  const own = new Map<Cell, number>([
    ["before load", firstLineMs - startedAtMs],
    ["before modules", run.startMs - firstLineMs],
    ["after end", startedAtMs + wallMs - run.endMs],
  ]);
  const cuts = intervals.flatMap(({ startMs, endMs }) => [startMs, endMs])
    .toSorted((a, b) => a - b);
  for (const [at, from] of cuts.entries()) {
    const to = cuts[at + 1] ?? from;
    const stage = INNERMOST.find((name) =>
      intervals.some((interval) =>
        interval.stage === name && interval.startMs <= from &&
        interval.endMs >= to
      )
    ) ?? "settings";
    const phase = to <= sentMs
      ? "before"
      : from < answeredMs
      ? "meanwhile"
      : "after";
    const cell = `${phase} ${stage}` as const;
    own.set(cell, (own.get(cell) ?? 0) + to - from);
  }
  return own;
}

/** What an empty program needs to start is taken out of the loading time. */
function sum(all: readonly Share[], startMs: number): Breakdown {
  const quarter = Math.floor(all.length / 4);
  const shares = all.toSorted((a, b) => a.wallMs - b.wallMs)
    .slice(quarter, all.length - quarter);
  const mean = (values: readonly number[]): number =>
    values.reduce((total, value) => total + value, 0) / values.length;
  const ms = (phase: Phase, stage: Stage): number =>
    mean(shares.map(({ own }) => own.get(`${phase} ${stage}`) ?? 0));
  const stages = Object.keys(STAGES).filter(isStage).map((stage) => {
    const own = {
      before: ms("before", stage),
      meanwhile: ms("meanwhile", stage),
      after: ms("after", stage),
    };
    return [stage, own] as const;
  });
  const found = new Map(stages);
  const load = found.get("load");
  if (load) found.set("load", { ...load, before: load.before - startMs });
  found.set("start", { before: startMs, meanwhile: 0, after: 0 });
  return { wallMs: mean(shares.map(({ wallMs }) => wallMs)), stages: found };
}

function isStage(name: string): name is Stage {
  return Object.hasOwn(STAGES, name);
}
