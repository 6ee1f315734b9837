/**
 * The providers of a run as lines: who is still being asked, for how long, and
 * what came of the others. It knows no clock: the moment is an argument.
 *
 * @module
 */

import {
  displayWidth,
  Layout,
  type Line,
  padEnd,
  type Span,
  span,
} from "./layout.ts";
import { describeFailure } from "../fetch/failure_words.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { consequenceOf } from "../report/report.ts";
import { counted } from "../text/plural.ts";
import { hintLines } from "./warnings.ts";
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
type Finished = ProviderCounts & { readonly outcome: Outcome };

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

/** Room for the counts of those that are still to come. */
const LIKELY_DIGITS = 3;

/**
 * A provider's line for good, as soon as it is done: wrapped, so that nothing is
 * lost. What it says about its failure is below, and what may help, unless an
 * earlier one had the same hint.
 */
export function lastLines(
  progress: Progress,
  id: string,
  layout: Layout,
): Line[] {
  const hint = progress.finished.get(id)?.hint;
  const [first] = sharing(hint, [...progress.finished.keys()], progress);
  const digits = Math.max(LIKELY_DIGITS, digitsOf(progress));
  return finalLines(progress, id, layout, {
    digits,
    hint: first === id ? hint : undefined,
  });
}

/**
 * The lines of all, be it that the run ended before an answer. A hint that several
 * have is below the last of them, with their names.
 */
export function allLastLines(progress: Progress, layout: Layout): Line[] {
  const ids = progress.asked.map(({ id }) => id);
  return ids.flatMap((id) => {
    const hint = progress.finished.get(id)?.hint;
    const those = sharing(hint, ids, progress);
    const titles = those.map((one) => titleOf(progress, one)).join(", ");
    const shown = those.length > 1 ? `${titles}: ${hint}` : hint;
    return finalLines(progress, id, layout, {
      digits: digitsOf(progress),
      hint: those.at(-1) === id ? shown : undefined,
    });
  });
}

/** Those of the providers that have a hint. */
function sharing(
  hint: string | undefined,
  ids: readonly string[],
  { finished }: Progress,
): string[] {
  if (hint === undefined) return [];
  return ids.filter((id) => finished.get(id)?.hint === hint);
}

function finalLines(
  progress: Progress,
  id: string,
  layout: Layout,
  { digits, hint }: {
    readonly digits: number;
    readonly hint: string | undefined;
  },
): Line[] {
  const [label, body] = rowFor(progress, id, layout, { digits }) ??
    [labelFor(progress, id, span("-", "dim")), [span("stopped", "dim")]];
  const cells = displayWidth(label);
  const indent = cells < layout.width / 2 ? cells : 4;
  return [
    ...layout.wrap(label, body),
    ...saidLines(progress.finished.get(id), indent, layout),
    ...(hint === undefined ? [] : hintLines(hint, layout, indent)),
  ];
}

/** Below the words of its row. */
function saidLines(
  finished: Finished | undefined,
  indent: number,
  layout: Layout,
): Line[] {
  const { outcome } = finished ?? {};
  if (outcome?.kind !== "failed") return [];
  const { said } = outcome.failure;
  if (said === undefined) return [];
  return layout.wrap([span(" ".repeat(indent))], [span(`"${said}"`)], indent);
}

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

function rowFor(
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
  if (outcome.keyRejected) {
    const rejected = span(", but API key rejected", "attention");
    const mark = span(symbols.attention, "attention");
    return [label(mark), [span(count.trimEnd()), rejected, time]];
  }
  return [label(span(symbols.done, "good")), [span(count), time]];
}

function labelFor({ asked }: Progress, id: string, mark: Span): Line {
  const titles = asked.map(({ title }) => textWidth(span(title).text));
  const title = titleOf({ asked }, id);
  const name = padEnd(span(title).text, Math.max(0, ...titles));
  return [mark, span(" "), span(name, "strong"), span("  ")];
}

function titleOf({ asked }: Pick<Progress, "asked">, id: string): string {
  return asked.find((one) => one.id === id)?.title ?? id;
}

/** Counts are aligned, as far as they are known. */
function digitsOf({ finished }: Progress): number {
  const counts = [...finished.values()].map(({ models }) => models);
  return String(Math.max(0, ...counts)).length;
}

/** `312 ms`, `1.2 s`. */
export function formatMs(ms: number): string {
  const rounded = Math.round(ms);
  return rounded < 1000 ? `${rounded} ms` : `${(ms / 1000).toFixed(1)} s`;
}
