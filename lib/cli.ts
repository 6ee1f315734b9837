/**
 * The arguments first: what only prints is answered here, and everything else
 * is `commands/run.ts`, which is loaded with all that it imports only when
 * there is something to run.
 *
 * @module
 */

import { parseArgs, UnknownArgumentError } from "./cli/args.ts";
import type { Command } from "./cli/command.ts";
import { helpLines, helpText, versionText } from "./cli/help.ts";
import {
  ExitCode,
  formatError,
  type FormattedError,
  UsageError,
} from "./errors.ts";
import type { Io } from "./io.ts";
import { optionsOf } from "./litellm/litellm.ts";
import type { TerminalOptions } from "./terminal/terminal.ts";

/** Runs the program; returns its exit code, whatever happens. */
export async function cli(argv: readonly string[], io: Io): Promise<number> {
  const env = io.environment;
  let options: TerminalOptions = { mode: "normal", color: "auto", env };
  try {
    const command = parseArgs(argv);
    if (command.kind !== "run") {
      const terminal = io.createTerminal(options);
      const text = await answerTo(command, io);
      if (command.kind === "help") {
        terminal.show((layout) => helpLines(text, layout));
      } else terminal.data(text);
      return ExitCode.done;
    }
    const { flags } = command;
    options = { mode: flags.verbosity, color: flags.color, env };
    const { run } = await import("./commands/run.ts");
    return await run(flags, io, io.createTerminal(options));
  } catch (error) {
    const failure = formatError(await withRightLine(error, argv));
    const terminal = io.createTerminal(options);
    terminal.error(failure.text, failure.hint);
    // What was typed may be all that is known of the run.
    const isJson = optionsOf(argv).includes("--json");
    if (isJson) terminal.data(await errorJson(failure, io));
    return failure.exitCode;
  }
}

/** The line that was meant is worked out only where one was refused. */
async function withRightLine(
  error: unknown,
  argv: readonly string[],
): Promise<unknown> {
  if (!(error instanceof UnknownArgumentError)) return error;
  const { rightLine } = await import("./cli/right_line.ts");
  return new UsageError(error.message, rightLine(argv) ?? error.hint);
}

async function errorJson(
  failure: FormattedError,
  { version }: Io,
): Promise<string> {
  const { failedRun, jsonText, toJson } = await import("./report/json.ts");
  return jsonText(toJson(failedRun(failure, { version, config: null })));
}

/** The text of a command that only prints. */
async function answerTo(
  command: Exclude<Command, { readonly kind: "run" }>,
  io: Io,
): Promise<string> {
  switch (command.kind) {
    case "help":
      return helpText(io);
    case "version": {
      const text = versionText(io.version, io.build);
      if (!command.isVerbose) return text;
      const { lifecycleText } = await import("./providers/lifecycle.ts");
      return text + lifecycleText();
    }
    case "completions": {
      const { completionScript } = await import("./cli/completions.ts");
      return completionScript(command.shell);
    }
    default:
      return command satisfies never;
  }
}
