/**
 * The whole program as one readable sequence: find the config, open the
 * session, change the block, and then, if asked, hand over to LiteLLM.
 *
 * @module
 */

import type { RunFlags } from "./args.ts";
import { ExitCode, UsageError } from "./errors.ts";
import { findConfig } from "./gather.ts";
import { handOver } from "./hand_over.ts";
import type { Io } from "./io.ts";
import { changeBlock } from "./refresh.ts";
import { openSession, type Session } from "./session.ts";
import { SettingsError } from "./settings/fault.ts";
import { runSideCommand } from "./side_commands.ts";
import { tellError } from "./tell.ts";

/** Runs the program; returns its exit code. */
export async function run(flags: RunFlags, io: Io): Promise<number> {
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
