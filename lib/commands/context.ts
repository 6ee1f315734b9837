/**
 * What every step of a run has at hand, and the one place that says from when
 * on it needs a permission no more. Types, and that.
 *
 * @module
 */

import type { RunFlags } from "../cli/args.ts";
import type { Io } from "../io.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The outside world of a run, and what it was asked to do. */
export interface RunContext {
  readonly io: Io;
  readonly terminal: Terminal;
  readonly flags: RunFlags;
  readonly startedMs: number;
}

/** A point of a run after which some permissions are of no more use. */
type Stage = "flags" | "inputs" | "answers";

/** Gives up, for the rest of the run, what nothing after `stage` may do. */
export async function dropPermissions(
  { io, flags: { action, start } }: Pick<RunContext, "io" | "flags">,
  stage: Stage,
): Promise<void> {
  if (stage === "flags" && !start) await io.dropPermission("run");
  // Whether LiteLLM's port is taken is part of the inputs.
  const asksNobody: Record<Stage, boolean> = {
    flags: action === "init" || action === "list-providers",
    inputs: action === "remove",
    answers: true,
  };
  if (asksNobody[stage]) await io.dropPermission("net");
}
