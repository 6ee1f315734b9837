/**
 * The hand-off: starts `litellm`, leaves it the terminal and Ctrl+C, and says
 * how it ended. It reads no config, chooses no keys and prints nothing.
 *
 * @module
 */

import { Interrupted } from "../errors.ts";
import {
  childEnvironment,
  type ChildOptions,
  litellmByName,
} from "./litellm.ts";
import {
  findProgram,
  type Found,
  isProgram,
  programsInFolders,
} from "./program.ts";
import type { Signals } from "./signals.ts";

/** What LiteLLM is to be started with. */
export interface HandoffRequest extends ChildOptions {
  readonly configPath: string;
  /** The user's arguments for LiteLLM, passed on as they are. */
  readonly args: readonly string[];
  /** Whether a virtual environment above the working directory also counts. */
  readonly looksAbove: boolean;
  /** Called, before LiteLLM has the terminal, with what the user must know. */
  readonly warn: (message: string) => void;
}

/** How the hand-off went. */
export type Handoff =
  | { readonly kind: "ended"; readonly code: number; readonly program: string }
  /** There is no `litellm` to start; `looked` says where. */
  | {
    readonly kind: "missing";
    readonly looked: readonly string[];
    readonly hint: string;
  }
  | {
    readonly kind: "failed";
    readonly reason: string;
    readonly hint?: string;
  };

/** Starts LiteLLM. */
export interface Launcher {
  /** The program that `start` would run; nothing if there is none. */
  find(looksAbove: boolean): Promise<string | undefined>;
  /** Runs LiteLLM until it ends. Throws an `Interrupted` when it must not. */
  start(request: HandoffRequest): Promise<Handoff>;
  /** Whether something listens on this loopback port. */
  isPortTaken(port: number): Promise<boolean>;
}

const isWindows = Deno.build.os === "windows";
/** Loopback answers within a millisecond; Windows retries a refusal for 2 s. */
const connectLimitMs = 200;

/** The launcher for this machine, in the program at `ownPath`. */
export function createLauncher(
  signals: Pick<Signals, "startChild">,
  ownPath: string,
): Launcher {
  return {
    find: async (looksAbove) => (await findProgram(looksAbove))?.program,
    start: async (request) => {
      const found = await findProgram(request.looksAbove);
      return found === undefined
        ? await missing(request, ownPath)
        : await start(found, request, signals);
    },
    isPortTaken,
  };
}

/**
 * Whether something listens on the port. LiteLLM checks the same way, on
 * IPv4 alone, and silently takes a random port when 4000 is busy.
 */
export async function isPortTaken(
  port: number,
  host = "127.0.0.1",
): Promise<boolean> {
  const limit = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => limit.resolve(false), connectLimitMs);
  // A connection that comes after the limit must be closed as well.
  const attempt = Deno.connect({ hostname: host, port })
    .then((connection) => {
      connection.close();
      return true;
    }, () => false);
  try {
    return await Promise.race([attempt, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function start(
  found: Found,
  request: HandoffRequest,
  signals: Pick<Signals, "startChild">,
): Promise<Handoff> {
  const { program } = found;
  const command = new Deno.Command(program, {
    args: ["--config", request.configPath, ...request.args],
    env: childEnvironment(request),
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  });
  try {
    const child = await signals.startChild(() => spawn(command, request.warn));
    // After a signal it is 128 plus its number, as in a shell.
    const { code } = await child.status;
    return { kind: "ended", code, program };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return { kind: "failed", ...spawnError(found, error) };
  }
}

/** Where LiteLLM was looked for, and what to do about it. */
async function missing(
  { looksAbove }: HandoffRequest,
  ownPath: string,
): Promise<Handoff> {
  const inFolders = programsInFolders(looksAbove);
  const looked = [`${litellmByName} on PATH`, ...inFolders];
  const hint = await hintFor(inFolders, ownPath);
  return { kind: "missing", looked, hint };
}

async function hintFor(
  inFolders: readonly string[],
  ownPath: string,
): Promise<string> {
  // Loaded here, as a run that finds LiteLLM needs neither.
  const [{ findNeighbor }, { installHint, missingHint, neighborHint }] =
    await Promise.all([import("./neighbor.ts"), import("./missing_hint.ts")]);
  const neighbor = await findNeighbor(ownPath);
  if (neighbor !== undefined) return neighborHint(neighbor, isWindows);
  for (const program of inFolders) {
    const python = program.replace(/litellm(?=\.exe$|$)/, "python");
    if (await isProgram(python)) return installHint(python);
  }
  return missingHint(isWindows);
}

/**
 * Starts the command. Under a narrow permission Deno refuses to, as long as a
 * variable is set that makes the system load other libraries (`LD_PRELOAD` and
 * the like). Only its message names them: they are removed.
 */
function spawn(
  command: Deno.Command,
  warn: (message: string) => void,
): Deno.ChildProcess {
  try {
    return command.spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    const names = error.message.match(/\b(?:LD|DYLD)_\w+/g);
    if (names === null) throw error;
    for (const name of names) {
      Deno.env.delete(name);
      warn(`starting LiteLLM without the variable "${name}"`);
    }
    return command.spawn();
  }
}

/** Why an existing program did not start; texts of the system can hold paths. */
function spawnError(
  { program, relativeEntry }: Found,
  error: unknown,
): { readonly reason: string; readonly hint?: string } {
  const what = `"${program}" could not be started`;
  if (relativeEntry !== undefined) {
    return {
      reason: `${what}: it is in the PATH entry "${relativeEntry}", which is ` +
        "not an absolute path",
      hint: "make that entry absolute, or remove it from PATH",
    };
  }
  const state = error instanceof Deno.errors.NotFound
    ? "the Python that it points to does not exist"
    : error instanceof Deno.errors.PermissionDenied
    ? "the system refused to run it"
    : error instanceof Deno.errors.NotCapable
    ? "permission denied by the runtime"
    : error instanceof Error
    ? error.name
    : "unknown error";
  return { reason: `${what}: ${state}` };
}
