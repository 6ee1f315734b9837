/**
 * Tells how a run ended, in all the ways that were asked for: on the terminal,
 * as JSON on stdout, and as a line in the log file.
 *
 * @module
 */

import type { RunFlags } from "../cli/args.ts";
import { formatError } from "../errors.ts";
import type { Io } from "../io.ts";
import {
  type FailedRun,
  isLogLine,
  jsonText,
  logLine,
  toJson,
} from "../report/json.ts";
import { KeptFileError } from "./kept_files.ts";
import type { RunReport } from "../report/report.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Where a run tells how it ended. */
export interface RunContext {
  readonly io: Io;
  readonly terminal: Terminal;
  readonly flags: RunFlags;
}

/** Tells of a run that came to an end. */
export async function tellReport(
  audience: RunContext,
  report: RunReport,
  diff: Uint8Array | undefined,
): Promise<void> {
  const { flags, terminal } = audience;
  const isShown = !flags.json && diff !== undefined;
  // The summary is what stays visible below a long diff.
  if (isShown) terminal.diff(diff);
  terminal.finish(report);
  if (flags.json) terminal.data(jsonText(toJson(report)));
  const line = logLine(report, audience.io.currentDate().toISOString());
  await log(audience, line);
}

/** Tells of a run that an error ended; returns the error's exit code. */
export async function tellError(
  audience: RunContext,
  error: unknown,
  configPath: string | undefined,
): Promise<number> {
  const { flags, terminal, io } = audience;
  const told = formatError(error, configPath);
  terminal.error(told.text, told.hint);
  if (flags.verbosity === "verbose" && error instanceof Error) {
    for (const line of stackOf(error)) terminal.note(line);
  }
  const run: FailedRun = {
    version: io.version,
    exitCode: told.exitCode,
    config: configPath ?? null,
    error: { message: told.text, hint: told.hint ?? null },
  };
  if (flags.json) terminal.data(jsonText(toJson(run)));
  // The log may be the very file that must not be written.
  if (!(error instanceof KeptFileError)) {
    await log(audience, logLine(run, io.currentDate().toISOString()));
  }
  return told.exitCode;
}

/** Where an error came from, without its message, which may quote anything. */
function stackOf(error: Error): string[] {
  const lines = error.stack?.split("\n") ?? [];
  return lines.filter((line) => /^\s+at /.test(line));
}

/** A log that cannot be written is a warning, not a failure. */
async function log(
  { io, flags, terminal }: RunContext,
  line: string,
): Promise<void> {
  if (flags.logFile === undefined) return;
  const fault = await io.store.append(flags.logFile, line, isLogLine);
  if (fault === undefined) return;
  const { message, hint } = fault;
  terminal.warn({
    code: "log-failed",
    text: `the log file "${flags.logFile}" could not be written: ${message}`,
    ...(hint !== undefined && { hint }),
  });
}
