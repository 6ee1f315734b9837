/**
 * Says how a run ended, in all the ways that were asked for: on the terminal,
 * as JSON on stdout, and as a line in the log file.
 *
 * @module
 */

import type { RunContext } from "./context.ts";
import { ExitCode, formatError } from "../errors.ts";
import {
  failedRun,
  isLogLine,
  jsonText,
  logLine,
  toJson,
} from "../report/json.ts";
import { KeptFileError } from "./kept_files.ts";
import type { RunReport } from "../report/report.ts";
import { statLines } from "../terminal/closing.ts";

/** Prints and logs the report of a run; returns it. */
export async function emitReport(
  context: RunContext,
  report: RunReport,
  diff: Uint8Array | undefined,
): Promise<RunReport> {
  const { output: { json }, terminal } = context;
  // The summary is what stays visible below a long diff.
  await terminal.finish(
    report,
    json ? undefined : showData(context, report, diff),
  );
  if (json) terminal.data(jsonText(toJson(report)));
  const line = logLine(report, context.io.currentDate().toISOString());
  await log(context, line);
  return report;
}

/** What was asked for on stdout; returns what that was, if anything. */
function showData(
  { destination, terminal }: RunContext,
  report: RunReport,
  diff: Uint8Array | undefined,
): "diff" | "stat" | undefined {
  if (diff === undefined) return undefined;
  if (destination.kind === "dry-run" && destination.isStatOnly) {
    terminal.show((layout) => statLines(report, layout));
    return "stat";
  }
  terminal.diff(diff);
  return diff.length > 0 ? "diff" : undefined;
}

/** Prints and logs the error that ended a run; returns its exit code. */
export async function emitError(
  context: RunContext,
  error: unknown,
  configPath: string | undefined,
): Promise<number> {
  const { output: { json, isVerbose }, terminal, io } = context;
  const failure = formatError(error, configPath);
  terminal.error(failure.text, failure.hint);
  const isInternal = failure.exitCode === ExitCode.internal;
  if (isVerbose && isInternal && error instanceof Error) {
    for (const line of stackOf(error)) terminal.note(line);
  }
  const { version } = io;
  const run = failedRun(failure, { version, config: configPath ?? null });
  if (json) terminal.data(jsonText(toJson(run)));
  // The log may be the very file that must not be written.
  if (!(error instanceof KeptFileError)) {
    await log(context, logLine(run, io.currentDate().toISOString()));
  }
  return failure.exitCode;
}

/** Where an error came from, without its message, which may quote anything. */
function stackOf(error: Error): string[] {
  const lines = error.stack?.split("\n") ?? [];
  return lines.filter((line) => /^\s+at /.test(line));
}

/** A log that cannot be written is a warning, not a failure. */
async function log(
  { io, output: { logFile }, terminal }: RunContext,
  line: string,
): Promise<void> {
  if (logFile === undefined) return;
  const error = await io.store.append(logFile, line, isLogLine);
  if (error === undefined) return;
  const { message, hint } = error;
  terminal.warn({
    code: "log-failed",
    text: `the log file "${logFile}" could not be written: ${message}`,
    ...(hint !== undefined && { hint }),
  });
}
