/**
 * A run as text for programs: the object of `--json`, schema version 1, and the
 * line of `--log-file`.
 *
 * @module
 */

import type { FormattedError } from "../errors.ts";
import type { ProviderReport, RunReport } from "./report.ts";
import { FINDINGS, isFinding, type Warning } from "../warning.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** Goes up only when a field changes its meaning or goes away. */
export const SCHEMA_VERSION = 1;

/** A run that ended with an error before there was anything to report. */
export interface FailedRun {
  readonly version: string;
  readonly exitCode: number;
  /** The path of the config, where it is known. */
  readonly config: string | null;
  readonly error: { readonly message: string; readonly hint: string | null };
}

/** The run that ended with this error. */
export function failedRun(
  { text: message, hint, exitCode }: FormattedError,
  { version, config }: Pick<FailedRun, "version" | "config">,
): FailedRun {
  return { version, exitCode, config, error: { message, hint: hint ?? null } };
}

/** The object of `--json`. */
export function toJson(run: RunReport | FailedRun): Record<string, unknown> {
  const schemaVersion = SCHEMA_VERSION;
  if ("error" in run) return { schemaVersion, kind: "error", ...run };
  const warnings = run.warnings.map(warningJson);
  return { schemaVersion, kind: "run", ...run, warnings };
}

/** The object of `--doctor --json`. */
export function diagnosisJson(
  diagnosis: Diagnosis,
): Record<string, unknown> {
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "doctor",
    ...diagnosis,
    findings: diagnosis.findings.map(warningJson),
  };
}

/** JSON as it is printed: indented, with a final newline. */
export function jsonText(value: Record<string, unknown>): string {
  return JSON.stringify(value, null, 2) + "\n";
}

/**
 * One line of `--log-file`, with its line end; the time is ISO 8601. Every line
 * has the same fields.
 */
export function logLine(run: RunReport | FailedRun, time: string): string {
  const { version, exitCode, config } = run;
  const schemaVersion = SCHEMA_VERSION;
  const rest = "error" in run
    ? { ...NOTHING, error: run.error }
    : { ...fieldsOf(run), error: null };
  const always = { time, schemaVersion, version, exitCode, config };
  return JSON.stringify({ ...always, ...rest }) + "\n";
}

const NOTHING = {
  result: null,
  elapsedMs: null,
  counts: null,
  providers: {},
  warnings: [],
};

function fieldsOf(report: RunReport): Record<keyof typeof NOTHING, unknown> {
  const { result, elapsedMs, models, aliases, skipped } = report;
  return {
    result,
    elapsedMs,
    counts: {
      added: models.added.length,
      removed: models.removed.length,
      renamed: models.renamed.length,
      kept: models.kept,
      aliases: aliases.length,
      skipped: skipped.length,
    },
    providers: Object.fromEntries(
      report.providers.map((provider) => [provider.id, outcomeWord(provider)]),
    ),
    warnings: report.warnings.map(warningJson),
  };
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

/** `answered`, `no-key`, `not-asked`, or `failed:` and the reason. */
function outcomeWord({ outcome, failure }: ProviderReport): string {
  return failure ? `${outcome}:${failure.reason}` : outcome;
}

function warningJson(warning: Warning): Record<string, unknown> {
  const { code, text: message, provider: _, ...rest } = warning;
  const weight = isFinding(warning) ? FINDINGS[warning.code] : null;
  const absent = { hint: null, file: null, line: null };
  return { code, weight, message, ...absent, ...rest };
}
