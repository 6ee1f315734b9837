/**
 * The whole program as one readable sequence: find the config, open the
 * session, change the block, and then, if asked, hand over to LiteLLM.
 *
 * @module
 */

import type { RunFlags } from "./args.ts";
import { ExitCode, UsageError } from "./errors.ts";
import { findConfig } from "./gather.ts";
import { handOver, type HandOverRequest } from "./hand_over.ts";
import type { Io } from "./io.ts";
import { changeBlock } from "./refresh.ts";
import { openForStart, openSession } from "./session.ts";
import { SettingsError } from "./settings/fault.ts";
import { runSideCommand } from "./side_commands.ts";
import { type Audience, tellError } from "./tell.ts";

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
    return flags.start
      ? await refreshAndStart(audience, configPath, startedMs)
      : await changeBlock(await openSession(audience, configPath, startedMs));
  } catch (error) {
    return await tellError(audience, error, configPath);
  } finally {
    terminal.stop();
  }
}

/**
 * The proxy starts with the old file where the refresh fails, be it that the
 * config or the keys cannot even be read: LiteLLM may, or says why not.
 */
async function refreshAndStart(
  audience: Audience,
  configPath: string,
  startedMs: number,
): Promise<number> {
  let exitCode: number;
  let request: HandOverRequest | undefined;
  try {
    const session = await openSession(audience, configPath, startedMs);
    request = session;
    exitCode = await changeBlock(session);
  } catch (error) {
    const isFatal = error instanceof UsageError &&
      !(error instanceof SettingsError);
    if (isFatal) throw error;
    exitCode = await tellError(audience, error, configPath);
  }
  if (exitCode === ExitCode.interrupted) return exitCode;
  if (exitCode !== ExitCode.done && audience.flags.strict) return exitCode;
  request ??= await openForStart(audience, configPath);
  return await handOver(request, exitCode);
}
