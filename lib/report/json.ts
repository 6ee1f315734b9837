/**
 * A run as data: the object of `--json`, schema version 1, and the line of
 * `--log-file`. What stands in it is described in `docs/json.md` and
 * `docs/report.schema.json`.
 *
 * @module
 */

import { describeFailure } from "../fetch/outcome.ts";
import type { ProviderReport, RunReport } from "./report.ts";
import type { Warning } from "../warning.ts";

/** Goes up only when a field changes its meaning or goes away. */
export const SCHEMA_VERSION = 1;

/** A run that ended with an error before there was anything to report. */
export interface FailedRun {
  readonly version: string;
  readonly exitCode: number;
  /** The path of the config, where it is known. */
  readonly config?: string;
  readonly message: string;
  readonly hint?: string;
}

/** The object of `--json`; with `--dry-run` the diff is a field of it. */
export function toJson(
  report: RunReport,
  diff?: Uint8Array,
): Record<string, unknown> {
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "run",
    version: report.version,
    exitCode: report.exitCode,
    result: report.result,
    config: report.config,
    output: report.output ?? null,
    backup: report.backup ?? null,
    timeoutMs: report.timeoutMs,
    elapsedMs: Math.round(report.elapsedMs),
    providers: report.providers.map((provider) =>
      providerJson(provider, report.timeoutMs)
    ),
    models: {
      added: report.added,
      removed: report.removed,
      kept: report.kept,
    },
    aliases: report.aliases.map(({ name, target, formerTarget }) => ({
      name,
      target,
      formerTarget: formerTarget ?? null,
    })),
    removedAliases: report.removedAliases,
    skipped: report.skipped.map(({ name, reason }) => ({ name, reason })),
    warnings: report.warnings.map(warningJson),
    diff: diff === undefined ? null : new TextDecoder().decode(diff),
  };
}

/** The object of `--json` for a run that ended with an error. */
export function failureToJson(run: FailedRun): Record<string, unknown> {
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "error",
    version: run.version,
    exitCode: run.exitCode,
    config: run.config ?? null,
    error: { message: run.message, hint: run.hint ?? null },
  };
}

/** JSON as it is printed: indented, with a final newline. */
export function jsonText(value: Record<string, unknown>): string {
  return JSON.stringify(value, null, 2) + "\n";
}

/** One line of `--log-file`, with its line end; the time is ISO 8601. */
export function logLine(report: RunReport, time: string): string {
  return JSON.stringify({
    time,
    schemaVersion: SCHEMA_VERSION,
    version: report.version,
    exitCode: report.exitCode,
    result: report.result,
    config: report.config,
    elapsedMs: Math.round(report.elapsedMs),
    counts: {
      added: report.added.length,
      removed: report.removed.length,
      kept: report.kept,
      aliases: report.aliases.length,
      skipped: report.skipped.length,
    },
    providers: Object.fromEntries(
      report.providers.map((provider) => [provider.id, outcomeWord(provider)]),
    ),
    warnings: report.warnings.map(warningJson),
    error: null,
  }) + "\n";
}

/** The log line of a run that ended with an error; the same fields. */
export function failureLogLine(run: FailedRun, time: string): string {
  return JSON.stringify({
    time,
    schemaVersion: SCHEMA_VERSION,
    version: run.version,
    exitCode: run.exitCode,
    result: null,
    config: run.config ?? null,
    elapsedMs: null,
    counts: null,
    providers: {},
    warnings: [],
    error: { message: run.message, hint: run.hint ?? null },
  }) + "\n";
}

/** Whether a line of a file was written by this or another version of us. */
export function isLogLine(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "time" in value &&
      "schemaVersion" in value && typeof value.schemaVersion === "number" &&
      "version" in value && typeof value.version === "string" &&
      "exitCode" in value;
  } catch {
    return false;
  }
}

function providerJson(
  provider: ProviderReport,
  timeoutMs: number,
): Record<string, unknown> {
  const { id, title, models, kind } = provider;
  const wasAsked = kind === "answered" || kind === "failed";
  return {
    id,
    title,
    outcome: kind,
    models,
    elapsedMs: wasAsked ? Math.round(provider.elapsedMs) : null,
    rows: kind === "answered" ? { ...provider.rows } : null,
    retired: kind === "answered" ? provider.retired : null,
    variants: kind === "answered" ? provider.variants : null,
    failure: kind === "failed"
      ? {
        reason: provider.failure.reason,
        status: provider.failure.status ?? null,
        message: describeFailure(provider.failure, timeoutMs),
      }
      : null,
    keyVariables: kind === "no-key" ? provider.variables : null,
  };
}

/** `answered`, `no-key`, `not-asked`, or `failed:` and the reason. */
function outcomeWord(provider: ProviderReport): string {
  return provider.kind === "failed"
    ? `failed:${provider.failure.reason}`
    : provider.kind;
}

function warningJson(
  { code, file, line, text, hint }: Warning,
): Record<string, unknown> {
  return {
    code,
    message: text,
    hint: hint ?? null,
    file: file ?? null,
    line: line ?? null,
  };
}
