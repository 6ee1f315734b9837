/**
 * Decides what is said on which stream, and when: a live region, plain lines,
 * or errors only. The streams, the clock and the timer come from outside.
 *
 * @module
 */

import { diffLines } from "./diff_view.ts";
import { allLastLines, lastLines } from "./last_lines.ts";
import { Layout, type Line, span, toText } from "./layout.ts";
import { LiveRegion, type Size } from "./live_region.ts";
import type { Outcome } from "../fetch/outcome.ts";
import {
  type Asked,
  beginProgress,
  FRAME_MS,
  frameLines,
  type Progress,
  type ProviderCounts,
  settle,
} from "./progress.ts";
import type { RunReport } from "../report/report.ts";
import type { Warning } from "../warning.ts";
import { errorLines, warningLines } from "./warnings.ts";
import {
  canRedraw,
  type ColorChoice,
  type Environment,
  type StreamInfo,
  symbolsFor,
  usesColor,
} from "./style.ts";

/** How much a run says, and in which colours. */
export interface TerminalOptions {
  readonly mode: "quiet" | "normal" | "verbose";
  readonly color: ColorChoice;
  readonly env: Environment;
}

type StreamName = "stdout" | "stderr";

/** The two streams and the time. */
export interface TerminalIo {
  readonly os: string;
  /** See {@linkcode StreamInfo.classicConsoleReady}. */
  readonly classicConsoleReady: boolean;
  readonly isTerminal: (stream: StreamName) => boolean;
  /** The terminal's size now; nothing when there is none, or it is unknown. */
  readonly size: () => Size | undefined;
  /** Never throws for a reader that went away. */
  readonly write: (stream: StreamName, bytes: Uint8Array) => void;
  readonly monotonicMs: () => number;
  /** Calls again and again without keeping the process; returns the end of it. */
  readonly every: (ms: number, tick: () => void) => () => void;
}

/** All that a run prints goes through it. */
export type Terminal = Pick<
  Printer,
  | "begin"
  | "wait"
  | "settle"
  | "finish"
  | "stop"
  | "warn"
  | "note"
  | "error"
  | "data"
  | "show"
  | "summary"
  | "diff"
>;

/** The size of a terminal that does not report one. */
const DEFAULT_SIZE: Size = { columns: 80, rows: 24 };

/** Prints what a run has to say. */
export class Printer {
  readonly #options: TerminalOptions;
  readonly #io: TerminalIo;
  readonly #streams: Readonly<Record<StreamName, StreamInfo>>;
  readonly #color: Readonly<Record<StreamName, boolean>>;
  readonly #region: LiveRegion;
  #progress: Progress | undefined;
  #endTimer: (() => void) | undefined;
  /** Whether nothing of the live region is to stay. */
  #isPassing = false;

  constructor(options: TerminalOptions, io: TerminalIo) {
    const { color, env } = options;
    this.#options = options;
    this.#io = io;
    const stdout = { ...io, env, isTerminal: io.isTerminal("stdout") };
    const stderr = { ...io, env, isTerminal: io.isTerminal("stderr") };
    this.#streams = { stdout, stderr };
    this.#color = {
      stdout: usesColor(color, stdout),
      stderr: usesColor(color, stderr),
    };
    this.#region = new LiveRegion(this.#color.stderr);
  }

  /** One line per provider, redrawn in place where that is possible. */
  begin(asked: readonly Asked[], configPath: string, timeoutMs: number): void {
    const { mode } = this.#options;
    if (mode === "quiet" || asked.length === 0) return;
    this.#progress = beginProgress(asked, this.#io.monotonicMs(), timeoutMs);
    if (mode === "normal" && canRedraw(this.#streams.stderr)) {
      this.#endTimer = this.#io.every(FRAME_MS, () => this.#draw());
      this.#draw();
      return;
    }
    const titles = asked.map(({ title }) => title).join(", ");
    const timeout = `(timeout ${timeoutMs / 1000} s)`;
    this.note(`Refreshing ${configPath} from ${titles} ${timeout}`);
  }

  /** The same where it can be redrawn, and nothing of it stays. */
  wait(asked: readonly Asked[], timeoutMs: number): void {
    const isLive = this.#options.mode === "normal" &&
      canRedraw(this.#streams.stderr);
    if (!isLive || asked.length === 0) return;
    this.#isPassing = true;
    this.begin(asked, "", timeoutMs);
  }

  /** A provider is done. */
  settle(outcome: Outcome, counts: ProviderCounts): void {
    if (!this.#progress) return;
    this.#progress = settle(this.#progress, outcome, counts);
    // A live region shows it with the next frame: never more than its rate.
    if (this.#endTimer) return;
    const { provider } = outcome;
    this.#print(lastLines(this.#progress, provider, this.#layout()));
  }

  /**
   * Ends the live region and prints the summary, whose code is loaded for it:
   * what is left to say `below` what stdout shows already.
   */
  async finish(report: RunReport, below?: "diff" | "stat"): Promise<void> {
    const { failureLines, summaryLines } = await import("./summary.ts");
    const layout = this.#layout();
    this.#close(
      this.#options.mode === "quiet"
        ? failureLines(report, layout)
        : summaryLines(report, layout, below),
    );
  }

  /** Ends the live region. May be called twice. */
  stop(): void {
    this.#close([]);
  }

  warn(warning: Warning): void {
    if (this.#options.mode === "quiet") return;
    this.#print(warningLines(warning, this.#layout()));
  }

  /** One line that only informs. */
  note(text: string): void {
    if (this.#options.mode === "quiet") return;
    this.#print(this.#layout().wrap([], [span(text)]));
  }

  /** Below the providers' lines: after an error nothing else happens. */
  error(text: string, hint?: string): void {
    this.#close(errorLines(text, hint, this.#layout()));
  }

  /** Data on stdout, exactly as given. */
  data(data: string | Uint8Array): void {
    // Both streams may be the same screen.
    this.stop();
    this.#write("stdout", data);
  }

  /** Lines on stdout, laid out for what it is. */
  show(linesFor: (layout: Layout) => readonly Line[]): void {
    this.data(textOf(linesFor(this.#layout("stdout")), this.#color.stdout));
  }

  /** Lines that only inform. */
  summary(linesFor: (layout: Layout) => readonly Line[]): void {
    if (this.#options.mode === "quiet") return;
    this.#print(linesFor(this.#layout()));
  }

  /** A diff on stdout: exact in a pipe, coloured on a terminal. */
  diff(diff: Uint8Array): void {
    const color = this.#color.stdout;
    const isShown = color || this.#streams.stdout.isTerminal;
    this.data(isShown ? textOf(diffLines(diff), color) : diff);
  }

  #size(): Size {
    return this.#io.size() ?? DEFAULT_SIZE;
  }

  /** One cell stays free: erasing after a full row would take its last cell. */
  #layout(stream: StreamName = "stderr", size = this.#size()): Layout {
    const { isTerminal } = this.#streams[stream];
    const width = isTerminal ? Math.max(1, size.columns - 1) : Infinity;
    const isVerbose = this.#options.mode === "verbose";
    return new Layout(width, symbolsFor(this.#streams[stream]), isVerbose);
  }

  #write(stream: StreamName, data: string | Uint8Array): void {
    if (data.length === 0) return;
    const isText = typeof data === "string";
    this.#io.write(stream, isText ? new TextEncoder().encode(data) : data);
  }

  /** Lines for good; over the live region where there is one. */
  #print(lines: readonly Line[]): void {
    if (this.#endTimer) this.#draw(lines);
    else this.#write("stderr", textOf(lines, this.#color.stderr));
  }

  #draw(above: readonly Line[] = []): void {
    if (!this.#progress) return;
    const size = this.#size();
    const layout = this.#layout("stderr", size);
    const nowMs = this.#io.monotonicMs();
    const lines = frameLines(this.#progress, nowMs, layout, size.rows - 1);
    this.#write("stderr", this.#region.frame(lines, size, above));
  }

  /** The providers' last lines, if they were live, and then these, at once. */
  #close(lines: readonly Line[]): void {
    const progress = this.#progress;
    this.#progress = undefined;
    if (!progress || !this.#endTimer) return this.#print(lines);
    this.#endTimer();
    this.#endTimer = undefined;
    const size = this.#size();
    const layout = this.#layout("stderr", size);
    const rows = this.#isPassing ? [] : allLastLines(progress, layout);
    this.#write("stderr", this.#region.close([...rows, ...lines], size));
  }
}

function textOf(lines: readonly Line[], color: boolean): string {
  return lines.map((line) => toText(line, color) + "\n").join("");
}
