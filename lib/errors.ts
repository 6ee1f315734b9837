/**
 * The typed errors of the program, its exit codes, and the one form in which an
 * error is shown. Nothing here prints or ends the process.
 *
 * @module
 */

import { sanitize } from "./text/sanitize.ts";

/** What the process returns; after the hand-off it is LiteLLM's own code. */
export const ExitCode = {
  /** Done; some providers may have failed, each with a warning. */
  done: 0,
  /** No list of any provider, or, under `--strict` and `--check`, not all. */
  providersFailed: 1,
  /** A wrong flag or a bad setting. */
  usage: 2,
  /** The config was refused: missing, damaged, not editable, not writable. */
  config: 3,
  /** `litellm` could not be started. */
  handoff: 4,
  /** `--check`: a run would change the block. */
  stale: 5,
  /** `--doctor`: there is something to do. */
  findings: 5,
  /** `--why`: the name is not in the block. */
  absent: 5,
  /** An error in this program itself. */
  internal: 70,
  /** A signal before the hand-off, with the shells' code. Ctrl+C; SIGINT. */
  interrupted: 130,
  /** SIGTERM. */
  terminated: 143,
  /** SIGHUP. */
  hungUp: 129,
  /** SIGQUIT. */
  quit: 131,
} as const;

/** One of the documented exit codes. */
export type ExitCode = typeof ExitCode[keyof typeof ExitCode];

/** A wrong flag or a bad setting: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Where and why a config is refused, and what the user can do about it. */
export interface ConfigErrorDetails {
  /** 1-based line in the config, if the error has one. */
  readonly line?: number | undefined;
  /** What to change, as a sentence without a final period. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The config cannot be read, edited or saved: exit code 3. The message says
 * the state only ("begin marker without an end marker"); {@linkcode
 * formatError} puts the path and the line in front of it.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly line: number | undefined;
  readonly hint: string | undefined;

  constructor(message: string, details: ConfigErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.line = details.line;
    this.hint = details.hint;
  }
}

/** A signal before the hand-off. It ends every wait. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode) {
    super("interrupted");
    this.exitCode = exitCode;
  }
}

/** An error in the form in which it is shown, and the exit code it means. */
export interface FormattedError {
  readonly text: string;
  readonly hint?: string | undefined;
  readonly exitCode: ExitCode;
}

/**
 * An error as it is shown: what failed, the object in quotes, a colon, the
 * state; then a hint. `path` is the config it is about. Of any other error only
 * the class is shown: its text may quote anything, keys included.
 */
export function formatError(error: unknown, path?: string): FormattedError {
  if (error instanceof Interrupted) {
    // Once something is written, the rest is not interrupted: see `commands/run.ts`.
    return {
      text: "interrupted: nothing was written",
      exitCode: error.exitCode,
    };
  }
  if (error instanceof UsageError) {
    const { message: text, hint } = error;
    return { text, hint, exitCode: ExitCode.usage };
  }
  if (error instanceof ConfigError) {
    const { message, line, hint } = error;
    const place = path === undefined ? "config" : `config "${sanitize(path)}"`;
    const at = line === undefined ? place : `${place}, line ${line}`;
    return { text: `${at}: ${message}`, hint, exitCode: ExitCode.config };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return {
    text: `internal error: ${name}`,
    hint: "please report this bug; nothing in the config was lost",
    exitCode: ExitCode.internal,
  };
}
