/**
 * Builds the real outside world, hands it to `cli` with the arguments and the
 * environment, and ends the process with the code that comes back.
 *
 * @module
 */

import { cli } from "./lib/cli.ts";
import { createLauncher } from "./lib/litellm/launcher.ts";
import type { Io } from "./lib/io.ts";
import { watchSignals } from "./lib/litellm/signals.ts";
import { createStore } from "./lib/files/store.ts";
import { createTerminal } from "./lib/terminal/terminal.ts";
import { VARIABLES } from "./lib/providers/variables.ts";
// @ts-types="./lib/types/std_path.d.ts"
import { dirname } from "@std/path/dirname";
import project from "./deno.json" with { type: "json" };

const signals = watchSignals();
const { interrupted } = signals;

const program = Deno.build.standalone
  ? Deno.execPath()
  : import.meta.filename ?? "";

/** What is no text counts as not set, to Deno's own client too. */
function readVariable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (error instanceof Deno.errors.InvalidData) return undefined;
    throw error;
  }
}

const io: Io = {
  version: project.version,
  docs: project.docs,
  build: { ...Deno.build, deno: Deno.version.deno },
  environment: Object.fromEntries(
    VARIABLES.map((name) => [name, readVariable(name)]),
  ),
  variable: readVariable,
  setVariable: (name, value) => {
    if (value === undefined) Deno.env.delete(name);
    else Deno.env.set(name, value);
  },
  canConnect: (host) =>
    Deno.permissions.querySync({ name: "net", host }).state === "granted",
  programDir: dirname(program),
  workingDir: Deno.cwd,
  fetch,
  monotonicMs: () => performance.now(),
  currentDate: () => new Date(),
  store: createStore({ interrupted }),
  launcher: createLauncher(signals, program),
  inspectLitellm: async (looksAbove) => {
    const { inspectLitellm } = await import("./lib/litellm/installation.ts");
    return await inspectLitellm(looksAbove, program);
  },
  createTerminal,
  interrupted,
  dropPermission: async (name) => {
    await Deno.permissions.revoke({ name });
  },
};

// A connection that hangs must not keep the process.
Deno.exit(await cli(Deno.args, io));
