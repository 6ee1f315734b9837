/**
 * The providers of a run as lines: who is still being asked, for how long, and
 * what came of the others. It knows no clock: the moment is an argument.
 *
 * @module
 */

import {
  cellsOf,
  cut,
  type Line,
  type Look,
  padEnd,
  type Span,
  span,
  wrap,
} from "./layout.ts";
import { describeFailure, type Outcome } from "../fetch/outcome.ts";

/** A provider that is asked in this run. */
export interface Asked {
  readonly id: string;
  readonly title: string;
}

/** How many models a settled provider stands for. */
export interface Shown {
  readonly models: number;
  /** Models of an earlier section that stand in if it failed. */
  readonly previousModels: number;
}

interface Settled {
  readonly outcome: Outcome;
  readonly shown: Shown;
}

/** The state of the display. */
export interface Progress {
  readonly asked: readonly Asked[];
  readonly startedMs: number;
  readonly timeoutMs: number;
  /** By provider; those who are not in it have not answered yet. */
  readonly settled: ReadonlyMap<string, Settled>;
}

/** How long one picture of the spinner stands: 12 and a half frames a second. */
export const FRAME_MS = 80;

/** All providers have just been asked. */
export function beginProgress(
  asked: readonly Asked[],
  startedMs: number,
  timeoutMs: number,
): Progress {
  return { asked, startedMs, timeoutMs, settled: new Map() };
}

/** One provider is done. */
export function settle(
  progress: Progress,
  outcome: Outcome,
  shown: Shown,
): Progress {
  const settled = new Map(progress.settled);
  settled.set(outcome.provider, { outcome, shown });
  return { ...progress, settled };
}

/** One line per provider for this moment, cut to the width, never wrapped. */
export function frameLines(
  progress: Progress,
  nowMs: number,
  look: Look,
  maxLines: number,
): Line[] {
  const lines = progress.asked.map(({ id }) => {
    const [lead, body] = rowOf(progress, id, look) ??
      waitingRow(progress, id, nowMs, look);
    return cut([...lead, ...body], look);
  });
  if (lines.length <= maxLines) return lines;
  const head = lines.slice(0, Math.max(0, maxLines - 1));
  const waiting = progress.asked.length - progress.settled.size;
  const rest = `  and ${lines.length - head.length} more, ${waiting} waiting`;
  return [...head, cut([span(rest, "dim")], look)];
}

/** A settled provider's line for good: wrapped, so that nothing is lost. */
export function settledLines(
  progress: Progress,
  id: string,
  look: Look,
): Line[] {
  const row = rowOf(progress, id, look);
  return row ? wrap(...row, look) : [];
}

/** A provider's line when the run ends before its answer. */
export function stoppedLines(
  progress: Progress,
  id: string,
  look: Look,
): Line[] {
  const lead = leadOf(progress, id, span("-", "dim"));
  return wrap(lead, [span("stopped", "dim")], look);
}

type Row = readonly [lead: Line, body: Line];

function waitingRow(
  progress: Progress,
  id: string,
  nowMs: number,
  look: Look,
): Row {
  const elapsedMs = Math.max(0, nowMs - progress.startedMs);
  const { spinner } = look.symbols;
  const picture = spinner[Math.floor(elapsedMs / FRAME_MS) % spinner.length];
  const lead = leadOf(progress, id, span(picture ?? "", "accent"));
  const seconds = (Math.floor(elapsedMs / 100) / 10).toFixed(1);
  return [lead, [span("asking"), span(`  ${seconds} s`, "dim")]];
}

function rowOf(
  progress: Progress,
  id: string,
  { symbols }: Look,
): Row | undefined {
  const settled = progress.settled.get(id);
  if (!settled) return undefined;
  const { outcome, shown } = settled;
  if (outcome.kind === "failed") {
    const reason = describeFailure(outcome.failure, progress.timeoutMs);
    const lead = leadOf(progress, id, span(symbols.failed, "bad"));
    const isInterrupted = outcome.failure.reason === "interrupted";
    const now = isInterrupted ? "" : consequence(shown);
    return [lead, [span(reason, "bad"), span(now)]];
  }
  const mark = outcome.keyRejected
    ? span(symbols.attention, "attention")
    : span(symbols.done, "good");
  const count = String(shown.models).padStart(digitsOf(progress));
  return [leadOf(progress, id, mark), [
    span(`${count} ${shown.models === 1 ? "model" : "models"}`),
    ...(outcome.keyRejected
      ? [span(", but the key was rejected", "attention")]
      : [span(shown.models === 1 ? " " : "")]),
    span(`  ${formatMs(outcome.elapsedMs)}`, "dim"),
  ]];
}

function consequence({ previousModels }: Shown): string {
  if (previousModels === 0) return ", it has no earlier models";
  return `, keeping ${countOf(previousModels, "earlier model")}`;
}

function leadOf({ asked }: Progress, id: string, mark: Span): Line {
  const titles = asked.map(({ title }) => cellsOf([span(title)]));
  const title = asked.find((one) => one.id === id)?.title ?? id;
  const name = padEnd(span(title).text, Math.max(0, ...titles));
  return [mark, span(" "), span(name, "strong"), span("  ")];
}

/** Counts stand under each other; those that are known so far decide. */
function digitsOf({ settled }: Progress): number {
  const counts = [...settled.values()].map(({ shown }) => shown.models);
  return String(Math.max(0, ...counts)).length;
}

/** `312 ms`, `1.2 s`. */
export function formatMs(ms: number): string {
  const rounded = Math.round(ms);
  return rounded < 1000 ? `${rounded} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `1 model`, `2 models`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
