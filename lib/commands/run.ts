/**
 * The whole program as one readable sequence: find the config, open the
 * session, change the block, and then, if asked, hand over to LiteLLM.
 *
 * @module
 */

import type { RunFlags } from "../cli/args.ts";
import { ExitCode, Interrupted, UsageError } from "../errors.ts";
import { findConfig } from "./inputs.ts";
import { handOver, type HandOverRequest } from "./start.ts";
import type { Io } from "../io.ts";
import { refuseKept } from "./kept_files.ts";
import { changeBlock } from "./refresh.ts";
import type { RunReport } from "../report/report.ts";
import { openForStart, openSession } from "./session.ts";
import { SettingsError } from "../settings/errors.ts";
import { runSideCommand } from "./side_commands.ts";
import { type RunContext, tellError } from "./emit.ts";

/** Runs the program; returns its exit code. */
export async function run(flags: RunFlags, io: Io): Promise<number> {
  const startedMs = io.monotonicMs();
  const { verbosity: mode, color } = flags;
  const env = io.environment;
  const terminal = io.createTerminal({ mode, color, env });
  const audience = { io, terminal, flags };
  let configPath: string | undefined;
  try {
    if (!flags.start) await io.dropPermission("run");
    if (flags.action === "init" || flags.action === "list-providers") {
      return await runSideCommand(audience);
    }
    try {
      configPath = await findConfig(flags, io);
    } finally {
      // That there is no config would stand in the log, too.
      await refuseKept(flags, io, configPath);
    }
    if (flags.start) {
      return await refreshAndStart(audience, configPath, startedMs);
    }
    const session = await openSession(audience, configPath, startedMs);
    return await finish(audience, await changeBlock(session));
  } catch (error) {
    return await tellError(audience, error, configPath);
  } finally {
    terminal.stop();
  }
}

type Refreshed = Pick<RunReport, "exitCode" | "result" | "output">;

/**
 * The proxy starts with the old file where the refresh fails, be it that the
 * config or the keys cannot even be read: LiteLLM may, or says why not.
 */
async function refreshAndStart(
  audience: RunContext,
  configPath: string,
  startedMs: number,
): Promise<number> {
  let refreshed: Refreshed;
  let request: HandOverRequest | undefined;
  try {
    const session = await openSession(audience, configPath, startedMs);
    request = session;
    refreshed = await changeBlock(session);
  } catch (error) {
    const isFatal = error instanceof Interrupted ||
      error instanceof UsageError && !(error instanceof SettingsError);
    if (isFatal) throw error;
    const exitCode = await tellError(audience, error, configPath);
    refreshed = { exitCode, result: "nothing-written", output: null };
  }
  return await finish(audience, refreshed, async (exitCode) => {
    request ??= await openForStart(audience, configPath);
    return await handOver(request, exitCode);
  });
}

/** All is told. A signal that comes now can still keep LiteLLM from starting. */
async function finish(
  { flags: { strict }, io, terminal }: RunContext,
  refreshed: Refreshed,
  start?: (refreshCode: number) => Promise<number>,
): Promise<number> {
  const { exitCode } = refreshed;
  try {
    io.interrupted.throwIfAborted();
    const isReady = exitCode === ExitCode.done || !strict;
    return start && isReady ? await start(exitCode) : exitCode;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const notStarted = start ? ", LiteLLM was not started" : "";
    terminal.error(`interrupted: ${whatWasDone(refreshed)}${notStarted}`);
    return error.exitCode;
  }
}

function whatWasDone({ result, output }: Refreshed): string {
  if (result === "nothing-written") return "nothing was written";
  if (output !== null) return "the output was written";
  const isChanged = ["created", "updated", "removed"].includes(result);
  return isChanged ? "the config was updated" : "nothing was written";
}
