/**
 * The figures that the targets speak of, taken out of the results. Pure.
 *
 * @module
 */

import { NAME, overheadOf, type Row } from "./overhead.ts";
import type { Results } from "./report.ts";
import { GROWN, type Growth } from "./scale.ts";
import { median } from "./statistics.ts";

/** One figure, what it is to be, and what it must be even on a busy machine. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly target: number;
  readonly unit: "x" | "ms" | "";
  /** Checked in the gate; absolute times are not. */
  readonly limit?: number;
}

/** All figures, the worst latency of each. */
export function figuresOf(results: Results): Figure[] {
  const { overhead, version, hanging, lines, rows, wanted } = results;
  const worst = (mine: string, theirs: string): number =>
    worstRatio(overhead, mine, theirs, overheadOf);
  const figures: Figure[] = [
    ratio(
      "overhead, nothing new / fetch-only",
      worst(NAME.unchanged, NAME.fetchOnly),
      1.6,
    ),
    ratio(
      "overhead, block updated / fetch-only",
      worst(NAME.updated, NAME.fetchOnly),
      1.6,
    ),
    ratio(
      "overhead, block updated / Python script",
      worst(NAME.updated, NAME.usual),
      0.3,
    ),
    ratio(
      "peak memory / fetch-only",
      worstRatio(overhead, NAME.updated, NAME.fetchOnly, peakOf),
      1.5,
    ),
    ratio(
      "`--version` / empty program",
      version.versionMs / version.emptyMs,
      1.5,
    ),
  ];
  const beyondMs = median(hanging.beyondMs);
  figures.push({
    what: "all hanging: wall time beyond the timeout",
    value: beyondMs,
    target: 100,
    unit: "ms",
  });
  return [
    ...figures,
    ...growthFigures(lines, 100_000),
    ...growthFigures(rows, 50_000),
    ...growthFigures(wanted),
  ];
}

function ratio(what: string, value: number, target: number): Figure {
  return { what, value, target, unit: "x", limit: 2 * target };
}

function growthFigures(growth: Growth, size = NaN): Figure[] {
  const { what, points, timeExponent, memoryExponent } = growth;
  const [smallest] = points;
  const large = points.find((point) => point.size === size);
  const added: Figure[] = smallest && large
    ? [{
      what: `${size.toLocaleString("en")} ${GROWN[what]} add`,
      value: large.wallMs - smallest.wallMs,
      target: 500,
      unit: "ms",
    }]
    : [];
  return [...added, {
    what: `exponent of time over ${GROWN[what]}`,
    value: timeExponent,
    target: 1.1,
    unit: "",
    // Twice the exponent would let a quadratic through.
    limit: 1.5,
  }, {
    what: `exponent of memory over ${GROWN[what]}`,
    value: memoryExponent,
    target: 1.1,
    unit: "",
    limit: 1.5,
  }];
}

function peakOf({ samples }: Row): number {
  return median(samples.map(({ peakMiB }) => peakMiB));
}

function worstRatio(
  rows: readonly Row[],
  mine: string,
  theirs: string,
  cost: (row: Row) => number,
): number {
  const ratios = rows.filter(({ name }) => name === mine).map((row) => {
    const other = rows.find(({ name, latencyMs }) =>
      name === theirs && latencyMs === row.latencyMs
    );
    return other ? cost(row) / cost(other) : NaN;
  });
  return Math.max(...ratios);
}
