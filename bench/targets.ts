/**
 * The figures that the targets speak of, taken out of the results. Pure.
 *
 * @module
 */

import type { Sample } from "./measure.ts";
import { NAME, type Row } from "./overhead.ts";
import type { Results } from "./results.ts";
import { GROWN, type Growth } from "./scale.ts";
import { median } from "./statistics.ts";

/** One figure, what it is to be, and what it must be even on a busy machine. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly target: number;
  /** What would be better still. */
  readonly aim?: number;
  readonly unit: "x" | "ms" | "";
  /** Checked in the gate: half as much again as was measured. None for times. */
  readonly limit?: number;
}

/**
 * All figures, the worst latency of each. Where the answers are there at once,
 * nothing can be done meanwhile, and there is no target.
 */
export function figuresOf(results: Results): Figure[] {
  const { version, hanging, lines, rows, wanted } = results;
  const overhead = results.overhead.filter(({ latencyMs }) => latencyMs > 0);
  const added = ({ wallMs }: Sample, latencyMs: number): number =>
    wallMs - latencyMs;
  const worst = (mine: string, theirs: string): number =>
    worstRatio(overhead, mine, theirs, added);
  const figures: Figure[] = [{
    what: "overhead, nothing new / fetch-only",
    value: worst(NAME.unchanged, NAME.fetchOnly),
    ...{ target: 1.9, aim: 1.6, limit: 3.2, unit: "x" },
  }, {
    what: "overhead, block updated / fetch-only",
    value: worst(NAME.updated, NAME.fetchOnly),
    ...{ target: 2.2, aim: 1.8, limit: 3.6, unit: "x" },
  }, {
    what: "overhead, block updated / Python script",
    value: worst(NAME.updated, NAME.usual),
    ...{ target: 0.36, aim: 0.3, limit: 0.56, unit: "x" },
  }, {
    what: "peak memory / fetch-only",
    value: worstRatio(
      ...[overhead, NAME.updated, NAME.fetchOnly] as const,
      ({ peakMiB }) => peakMiB,
    ),
    ...{ target: 1.45, limit: 2.1, unit: "x" },
  }, {
    what: "`--version` / empty program",
    value: median(version),
    ...{ target: 1.5, limit: 3, unit: "x" },
  }];
  const beyondMs = median(hanging.beyondMs);
  figures.push({
    what: "all hanging: wall time beyond the timeout",
    value: beyondMs,
    target: 90,
    unit: "ms",
  });
  return [
    ...figures,
    ...growthFigures(lines, 100_000),
    ...growthFigures(rows, 50_000),
    ...growthFigures(wanted),
  ];
}

/** The ratios beyond their limit; none where all hold. */
export function brokenRatios(results: Results): Figure[] {
  return figuresOf(results).filter(({ value, limit = Infinity }) =>
    value > limit
  );
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

/**
 * The median of the ratios of two programs in the same round, so that a burst of
 * other work hits both sides; of all latencies the worst.
 */
function worstRatio(
  rows: readonly Row[],
  mine: string,
  theirs: string,
  cost: (sample: Sample, latencyMs: number) => number,
): number {
  const ratios = rows.filter(({ name }) => name === mine).map((row) => {
    const { latencyMs } = row;
    const other = rows.find((one) =>
      one.name === theirs && one.latencyMs === latencyMs
    )?.samples ?? [];
    return median(other.flatMap((theirSample, round) => {
      const sample = row.samples[round];
      return sample
        ? [cost(sample, latencyMs) / cost(theirSample, latencyMs)]
        : [];
    }));
  });
  return Math.max(...ratios);
}
