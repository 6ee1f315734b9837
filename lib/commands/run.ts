/**
 * The whole program as one readable sequence: find the config, read the inputs,
 * send the requests, change the block, and then, if asked, start LiteLLM. What
 * the requests do not need is imported when they are under way.
 *
 * @module
 */

import type { RunFlags } from "../cli/command.ts";
import { ExitCode, Interrupted, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import type { RunReport } from "../report/report.ts";
import { SettingsError } from "../settings/errors.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { contextOf, dropPermissions, type RunContext } from "./context.ts";
import { findConfig } from "./find_config.ts";
import {
  readInputs,
  readInputsForStart,
  type RunInputs,
  type StartInputs,
} from "./inputs.ts";
import type { Requests } from "./requests.ts";
import type { Refreshed } from "./start_config.ts";

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
    if (flags.action === "init") {
      const { init } = await import("./init.ts");
      return await init(context, flags, configPath);
    }
    if (flags.action === "list-providers") {
      const { listProviders } = await import("./list_providers.ts");
      return await listProviders(context, flags, configPath);
    }
    if (flags.action === "doctor") {
      const inputs = await readAndLoad(context, flags, configPath);
      return await examineConfig(context, inputs);
    }
    if (flags.why !== undefined) {
      const inputs = await readAndLoad(context, flags, configPath);
      return await explainName(context, inputs, flags.why);
    }
    if (flags.client !== undefined) {
      const { printClient } = await import("./print_client.ts");
      return await printClient(context, flags, configPath, flags.client);
    }
    if (flags.start) return await refreshAndStart(context, flags, configPath);
    const inputs = await readAndLoad(context, flags, configPath);
    return await finish(context, await changeBlock(context, inputs));
  } catch (error) {
    return await sayError(context, error, configPath);
  } finally {
    terminal.stop();
  }
}

/** What sends the requests is loaded while the files are read. */
async function readAndLoad(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<RunInputs> {
  const [inputs] = await Promise.all([
    readInputs(context, flags, configPath),
    import("./requests.ts"),
  ]);
  return inputs;
}

async function changeBlock(
  context: RunContext,
  inputs: RunInputs,
): Promise<RunReport> {
  if (context.action === "remove") {
    const { remove } = await import("./refresh.ts");
    return await remove(context, inputs);
  }
  if (context.action === "undo") {
    const { undo } = await import("./undo.ts");
    return await undo(context, inputs);
  }
  return await whileAsking(context, inputs, async (requests) => {
    const { refresh } = await import("./refresh.ts");
    return await refresh(context, inputs, requests);
  });
}

async function examineConfig(
  context: RunContext,
  inputs: RunInputs,
): Promise<number> {
  return await whileAsking(context, inputs, async (requests) => {
    const { doctor } = await import("./doctor.ts");
    return await doctor(context, inputs, requests);
  });
}

async function explainName(
  context: RunContext,
  inputs: RunInputs,
  name: string,
): Promise<number> {
  return await whileAsking(context, inputs, async (requests) => {
    const { why } = await import("./why.ts");
    return await why(context, inputs, requests, name);
  });
}

/** Sends what need not wait for the config; what is still under way at the end is cut off. */
async function whileAsking<Result>(
  context: RunContext,
  inputs: RunInputs,
  act: (requests: Requests) => Promise<Result>,
): Promise<Result> {
  const { Requests, sendAtOnce } = await import("./requests.ts");
  await using requests = new Requests(context.io, inputs.trust);
  sendAtOnce(context, inputs, requests);
  await requests.goOut();
  return await act(requests);
}

async function sayError(
  context: RunContext,
  error: unknown,
  configPath: string | undefined,
): Promise<number> {
  const { emitError } = await import("./emit.ts");
  return await emitError(context, error, configPath);
}

/**
 * The proxy starts even where the refresh fails, be it that the config or the
 * keys cannot even be read: LiteLLM may, or says why not.
 */
async function refreshAndStart(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<number> {
  let inputs: StartInputs | undefined;
  let refreshed: Refreshed;
  try {
    const read = await readAndLoad(context, flags, configPath);
    inputs = read;
    refreshed = await changeBlock(context, read);
  } catch (error) {
    const isFatal = error instanceof Interrupted ||
      error instanceof UsageError && !(error instanceof SettingsError);
    if (isFatal) throw error;
    const exitCode = await sayError(context, error, configPath);
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
    if (!inputs || !isReady) return exitCode;
    const { startLitellm } = await import("./start.ts");
    return await startLitellm(context, inputs, refreshed);
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
  const isChanged = ["created", "updated", "removed", "restored"].includes(
    result,
  );
  return isChanged ? "the config was updated" : "nothing was written";
}
