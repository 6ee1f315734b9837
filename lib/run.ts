/**
 * The whole program as one readable sequence: read the arguments, open the
 * session, change the block, and then, if asked, hand over to LiteLLM.
 *
 * @module
 */

import { type Command, parseArgs, type RunFlags } from "./args.ts";
import { completionScript } from "./completions.ts";
import { ExitCode, formatError, UsageError } from "./errors.ts";
import { findConfig } from "./gather.ts";
import { handOver } from "./hand_over.ts";
import { helpText, versionText } from "./help.ts";
import type { Io } from "./io.ts";
import { changeBlock } from "./refresh.ts";
import { openSession, type Session } from "./session.ts";
import { SettingsError } from "./settings/fault.ts";
import { runSideCommand } from "./side_commands.ts";
import { tellError } from "./tell.ts";

/** Runs the program; returns its exit code, whatever happens. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const env = io.environment;
  const plain = io.createTerminal({ mode: "normal", color: "auto", env });
  try {
    const command = parseArgs(argv);
    if (command.kind === "run") return await runWith(command.flags, io);
    plain.data(answerTo(command, io));
    return ExitCode.done;
  } catch (error) {
    const told = formatError(error);
    plain.error(told.text, told.hint);
    return told.exitCode;
  }
}

/** The text of a command that only prints. */
function answerTo(
  command: Exclude<Command, { readonly kind: "run" }>,
  io: Io,
): string {
  switch (command.kind) {
    case "help":
      return helpText(io.version);
    case "version":
      return versionText(io.version, io.build);
    case "completions":
      return completionScript(command.shell);
    default:
      return command satisfies never;
  }
}

async function runWith(flags: RunFlags, io: Io): Promise<number> {
  const startedMs = io.nowMs();
  const { talk: mode, color } = flags;
  const env = io.environment;
  const terminal = io.createTerminal({ mode, color, env });
  const audience = { io, terminal, flags };
  let configPath: string | undefined;
  try {
    if (!flags.start) await io.giveUp("run");
    if (flags.action === "init" || flags.action === "list-providers") {
      return await runSideCommand(audience);
    }
    configPath = await findConfig(flags, io);
    const session = await openSession(audience, configPath, startedMs);
    return flags.start
      ? await refreshAndStart(session)
      : await changeBlock(session);
  } catch (error) {
    return await tellError(audience, error, configPath);
  } finally {
    terminal.stop();
  }
}

/** The proxy starts with the old file where the refresh fails. */
async function refreshAndStart(session: Session): Promise<number> {
  let exitCode: number;
  try {
    exitCode = await changeBlock(session);
  } catch (error) {
    const isFatal = error instanceof UsageError &&
      !(error instanceof SettingsError);
    if (isFatal) throw error;
    exitCode = await tellError(session, error, session.snapshot.path);
  }
  if (exitCode === ExitCode.interrupted) return exitCode;
  if (exitCode !== ExitCode.done && session.flags.strict) return exitCode;
  return await handOver(session, exitCode);
}
