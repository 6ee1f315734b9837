/**
 * The providers of a run as lines: who is still being asked, for how long, and
 * what came of the others. It knows no clock: the moment is an argument.
 *
 * @module
 */

import {
  type Line,
  padEnd,
  type RenderOptions,
  type Span,
  span,
  truncate,
  wrap,
} from "./layout.ts";
import { describeFailure, type Outcome } from "../fetch/outcome.ts";
import { consequenceOf } from "../report/report.ts";
import { textWidth } from "./width.ts";

/** A provider that is asked in this run. */
export interface Asked {
  readonly id: string;
  readonly title: string;
}

/** How many models a finished provider stands for. */
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

/**
 * A provider's line for good, be it that the run ended before its answer:
 * wrapped, so that nothing is lost.
 */
export function lastLines(
  progress: Progress,
  id: string,
  options: RenderOptions,
): Line[] {
  const [label, body] = rowFor(progress, id, options) ??
    [labelFor(progress, id, span("-", "dim")), [span("stopped", "dim")]];
  return wrap(label, body, options);
}

type Row = readonly [label: Line, body: Line];

function waitingRow(
  progress: Progress,
  id: string,
  monotonicMs: number,
  { symbols: { spinner } }: RenderOptions,
): Row {
  const elapsedMs = Math.max(0, monotonicMs - progress.startedMs);
  const picture = spinner[Math.floor(elapsedMs / FRAME_MS) % spinner.length];
  const seconds = (Math.floor(elapsedMs / 100) / 10).toFixed(1);
  return [
    labelFor(progress, id, span(picture ?? "", "accent")),
    [span("waiting"), span(`  ${seconds} s`, "dim")],
  ];
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
    const now = outcome.failure.reason === "interrupted"
      ? ""
      : `; ${consequenceOf(counts.previousModels)}`;
    const label = labelFor(progress, id, span(symbols.failed, "bad"));
    return [label, [span(reason, "bad"), span(now)]];
  }
  const mark = outcome.keyRejected
    ? span(symbols.attention, "attention")
    : span(symbols.done, "good");
  const count = String(counts.models).padStart(digitsOf(progress));
  const models = `${count} ${counts.models === 1 ? "model " : "models"}`;
  return [labelFor(progress, id, mark), [
    ...(outcome.keyRejected
      ? [span(models.trimEnd()), span(", but API key rejected", "attention")]
      : [span(models)]),
    span(`  ${formatMs(outcome.elapsedMs)}`, "dim"),
  ]];
}

function labelFor({ asked }: Progress, id: string, mark: Span): Line {
  const titles = asked.map(({ title }) => textWidth(span(title).text));
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
