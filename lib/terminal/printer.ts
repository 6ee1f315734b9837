/**
 * Decides what is said on which stream, and when: a live region, plain lines,
 * or errors only. The streams, the clock and the timer come from outside.
 *
 * @module
 */

import { diffLines } from "./diff_view.ts";
import { type Line, type RenderOptions, span, toText, wrap } from "./layout.ts";
import { LiveRegion, type Size } from "./live_region.ts";
import type { Outcome } from "../fetch/outcome.ts";
import {
  type Asked,
  beginProgress,
  FRAME_MS,
  frameLines,
  lastLines,
  type Progress,
  type ProviderCounts,
  settle,
} from "./progress.ts";
import { errorLines, failureLines, summaryLines } from "./summary.ts";
import type { RunReport } from "../report/report.ts";
import type { Warning } from "../warning.ts";
import { warningLines } from "./warnings.ts";
import {
  canRedraw,
  type ColorChoice,
  type Environment,
  type StreamInfo,
  symbolsFor,
  usesColor,
} from "./style.ts";

/** How a run talks. */
export interface TerminalOptions {
  readonly mode: "quiet" | "normal" | "verbose";
  readonly color: ColorChoice;
  readonly env: Environment;
}

type StreamName = "stdout" | "stderr";

/** The two streams and the time. */
export interface TerminalIo {
  readonly os: string;
  /** See {@linkcode Surface.classicConsoleReady}. */
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

/** The one place through which a run talks. */
export interface Terminal {
  /** One line per provider, redrawn in place where that is possible. */
  begin(
    asked: readonly Asked[],
    configPath: string,
    timeoutMs: number,
  ): void;
  /** A provider is done. */
  settle(outcome: Outcome, counts: ProviderCounts): void;
  /** Ends the live region and prints the summary. */
  finish(report: RunReport): void;
  /** Ends the live region and gives the cursor back. May be called twice. */
  stop(): void;
  warn(warning: Warning): void;
  /** One line that only informs. */
  note(text: string): void;
  error(text: string, hint?: string): void;
  /** Data on stdout, exactly as given. */
  data(data: string | Uint8Array): void;
  /** A diff on stdout: exact in a pipe, coloured on a terminal. */
  diff(diff: Uint8Array): void;
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
}

/** What a terminal is taken for that does not tell its size. */
const DEFAULT_SIZE: Size = { columns: 80, rows: 24 };

/** Makes the printer of a run. */
export class Printer implements Terminal {
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  readonly #options: TerminalOptions;
  readonly #io: TerminalIo;
  readonly #stderr: StreamInfo;
  readonly #region: LiveRegion;
  #progress: Progress | undefined;
  #endTimer: (() => void) | undefined;

  constructor(options: TerminalOptions, io: TerminalIo) {
    this.#options = options;
    this.#io = io;
    this.#stderr = streamInfo("stderr", options.env, io);
    this.color = {
      stdout: usesColor(
        options.color,
        streamInfo("stdout", options.env, io),
      ),
      stderr: usesColor(options.color, this.#stderr),
    };
    this.#region = new LiveRegion(this.color.stderr);
  }

  begin(
    asked: readonly Asked[],
    configPath: string,
    timeoutMs: number,
  ): void {
    if (this.#options.mode === "quiet" || asked.length === 0) return;
    this.#progress = beginProgress(
      asked,
      this.#io.monotonicMs(),
      timeoutMs,
    );
    if (this.#options.mode === "normal" && canRedraw(this.#stderr)) {
      this.#endTimer = this.#io.every(FRAME_MS, () => this.#draw());
      this.#draw();
      return;
    }
    const titles = asked.map(({ title }) => title).join(", ");
    const timeout = `(timeout ${timeoutMs / 1000} s)`;
    this.note(`Refreshing ${configPath} from ${titles} ${timeout}`);
  }

  settle(outcome: Outcome, counts: ProviderCounts): void {
    if (!this.#progress) return;
    this.#progress = settle(this.#progress, outcome, counts);
    // A live region shows it with the next frame: never more than its rate.
    if (this.#endTimer) return;
    this.#print(
      lastLines(this.#progress, outcome.provider, this.#renderOptions()),
    );
  }

  finish(report: RunReport): void {
    const isQuiet = this.#options.mode === "quiet";
    const lines = (isQuiet ? failureLines : summaryLines)(
      report,
      this.#renderOptions(),
    );
    this.#close(lines);
  }

  stop(): void {
    this.#close([]);
  }

  warn(warning: Warning): void {
    if (this.#options.mode !== "quiet") {
      this.#print(warningLines(warning, this.#renderOptions()));
    }
  }

  note(text: string): void {
    if (this.#options.mode !== "quiet") {
      this.#print(wrap([], [span(text)], this.#renderOptions()));
    }
  }

  /** Below the providers' lines: after an error nothing else happens. */
  error(text: string, hint?: string): void {
    this.#close(errorLines(text, hint, this.#renderOptions()));
  }

  data(data: string | Uint8Array): void {
    // Both streams may be the same screen.
    this.stop();
    const bytes = typeof data === "string"
      ? new TextEncoder().encode(data)
      : data;
    this.#io.write("stdout", bytes);
  }

  diff(diff: Uint8Array): void {
    if (!this.color.stdout && !this.#io.isTerminal("stdout")) {
      this.data(diff);
      return;
    }
    const lines = diffLines(diff).map((line) =>
      toText(line, this.color.stdout) + "\n"
    );
    this.data(lines.join(""));
  }

  #size(): Size {
    return this.#io.size() ?? DEFAULT_SIZE;
  }

  /** One cell stays free: erasing after a full row would take its last cell. */
  #renderOptions(size = this.#size()): RenderOptions {
    return {
      width: this.#stderr.isTerminal ? Math.max(1, size.columns - 1) : Infinity,
      symbols: symbolsFor(this.#stderr),
      isVerbose: this.#options.mode === "verbose",
    };
  }

  #write(text: string): void {
    if (text === "") return;
    this.#io.write("stderr", new TextEncoder().encode(text));
  }

  /** Lines for good; over the live region where there is one. */
  #print(lines: readonly Line[]): void {
    if (this.#endTimer) this.#draw(lines);
    else this.#write(this.#textOf(lines));
  }

  #textOf(lines: readonly Line[]): string {
    return lines.map((line) => toText(line, this.color.stderr) + "\n").join("");
  }

  #draw(above: readonly Line[] = []): void {
    if (!this.#progress) return;
    const size = this.#size();
    const lines = frameLines(
      this.#progress,
      this.#io.monotonicMs(),
      this.#renderOptions(size),
      size.rows - 1,
    );
    this.#write(this.#region.frame(lines, size, above));
  }

  /** The providers' last lines, if they were live, and then these, at once. */
  #close(lines: readonly Line[]): void {
    const progress = this.#progress;
    this.#progress = undefined;
    if (!progress || !this.#endTimer) {
      this.#write(this.#textOf(lines));
      return;
    }
    this.#endTimer();
    this.#endTimer = undefined;
    const size = this.#size();
    const options = this.#renderOptions(size);
    const rows = progress.asked.flatMap(({ id }) =>
      lastLines(progress, id, options)
    );
    this.#write(this.#region.close([...rows, ...lines], size));
  }
}

function streamInfo(
  stream: StreamName,
  env: Environment,
  io: TerminalIo,
): StreamInfo {
  const { os, classicConsoleReady } = io;
  const isTerminal = io.isTerminal(stream);
  return { isTerminal, os, classicConsoleReady, env };
}
