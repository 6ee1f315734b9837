/**
 * The providers of a run while it waits for them: who is still being asked, for
 * how long, and what came of the others. It knows no clock: the moment is an
 * argument.
 *
 * @module
 */

import { Layout, type Line, padEnd, type Span, span } from "./layout.ts";
import { describeFailure } from "../fetch/failure_words.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { consequenceOf } from "../report/report.ts";
import { counted } from "../text/plural.ts";
import { textWidth } from "./width.ts";

/** A provider that is asked in this run. */
export interface Asked {
  readonly id: string;
  readonly title: string;
}

/** The models of a provider that is done. */
export interface ProviderCounts {
  readonly models: number;
  /** Models of its earlier section, which is kept if it failed. */
  readonly previousModels: number;
  /** What may help, if it failed. */
  readonly hint?: string | undefined;
}

/** What came of one provider. */
export type Finished = ProviderCounts & { readonly outcome: Outcome };

/** The state of the display. */
export interface Progress {
  readonly asked: readonly Asked[];
  readonly startedMs: number;
  readonly timeoutMs: number;
  /** By provider; those who are not in it have not answered yet. */
  readonly finished: ReadonlyMap<string, Finished>;
}

/** How long a picture of the spinner is shown: 12.5 frames a second. */
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
  const done = [outcome.provider, { ...counts, outcome }] as const;
  return { ...progress, finished: new Map([...progress.finished, done]) };
}

/**
 * A line of a frame takes no more. In a window that gets narrower than its lines
 * terminals break them, and tmux scrolls the first ones out of reach: they would
 * be there twice.
 */
const MAX_FRAME_CELLS = 39;

/** One line per provider for this moment, cut to the width, never wrapped. */
export function frameLines(
  progress: Progress,
  monotonicMs: number,
  { width, symbols, isVerbose }: Layout,
  maxLines: number,
): Line[] {
  const cells = Math.min(width, MAX_FRAME_CELLS);
  const layout = new Layout(cells, symbols, isVerbose);
  const lines = progress.asked.map(({ id }) => {
    const [lead, body] = rowFor(progress, id, layout, { form: "brief" }) ??
      waitingRow(progress, id, monotonicMs, layout);
    return layout.truncate([...lead, ...body]);
  });
  if (lines.length <= maxLines) return lines;
  const head = lines.slice(0, Math.max(0, maxLines - 1));
  const waiting = progress.asked.length - progress.finished.size;
  const rest = `  and ${lines.length - head.length} more, ${waiting} waiting`;
  return [...head, layout.truncate([span(rest, "dim")])];
}

/** What a line is made of: the provider, and what is said of it. */
type Row = readonly [label: Line, body: Line];

function waitingRow(
  progress: Progress,
  id: string,
  monotonicMs: number,
  { symbols: { spinner } }: Layout,
): Row {
  const elapsedMs = Math.max(0, monotonicMs - progress.startedMs);
  const picture = spinner[Math.floor(elapsedMs / FRAME_MS) % spinner.length];
  const seconds = (Math.floor(elapsedMs / 100) / 10).toFixed(1);
  return [
    labelFor(progress, id, span(picture ?? "", "accent")),
    [span("waiting"), span(`  ${seconds} s`, "dim")],
  ];
}

/** The row of a provider that is done; nothing for one that is not. */
export function rowFor(
  progress: Progress,
  id: string,
  { symbols }: Layout,
  { form = "whole", digits = digitsOf(progress) }: {
    readonly form?: "brief" | "whole";
    readonly digits?: number;
  } = {},
): Row | undefined {
  const finished = progress.finished.get(id);
  if (!finished) return undefined;
  const { outcome, models, previousModels } = finished;
  const label = (mark: Span): Line => labelFor(progress, id, mark);
  if (outcome.kind === "failed") {
    const reason = describeFailure(outcome.failure, progress.timeoutMs);
    const isAll = form === "brief" ||
      outcome.failure.reason === "interrupted";
    const rest = isAll ? "" : `; ${consequenceOf(previousModels)}`;
    return [label(span(symbols.failed, "bad")), [
      span(reason, "bad"),
      span(rest),
    ]];
  }
  const time = span(`  ${formatMs(outcome.elapsedMs)}`, "dim");
  const count = counted(models, "model ", "models")
    .padStart(digits + " models".length);
  return [label(span(symbols.done, "good")), [span(count), time]];
}

/** A mark and the title, as wide as that of the longest. */
export function labelFor({ asked }: Progress, id: string, mark: Span): Line {
  const titles = asked.map(({ title }) => textWidth(span(title).text));
  const title = titleOf({ asked }, id);
  const name = padEnd(span(title).text, Math.max(0, ...titles));
  return [mark, span(" "), span(name, "strong"), span("  ")];
}

/** A provider as a person calls it. */
export function titleOf(
  { asked }: Pick<Progress, "asked">,
  id: string,
): string {
  return asked.find((one) => one.id === id)?.title ?? id;
}

/** The digits of the largest count so far, by which counts are aligned. */
export function digitsOf({ finished }: Progress): number {
  const counts = [...finished.values()].map(({ models }) => models);
  return String(Math.max(0, ...counts)).length;
}

/** `312 ms`, `1.2 s`. */
export function formatMs(ms: number): string {
  const rounded = Math.round(ms);
  return rounded < 1000 ? `${rounded} ms` : `${(ms / 1000).toFixed(1)} s`;
}
