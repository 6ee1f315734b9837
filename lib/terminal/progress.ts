/**
 * The providers of a run as lines: who is still being asked, for how long, and
 * what came of the others. It knows no clock: the moment is an argument.
 *
 * @module
 */

import {
  displayWidth,
  type Line,
  padEnd,
  type RenderOptions,
  type Span,
  span,
  truncate,
  wrap,
} from "./layout.ts";
import { describeFailure, type Outcome } from "../fetch/outcome.ts";

/** A provider that is asked in this run. */
export interface Asked {
  readonly id: string;
  readonly title: string;
}

/** How many models a settled provider stands for. */
export interface ProviderCounts {
  readonly models: number;
  /** Models of an earlier section that stand in if it failed. */
  readonly previousModels: number;
}

interface Finished {
  readonly outcome: Outcome;
  readonly counts: ProviderCounts;
}

/** The state of the display. */
export interface Progress {
  readonly asked: readonly Asked[];
  readonly startedMs: number;
  readonly timeoutMs: number;
  /** By provider; those who are not in it have not answered yet. */
  readonly finished: ReadonlyMap<string, Finished>;
}

/** How long one picture of the spinner stands: 12 and a half frames a second. */
export const FRAME_MS = 80;

/** All providers have just been asked. */
export function beginProgress(
  asked: readonly Asked[],
  startedMs: number,
  timeoutMs: number,
): Progress {
  return { asked, startedMs, timeoutMs, finished: new Map() };
}

/** One provider is done. */
export function settle(
  progress: Progress,
  outcome: Outcome,
  counts: ProviderCounts,
): Progress {
  const finished = new Map(progress.finished);
  finished.set(outcome.provider, { outcome, counts });
  return { ...progress, finished };
}

/** One line per provider for this moment, cut to the width, never wrapped. */
export function frameLines(
  progress: Progress,
  monotonicMs: number,
  options: RenderOptions,
  maxLines: number,
): Line[] {
  const lines = progress.asked.map(({ id }) => {
    const [lead, body] = rowFor(progress, id, options) ??
      waitingRow(progress, id, monotonicMs, options);
    return truncate([...lead, ...body], options);
  });
  if (lines.length <= maxLines) return lines;
  const head = lines.slice(0, Math.max(0, maxLines - 1));
  const waiting = progress.asked.length - progress.finished.size;
  const rest = `  and ${lines.length - head.length} more, ${waiting} waiting`;
  return [...head, truncate([span(rest, "dim")], options)];
}

/** A settled provider's line for good: wrapped, so that nothing is lost. */
export function finishedLines(
  progress: Progress,
  id: string,
  options: RenderOptions,
): Line[] {
  const row = rowFor(progress, id, options);
  return row ? wrap(...row, options) : [];
}

/** A provider's line when the run ends before its answer. */
export function stoppedLines(
  progress: Progress,
  id: string,
  options: RenderOptions,
): Line[] {
  const lead = labelFor(progress, id, span("-", "dim"));
  return wrap(lead, [span("stopped", "dim")], options);
}

type Row = readonly [lead: Line, body: Line];

function waitingRow(
  progress: Progress,
  id: string,
  monotonicMs: number,
  options: RenderOptions,
): Row {
  const elapsedMs = Math.max(0, monotonicMs - progress.startedMs);
  const { spinner } = options.symbols;
  const picture = spinner[Math.floor(elapsedMs / FRAME_MS) % spinner.length];
  const lead = labelFor(progress, id, span(picture ?? "", "accent"));
  const seconds = (Math.floor(elapsedMs / 100) / 10).toFixed(1);
  return [lead, [span("asking"), span(`  ${seconds} s`, "dim")]];
}

function rowFor(
  progress: Progress,
  id: string,
  { symbols }: RenderOptions,
): Row | undefined {
  const finished = progress.finished.get(id);
  if (!finished) return undefined;
  const { outcome, counts } = finished;
  if (outcome.kind === "failed") {
    const reason = describeFailure(outcome.failure, progress.timeoutMs);
    const lead = labelFor(progress, id, span(symbols.failed, "bad"));
    const isInterrupted = outcome.failure.reason === "interrupted";
    const now = isInterrupted ? "" : consequence(counts);
    return [lead, [span(reason, "bad"), span(now)]];
  }
  const mark = outcome.keyRejected
    ? span(symbols.attention, "attention")
    : span(symbols.done, "good");
  const count = String(counts.models).padStart(digitsOf(progress));
  return [labelFor(progress, id, mark), [
    span(`${count} ${counts.models === 1 ? "model" : "models"}`),
    ...(outcome.keyRejected
      ? [span(", but the key was rejected", "attention")]
      : [span(counts.models === 1 ? " " : "")]),
    span(`  ${formatMs(outcome.elapsedMs)}`, "dim"),
  ]];
}

function consequence({ previousModels }: ProviderCounts): string {
  if (previousModels === 0) return ", it has no earlier models";
  return `, keeping ${countOf(previousModels, "earlier model")}`;
}

function labelFor({ asked }: Progress, id: string, mark: Span): Line {
  const titles = asked.map(({ title }) => displayWidth([span(title)]));
  const title = asked.find((one) => one.id === id)?.title ?? id;
  const name = padEnd(span(title).text, Math.max(0, ...titles));
  return [mark, span(" "), span(name, "strong"), span("  ")];
}

/** Counts stand under each other; those that are known so far decide. */
function digitsOf({ finished }: Progress): number {
  const counts = [...finished.values()].map(({ counts }) => counts.models);
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
