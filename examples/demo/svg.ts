/**
 * A recording as an animated SVG: every row of the screen, and from when to
 * when it looked so. Where nothing moves (reduced motion, printing), the last
 * screen is shown.
 *
 * @module
 */

import { type Cell, type Ink, Screen } from "../../tests/support/screen.ts";
import type { Chunk } from "./recording.ts";

const CELL_WIDTH = 8.4;
const LINE_HEIGHT = 19;
const PADDING = 16;
/** How long the last screen is shown before it starts again. */
const REST_MS = 8000;

const COLORS: Readonly<Record<Ink, string>> = {
  bold: "font-weight:600",
  dim: "fill:#8b949e",
  red: "fill:#ff7b72",
  green: "fill:#56d364",
  yellow: "fill:#e3b341",
  cyan: "fill:#79c0ff",
};

const FONT = "ui-monospace,SFMono-Regular,'Cascadia Mono',Consolas," +
  "'DejaVu Sans Mono',Menlo,monospace";

/** A row that looked the same from one moment to another, or to the end. */
interface Stretch {
  readonly row: number;
  readonly text: string;
  readonly fromMs: number;
  toMs: number;
}

/** The SVG of a recording on a screen of so many columns. */
export function svgOf(chunks: readonly Chunk[], columns: number): string {
  const { stretches, rows, endMs } = stretchesOf(chunks, columns);
  const wholeMs = endMs + REST_MS;
  const names = new Map<string, string>();
  const texts = stretches.map(({ row, text, fromMs, toMs }) => {
    const y = PADDING + row * LINE_HEIGHT + 14;
    const isLast = toMs === Infinity;
    const span = keyframes(fromMs, toMs, wholeMs);
    const name = names.get(span) ?? `k${names.size}`;
    names.set(span, name);
    const still = isLast ? "" : ' class="g"';
    return `<text y="${y}"${still} style="animation-name:${name}">${text}</text>`;
  });
  const width = Math.ceil(columns * CELL_WIDTH + 2 * PADDING);
  const height = rows * LINE_HEIGHT + 2 * PADDING;
  const inks = Object.entries(COLORS).map(([ink, rule]) => `.${ink}{${rule}}`);
  const frames = [...names].map(([span, name]) =>
    `@keyframes ${name}{${span}}`
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="A run of discover in a terminal">
<style>
text{font:14px ${FONT};fill:#e6edf3;white-space:pre;animation:${
    Math.round(wholeMs)
  }ms step-end infinite}
.g{visibility:hidden}
${inks.join("\n")}
${frames.join("\n")}
@media (prefers-reduced-motion:reduce){text{animation:none}}
</style>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
${texts.join("\n")}
</svg>
`;
}

function stretchesOf(
  chunks: readonly Chunk[],
  columns: number,
): { stretches: Stretch[]; rows: number; endMs: number } {
  const screen = new Screen(columns);
  const stretches: Stretch[] = [];
  const current = new Map<number, Stretch>();
  for (const { atMs, text } of chunks) {
    screen.write(text);
    screen.rows.forEach((cells, row) => {
      const shown = runsOf(cells);
      const before = current.get(row);
      if (before?.text === shown) return;
      if (before) before.toMs = atMs;
      const stretch = { row, text: shown, fromMs: atMs, toMs: Infinity };
      current.set(row, stretch);
      stretches.push(stretch);
    });
  }
  const endMs = chunks.at(-1)?.atMs ?? 0;
  const seen = stretches.filter(({ text }) => text !== "");
  return { stretches: seen, rows: screen.text.split("\n").length, endMs };
}

/** Runs of cells that look alike, each at its own column. */
function runsOf(cells: readonly Cell[]): string {
  const runs: { column: number; inks: string; text: string }[] = [];
  cells.forEach(({ character, inks }, column) => {
    const look = [...new Set(inks)].join(" ");
    const last = runs.at(-1);
    if (last && last.inks === look) last.text += character;
    else runs.push({ column, inks: look, text: character });
  });
  return runs.filter(({ text }) => text.trim() !== "").map((run) => {
    const lead = run.text.length - run.text.trimStart().length;
    const x = (PADDING + (run.column + lead) * CELL_WIDTH).toFixed(1);
    const look = run.inks === "" ? "" : ` class="${run.inks}"`;
    return `<tspan x="${x}"${look}>${escape(run.text.trim())}</tspan>`;
  }).join("");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Hidden, shown from one moment to another, hidden again. */
function keyframes(fromMs: number, toMs: number, wholeMs: number): string {
  const percent = (ms: number): string =>
    `${Number((ms / wholeMs * 100).toFixed(2))}%`;
  const start = fromMs <= 0 ? "" : "0%{visibility:hidden}";
  const end = toMs >= wholeMs ? "" : `${percent(toMs)},to{visibility:hidden}`;
  return `${start}${percent(fromMs)}{visibility:visible}${end}`;
}
