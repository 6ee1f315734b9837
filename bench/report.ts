/**
 * The results as the text of `docs/speed.md`. Pure.
 *
 * @module
 */

import { NAME, overheadOf, type Row } from "./overhead.ts";
import { GROWN, type Growth } from "./scale.ts";
import type { HangingResult } from "./small.ts";
import {
  type Breakdown,
  type Phase,
  STAGED_LATENCY_MS,
  STAGES,
} from "./stages.ts";
import { median, quantile } from "./statistics.ts";
import type { Results } from "./results.ts";
import { type Figure, figuresOf } from "./targets.ts";

/** The whole document: what a reader came for first, the missed aims last. */
export function toMarkdown(results: Results): string {
  return [
    ...introduction(results),
    ...section("Next to other programs", [
      "Overhead is wall time minus the answer of the slowest provider. " +
      "Medians; in parentheses the middle half of the runs.",
      "![Overhead by latency](speed.svg)",
      overheadTable(results.overhead),
    ]),
    ...section("Nobody answers", [hangingText(results.hanging)]),
    ...section("Growth", [
      "Through the whole program. The exponents are of what is added to the " +
      "smallest size, from 10,000 up: 1 is linear. A wanted row becomes an " +
      `entry of the config. Medians of ${results.scaleRuns} runs.`,
      "![Time by size](scale.svg)",
      ...[results.lines, results.rows, results.wanted].map(growthTable),
    ]),
    ...section("Where the time goes", [
      "Means of one run each with something to write and with nothing new, " +
      `providers answering after ${STAGED_LATENCY_MS} ms. What is done ` +
      "meanwhile costs nothing, as long as it is done by then. The timed " +
      "program is the same one with a clock around its stages " +
      "(`bench/timing.ts`).",
      stageTable(results.stages),
      WHY,
    ]),
    ...section("Targets", targetParts(figuresOf(results))),
    ...section("How to repeat", [REPEAT]),
  ].join("\n").trimEnd() + "\n";
}

const WHY = "The requests are sent as soon as flags, settings and keys are " +
  "known. The config is read, parsed and placed while they are answered, and " +
  "then the rest of the run is gone through once, on a made-up config: most " +
  "of what the program adds is JavaScript that runs for the first time, which " +
  "takes longer to compile than to run, and so is compiled by the time of the " +
  "last answer. The code cache of `deno compile` would save a part of what " +
  "comes before the requests, but it lies in the temporary folder, where " +
  "another user could plant one.";

const REPEAT = "`deno task bench` measures all of this and writes this page. " +
  "`--quick` measures less and writes nothing; `--check` does the same and " +
  "fails where a ratio is half as bad again as here (an exponent: over " +
  "1.5) in three series, one after the other. It never fails for an " +
  "absolute time. `DISCOVER_PROGRAM` names a " +
  "compiled program to measure, `DENORT_BIN` the base that the others are " +
  "compiled on, and `DISCOVER_PYTHON` a Python with rich, requests and " +
  "PyYAML; without them they are made or downloaded.";

function introduction(results: Results): string[] {
  const { kind, runs, machine, date, loads: [before, after] } = results;
  const what = kind === "compiled"
    ? "All programs but the Python script are compiled, on the same base."
    : "Nothing could be compiled here: all programs run from source.";
  return [
    "# Speed",
    "",
    `Made by \`deno task bench\` on ${date}: ${machine}. Load of the ` +
    `machine ${before.toFixed(1)} before and ${after.toFixed(1)} after. ` +
    `${what} Loopback servers answer with recorded lists; the programs run ` +
    `in turn, ${runs} times each.`,
    "",
  ];
}

function section(title: string, parts: readonly string[]): string[] {
  return [`## ${title}`, "", ...parts.flatMap((part) => [part, ""])];
}

type Cells = readonly (string | number)[];

/** A table whose first column is text and whose others are figures. */
function table(head: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells): string => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, at) => at === 0 ? "---" : "---:");
  return [head, rule, ...rows].map(line).join("\n");
}

function targetParts(figures: readonly Figure[]): string[] {
  const missed = (what: string, all: readonly Figure[]): string[] =>
    all.length === 0
      ? []
      : [`${what}: ${all.map(({ what }) => what).join("; ")}.`];
  return [
    "Ratios are of the worst latency but 0.",
    targetTable(figures),
    ...missed("Not met", figures.filter((one) => !(one.value <= one.target))),
    ...missed(
      "Met, but not the aim",
      figures.filter(({ value, target, aim = target }) =>
        value <= target && value > aim
      ),
    ),
  ];
}

function targetTable(figures: readonly Figure[]): string {
  const show = (value: number | undefined, unit: string): string => {
    if (value === undefined) return "";
    return unit === "ms"
      ? `${value.toFixed(0)} ms`
      : `${value.toFixed(2)}${unit}`;
  };
  return table(
    ["figure", "measured", "at most", "aim"],
    figures.map((
      { what, value, target, aim, unit },
    ) => [what, ...[value, target, aim].map((one) => show(one, unit))]),
  );
}

function overheadTable(rows: readonly Row[]): string {
  const names: readonly string[] = Object.values(NAME);
  const sorted = rows.toSorted((a, b) =>
    a.latencyMs - b.latencyMs || names.indexOf(a.name) - names.indexOf(b.name)
  );
  return table(
    ["program", "latency ms", "overhead ms", "CPU ms", "peak MiB"],
    sorted.map((row) => {
      const { name, samples } = row;
      // An empty program waits for nobody.
      const waits = name === NAME.empty ? 0 : row.latencyMs;
      return [
        name,
        row.latencyMs,
        spread(samples.map(({ wallMs }) => wallMs - waits)),
        spread(samples.map(({ cpuMs }) => cpuMs)),
        spread(samples.map(({ peakMiB }) => peakMiB)),
      ];
    }),
  );
}

function spread(values: readonly number[]): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) =>
    quantile(values, share).toFixed(1)
  );
  return `${middle} (${low}–${high})`;
}

function hangingText({ timeoutMs, beyondMs }: HangingResult): string {
  return `All providers take the request and say nothing: the run ends ` +
    `${median(beyondMs).toFixed(0)} ms after the timeout of ${timeoutMs} ms ` +
    `(${beyondMs.length} runs, at most ${Math.max(...beyondMs).toFixed(0)}), ` +
    "start-up included.";
}

function stageTable({ updated, unchanged }: Results["stages"]): string {
  const show = (ms: number | undefined): string =>
    ms === undefined || ms < 0.05 ? "" : ms.toFixed(1);
  const columns: readonly (readonly [string, Breakdown, Phase])[] = [
    ["before the requests, ms", updated, "before"],
    ["meanwhile", updated, "meanwhile"],
    ["after: block updated", updated, "after"],
    ["after: nothing new", unchanged, "after"],
  ];
  const rows = [...updated.stages.keys()].map((stage): Cells => [
    STAGES[stage],
    ...columns.map(([, { stages }, phase]) => show(stages.get(stage)?.[phase])),
  ]);
  const total = (of: Breakdown, phase: Phase): number =>
    [...of.stages.values()].reduce((sum, own) => sum + own[phase], 0);
  const totals = columns.map(([, of, phase]) => show(total(of, phase)));
  return table(
    ["stage", ...columns.map(([head]) => head)],
    [...rows, ["**all**", ...totals]],
  );
}

function growthTable(growth: Growth): string {
  const { what, points, timeExponent, memoryExponent } = growth;
  return table(
    [GROWN[what], "wall ms", "peak MiB"],
    [
      ...points.map(({ size, wallMs, peakMiB }): Cells => [
        size.toLocaleString("en"),
        wallMs.toFixed(0),
        peakMiB.toFixed(0),
      ]),
      ["exponent", timeExponent.toFixed(2), memoryExponent.toFixed(2)],
    ],
  );
}

/** What is drawn of a program: its overhead at each latency. */
export function overheads(
  rows: readonly Row[],
  name: string,
): (readonly [latencyMs: number, overheadMs: number])[] {
  return rows.filter((row) => row.name === name).map((row) =>
    [row.latencyMs, overheadOf(row)] as const
  );
}
