/**
 * The whole program as one readable sequence: find the config, read the inputs,
 * change the block, and then, if asked, start LiteLLM.
 *
 * @module
 */

import type { RunFlags } from "../cli/args.ts";
import { ExitCode, Interrupted, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import type { RunReport } from "../report/report.ts";
import { SettingsError } from "../settings/errors.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { contextOf, dropPermissions, type RunContext } from "./context.ts";
import { emitError } from "./emit.ts";
import { init } from "./init.ts";
import {
  findConfig,
  readInputs,
  readInputsForStart,
  type RunInputs,
  type StartInputs,
} from "./inputs.ts";
import { listProviders } from "./list_providers.ts";
import { refresh, remove } from "./refresh.ts";
import { startLitellm } from "./start.ts";

/** Runs the program; returns its exit code. */
export async function run(
  flags: RunFlags,
  io: Io,
  terminal: Terminal,
): Promise<number> {
  const context = contextOf(flags, io, terminal);
  let configPath: string | undefined;
  try {
    await dropPermissions(context, "flags");
    configPath = await findConfig(flags, io);
    if (flags.action === "init") return await init(context, flags, configPath);
    if (flags.action === "list-providers") {
      return await listProviders(context, flags, configPath);
    }
    if (flags.start) return await refreshAndStart(context, flags, configPath);
    const inputs = await readInputs(context, flags, configPath);
    return await finish(context, await changeBlock(context, inputs));
  } catch (error) {
    return await emitError(context, error, configPath);
  } finally {
    terminal.stop();
  }
}

async function changeBlock(
  context: RunContext,
  inputs: RunInputs,
): Promise<RunReport> {
  return context.action === "remove"
    ? await remove(context, inputs)
    : await refresh(context, inputs);
}

type Refreshed = Pick<RunReport, "exitCode" | "result" | "output">;

/**
 * The proxy starts with the old file where the refresh fails, be it that the
 * config or the keys cannot even be read: LiteLLM may, or says why not.
 */
async function refreshAndStart(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<number> {
  let inputs: StartInputs | undefined;
  let refreshed: Refreshed;
  try {
    const read = await readInputs(context, flags, configPath);
    inputs = read;
    refreshed = await changeBlock(context, read);
  } catch (error) {
    const isFatal = error instanceof Interrupted ||
      error instanceof UsageError && !(error instanceof SettingsError);
    if (isFatal) throw error;
    const exitCode = await emitError(context, error, configPath);
    refreshed = { exitCode, result: "nothing-written", output: null };
  }
  inputs ??= await readInputsForStart(context, flags, configPath);
  return await finish(context, refreshed, inputs);
}

/** The run is reported. A signal that comes now can still keep LiteLLM from starting. */
async function finish(
  context: RunContext,
  refreshed: Refreshed,
  inputs?: StartInputs,
): Promise<number> {
  const { io, isStrict, terminal } = context;
  const { exitCode } = refreshed;
  try {
    io.interrupted.throwIfAborted();
    const isReady = exitCode === ExitCode.done || !isStrict;
    return inputs && isReady
      ? await startLitellm(context, inputs, exitCode)
      : exitCode;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const notStarted = inputs ? ", LiteLLM was not started" : "";
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
