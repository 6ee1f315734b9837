/**
 * What every step of a run has at hand. The flags are read here and for the
 * inputs, once; no later step sees them.
 *
 * @module
 */

import type { Action, Destination, RunFlags } from "../cli/command.ts";
import type { Io } from "../io.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { namedConfig } from "./find_config.ts";
import { type Target, targetsOf } from "./kept_files.ts";

/** The outside world of a run, and what it was asked to do. */
export interface RunContext {
  readonly io: Io;
  readonly terminal: Terminal;
  readonly startedMs: number;
  readonly action: Action;
  readonly destination: Destination;
  /** Whether the user named the config, be it one that looks like another's. */
  readonly isConfigNamed: boolean;
  /** Files that a flag names to be written. */
  readonly targets: readonly Target[];
  readonly isStrict: boolean;
  /** Whether LiteLLM is started at the end. */
  readonly start: boolean;
  /** LiteLLM's own arguments, as far as they were given. */
  readonly litellmArgs: readonly string[];
  /** How the end of the run is said. */
  readonly output: {
    readonly json: boolean;
    readonly isVerbose: boolean;
    readonly logFile: string | undefined;
  };
}

/** What the flags ask for; the run begins now. */
export function contextOf(
  flags: RunFlags,
  io: Io,
  terminal: Terminal,
): RunContext {
  return {
    io: { ...io, canConnect: remembered(io.canConnect) },
    terminal,
    startedMs: io.monotonicMs(),
    action: flags.action,
    destination: flags.destination,
    isConfigNamed: namedConfig(flags, io) !== undefined,
    targets: targetsOf(flags),
    isStrict: flags.strict,
    start: flags.start,
    litellmArgs: flags.litellmArgs,
    output: {
      json: flags.json,
      isVerbose: flags.verbosity === "verbose",
      logFile: flags.logFile,
    },
  };
}

/** The state as it was before the network is given up. */
function remembered(canConnect: Io["canConnect"]): Io["canConnect"] {
  const known = new Map<string, boolean>();
  return (host) => {
    const state = known.get(host) ?? canConnect(host);
    known.set(host, state);
    return state;
  };
}

/** A point of a run after which some permissions are of no more use. */
type Stage = "flags" | "inputs" | "answers";

/** Gives up, for the rest of the run, what nothing after `stage` may do. */
export async function dropPermissions(
  { io, action, start }: RunContext,
  stage: Stage,
): Promise<void> {
  if (stage === "flags" && !start) await io.dropPermission("run");
  // Whether LiteLLM's port is taken is part of the inputs.
  const asksNobody: Record<Stage, boolean> = {
    flags: ["init", "list-providers", "print-client"].includes(action),
    inputs: action === "remove" || action === "undo",
    answers: true,
  };
  if (asksNobody[stage]) await io.dropPermission("net");
}
