/**
 * The results as two small drawings: bars for the programs side by side, lines
 * for growth. SVG by hand, readable on a light and a dark page. Pure.
 *
 * @module
 */

import { NAME, type Row } from "./overhead.ts";
import { overheads } from "./report.ts";
import { GROWN, type Growth } from "./scale.ts";

const WIDTH = 640;
const LEFT = 70;
const RIGHT = 40;
const COLOURS: Readonly<Record<string, string>> = {
  [NAME.fetchOnly]: "#8a8f98",
  [NAME.unchanged]: "#2f81f7",
  [NAME.updated]: "#1f5fbf",
  [NAME.usual]: "#d29922",
};
const BAR_HEIGHT = 14;

/** One group of bars for each latency. */
export function overheadPlot(rows: readonly Row[]): string {
  const names = Object.keys(COLOURS);
  const latencies = [...new Set(rows.map(({ latencyMs }) => latencyMs))];
  const all = names.flatMap((name) => overheads(rows, name));
  const scale = (WIDTH - LEFT - RIGHT - 60) /
    Math.max(1, ...all.map(([, ms]) => ms));
  const parts: string[] = [];
  let y = 60;
  for (const latency of latencies) {
    parts.push(text(LEFT - 8, y + 34, `${latency} ms`, "end"));
    for (const name of names) {
      const found = overheads(rows, name).find(([at]) => at === latency);
      const ms = Math.max(0, found?.[1] ?? 0);
      const size = `width="${round(ms * scale)}" height="${BAR_HEIGHT - 2}"`;
      parts.push(
        `<rect x="${LEFT}" y="${y}" ${size} fill="${COLOURS[name]}"/>`,
        text(LEFT + ms * scale + 6, y + 10, `${ms.toFixed(0)} ms`),
      );
      y += BAR_HEIGHT;
    }
    y += 14;
  }
  const legend = names.flatMap((name, at) => [
    `<rect x="${LEFT + at * 150}" y="32" width="10" height="10" fill="${
      COLOURS[name]
    }"/>`,
    text(LEFT + at * 150 + 14, 41, name),
  ]);
  const title = "Overhead over the slowest provider, by its latency";
  return svg(y, [text(LEFT, 18, title), ...legend, ...parts]);
}

const HEIGHT = 320;
const TOP = 40;
const BOTTOM = 40;

/** Wall time by size, both axes by powers of ten. */
export function growthPlot(growths: readonly Growth[]): string {
  const points = growths.flatMap((growth) => growth.points);
  const x = axis(points.map(({ size }) => size), LEFT, WIDTH - RIGHT);
  const y = axis(
    points.map(({ wallMs }) => wallMs),
    HEIGHT - BOTTOM,
    TOP,
  );
  const colours = ["#2f81f7", "#d29922", "#8a8f98"];
  const lines = growths.flatMap(({ what, points }, at) => {
    const colour = colours[at] ?? "#8a8f98";
    const path = points.map(({ size, wallMs }) =>
      `${round(x.at(size))},${round(y.at(wallMs))}`
    );
    return [
      `<polyline points="${path.join(" ")}" fill="none" stroke="${colour}"/>`,
      ...path.map((point) => {
        const [cx, cy] = point.split(",");
        return `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`;
      }),
      `<rect x="${
        LEFT + at * 150
      }" y="26" width="10" height="10" fill="${colour}"/>`,
      text(LEFT + at * 150 + 14, 35, GROWN[what]),
    ];
  });
  const marks = [
    ...x.powers.map((power) =>
      text(x.at(power), HEIGHT - 18, power.toLocaleString("en"), "middle")
    ),
    ...y.powers.map((power) =>
      text(LEFT - 8, y.at(power) + 4, `${power.toLocaleString("en")} ms`, "end")
    ),
  ];
  const title = "Wall time of a run by lines of the config and rows of a list";
  return svg(HEIGHT, [text(LEFT, 18, title), ...marks, ...lines]);
}

/** From whole powers of ten to a stretch of the drawing. */
function axis(
  values: readonly number[],
  from: number,
  to: number,
): { at: (value: number) => number; powers: number[] } {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  const powers = Array.from(
    { length: high - low + 1 },
    (_, step) => 10 ** (low + step),
  );
  return {
    at: (value) =>
      from + (to - from) * (Math.log10(value) - low) / Math.max(1, high - low),
    powers,
  };
}

function text(
  x: number,
  y: number,
  content: string,
  anchor: "start" | "middle" | "end" = "start",
): string {
  return `<text x="${round(x)}" y="${
    round(y)
  }" text-anchor="${anchor}">${content}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function svg(height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" ` +
    `width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="11">`,
    // A background of its own, since a page may be dark.
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}
