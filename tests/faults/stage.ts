/**
 * What the proofs under faults share: the counter of file-system calls that
 * makes one of them go wrong, the folder that is set up anew for each try, and
 * a way to say what was counted.
 *
 * @module
 */

import { FAKE_KEYS, openRouter, xAi } from "../support/stand_in_providers.ts";
import type { RunResult } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";
import {
  geminiModels,
  openRouterModels,
  type Scene,
  setScene,
  xaiModels,
} from "../support/scene.ts";

/** How thorough a round is: `--long`, or the short one of the gate. */
export interface Round {
  readonly long: boolean;
  /** Given with `--seed`, or made up; printed, so that a round can be repeated. */
  readonly seed: number;
}

/**
 * For a part that cannot be tried here. Where `CI` is set nothing may be left
 * out, so it fails there.
 */
export function leaveOut(what: string, missing: string): void {
  if (Deno.env.get("CI")) {
    throw new Error(`Cannot try ${what}: no ${missing}`);
  }
  tell(`  SKIPPED: ${what}, for want of ${missing}`);
}

/** Prints one line of the account. */
export function tell(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** The call to spoil; see `file_calls.c`. */
export interface Fault {
  readonly at?: number;
  /** `kill`, `half`, `short`, `edit`, or the number of an error. */
  readonly action?: string;
  /** All calls after it fail too. */
  readonly stays?: boolean;
  readonly clockSeconds?: number;
}

/** A run whose calls were counted. */
export interface CountedRun extends RunResult {
  /** The name and the file of each call, in order. */
  readonly calls: readonly string[];
  /** When each was made, in microseconds of some clock. */
  readonly timesUs: readonly number[];
}

/** A scene whose runs can go wrong at a call of choice. */
export interface FaultStage extends AsyncDisposable {
  readonly scene: Scene;
  /** The newest model that the stand-in for xAI offers. */
  grok: string;
  readonly runWithFault: (
    fault: Fault,
    ...args: string[]
  ) => Promise<CountedRun>;
  /** Makes the folder hold these files and no others, in the mode 0640, copies in 0600. */
  readonly reset: (files: Files) => Promise<void>;
  /** What is there; throws when anybody else may read one of them now. */
  readonly files: () => Promise<Files>;
}

/** The texts of all files of a folder by name. */
export type Files = ReadonlyMap<string, string>;

/** Not what a new file gets by itself, so that a lost mode is seen. */
const MODE = 0o640;

/** What a run keeps of the config, for its owner alone. */
const COPY = /\.(?:bak|before-discover|edited-[0-9a-z]+)$/;

function modeOf(name: string): number {
  return COPY.test(name) ? 0o600 : MODE;
}

/** The file that an editor is about to rename to `config.yaml`. */
export const EDITED = "editor.tmp";

/** The name of a temporary file of `config.yaml`. */
export const TEMPORARY = /^\.config\.yaml(\.bak)?\.discover-[0-9a-z]+\.tmp$/;

/** Builds the counter and sets the scene. Needs a C compiler and Linux. */
export async function setFaultStage(): Promise<FaultStage> {
  const counter = await buildCounter();
  const current = { grok: "grok-4.5" };
  const scene = await setScene("", {
    openrouter: openRouter(openRouterModels("anthropic/claude-sonnet-5")),
    xai: (at, request) => xAi(xaiModels(current.grok))(at, request),
    gemini: geminiModels("gemini-3.8-flash"),
  });
  return {
    scene,
    get grok() {
      return current.grok;
    },
    set grok(id: string) {
      current.grok = id;
    },
    runWithFault: (fault, ...args) => runWithFault(scene, counter, fault, args),
    reset: (files) => reset(scene, files),
    files: () => readAll(scene),
    [Symbol.asyncDispose]: async () => {
      await scene[Symbol.asyncDispose]();
      await Deno.remove(counter);
    },
  };
}

async function buildCounter(): Promise<string> {
  if (Deno.build.os !== "linux") {
    throw new Error("Cannot count calls: no Linux");
  }
  const path = await Deno.makeTempFile({ suffix: ".so" });
  const source = fromRepository("tests/faults/file_calls.c");
  const args = ["-O1", "-Wall", "-shared", "-fPIC", "-o", path, source, "-ldl"];
  await useTool("cc", args);
  return path;
}

/** Runs a tool of the system; throws with its words, or that it is missing. */
export async function useTool(
  command: string,
  args: readonly string[],
): Promise<void> {
  let output: Deno.CommandOutput;
  try {
    output = await new Deno.Command(command, { args: [...args] }).output();
  } catch (cause) {
    throw new Error(`Cannot run "${command}": is it there?`, { cause });
  }
  if (output.success) return;
  const said = new TextDecoder().decode(output.stderr).trim();
  throw new Error(`${command} ${args.join(" ")}: ${said}`);
}

async function runWithFault(
  scene: Scene,
  counter: string,
  { at, action, stays, clockSeconds }: Fault,
  args: readonly string[],
): Promise<CountedRun> {
  const log = await Deno.makeTempFile();
  const env = {
    ...scene.env,
    LD_PRELOAD: counter,
    FAULT_FOLDER: scene.folder,
    FAULT_LOG: log,
    FAULT_EDIT: scene.path(EDITED),
    FAULT_CONFIG: scene.config,
    ...(at !== undefined && { FAULT_AT: String(at) }),
    ...(action !== undefined && { FAULT_DO: action }),
    ...(stays && { FAULT_STAYS: "1" }),
    ...(clockSeconds !== undefined && { FAULT_CLOCK: String(clockSeconds) }),
  };
  try {
    const all = ["--config", scene.config, ...args];
    const result = await scene.runWith({ env }, ...all);
    const lines = (await Deno.readTextFile(log)).trimEnd().split("\n");
    const calls = lines.map((line) => line.slice(line.indexOf(" ") + 1));
    return { ...result, calls, timesUs: lines.map((line) => parseInt(line)) };
  } finally {
    await Deno.remove(log);
  }
}

async function reset(scene: Scene, files: Files): Promise<void> {
  for (const name of await scene.names()) await Deno.remove(scene.path(name));
  for (const [name, text] of files) {
    await scene.write(text, name);
    await Deno.chmod(scene.path(name), modeOf(name));
  }
}

async function readAll(scene: Scene): Promise<Files> {
  const files = new Map<string, string>();
  for (const name of await scene.names()) {
    files.set(name, await scene.read(name));
    const { mode } = await Deno.lstat(scene.path(name));
    const now = (mode ?? 0) & 0o7777;
    const isRight = TEMPORARY.test(name)
      ? (now & ~MODE) === 0
      : now === modeOf(name);
    if (!isRight) throw new Error(`${name} has the mode ${now.toString(8)}`);
  }
  return files;
}

/** Sets the temporaries' time back, so that a run takes them for left over. */
export async function ageTemporaries({ scene }: FaultStage): Promise<number> {
  const old = new Date(Date.now() - 11 * 60 * 1000);
  const names = (await scene.names()).filter((name) => TEMPORARY.test(name));
  for (const name of names) await Deno.utime(scene.path(name), old, old);
  return names.length;
}

/** Numbers that only look random: the same seed gives the same. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The keys of the stand-ins, to look for where none may be. */
export const KEYS: readonly string[] = Object.values(FAKE_KEYS);
