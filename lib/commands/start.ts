/**
 * The last step of `--start`: everything is reported, then the terminal, Ctrl+C and
 * the exit code belong to LiteLLM.
 *
 * @module
 */

// @ts-types="../types/std_path.d.ts"
import { dirname } from "@std/path/dirname";
import { ExitCode } from "../errors.ts";
import type { Handoff } from "../litellm/launcher.ts";
import { defaultPort } from "../litellm/litellm.ts";
import { DEFAULT_CONFIG, folderAbove } from "../files/paths.ts";
import type { Io } from "../io.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Warning } from "../warning.ts";
import { dropPermissions, type RunContext } from "./context.ts";
import type { StartInputs } from "./inputs.ts";
import { type Refreshed, startConfig } from "./start_config.ts";

/**
 * Starts LiteLLM and waits for it; returns its exit code, or 4. Throws an
 * `Interrupted` when a signal came before.
 */
export async function startLitellm(
  context: RunContext,
  inputs: StartInputs,
  refreshed: Refreshed,
): Promise<number> {
  const { io, terminal, litellmArgs } = context;
  const busyPort = await inputs.busyPort;
  if (busyPort !== undefined) terminal.warn(portTaken(busyPort));
  await dropPermissions(context, "answers");
  io.interrupted.throwIfAborted();
  const config = await startConfig(context, inputs, refreshed);
  if (config.warning) terminal.warn(config.warning);
  const looksAbove = await runsInConfigFolder(io, inputs.configPath);
  const program = await io.launcher.find(looksAbove);
  if (program !== undefined) terminal.note(`starting ${program}`);
  const handoff = await io.launcher.start({
    configPath: config.path,
    args: litellmArgs,
    env: inputs.keys.forLitellm(),
    utf8: config.utf8,
    outputEncoding: io.environment["PYTHONIOENCODING"],
    looksAbove,
    warn: (text) => terminal.warn({ code: "library-path", text }),
  });
  return exitCodeOf(handoff, terminal);
}

/** LiteLLM's own code; where it was not started, says why and returns 4. */
function exitCodeOf(handoff: Handoff, terminal: Terminal): number {
  switch (handoff.kind) {
    case "ended":
      return handoff.code;
    case "failed":
      terminal.error(handoff.reason, handoff.hint);
      return ExitCode.handoff;
    case "missing":
      terminal.error(
        `litellm: not found (${handoff.looked.join(", ")})`,
        handoff.hint,
      );
      return ExitCode.handoff;
    default:
      return handoff satisfies never;
  }
}

/**
 * Whether the working directory is the config's own folder and is named as
 * {@linkcode folderAbove} wants it: by its real name, as nothing else may be
 * run from the folder above.
 */
export async function runsInConfigFolder(
  { store, workingDir }: Pick<Io, "store" | "workingDir">,
  configPath: string,
): Promise<boolean> {
  const isNamedSo = folderAbove(DEFAULT_CONFIG, workingDir) !== undefined;
  return isNamedSo && await store.isSameFile(dirname(configPath), ".");
}

function portTaken(port: number): Warning {
  return {
    code: "port-taken",
    text: `port ${port} is already in use`,
    hint: port === defaultPort
      ? "LiteLLM then takes a random port: stop the other program, or add -- --port N"
      : "stop the other program, or name another port",
  };
}
