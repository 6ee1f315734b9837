/**
 * The names of the standard streams in a shell. Flags that take a file refuse
 * them, with what to write instead. Touches no file.
 *
 * @module
 */

import { UsageError } from "../errors.ts";

const SAVE_IT = "save it to a file and pass that file";

/** The flags that take a file, and what to do instead. */
const INSTEAD = [
  ["config", `the config is edited in place: ${SAVE_IT}`],
  ["output", "--output - prints the new text on stdout"],
  ["settings", `${SAVE_IT}, or in bash: --settings <(command)`],
  ["env-file", `${SAVE_IT}, or in bash: --env-file <(command)`],
  ["log-file", "the log is a file; --json prints the report on stdout"],
] as const;

const STREAM =
  /^(?:\/dev\/std(?:in|out|err)|(?:\/dev|\/proc\/self)\/fd\/[012])$/;

/** Throws {@linkcode UsageError} for a flag that names a standard stream. */
export function refuseStreams(
  valuesOf: (flag: typeof INSTEAD[number][0]) => readonly string[],
): void {
  for (const [flag, hint] of INSTEAD) {
    const stream = valuesOf(flag).find((value) => STREAM.test(value));
    if (stream === undefined) continue;
    throw new UsageError(`--${flag} "${stream}": a stream, not a file`, hint);
  }
}
