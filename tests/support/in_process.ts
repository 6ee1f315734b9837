/**
 * Runs the whole program in this process, on the real file system, with all
 * that it says kept: for tests that run it thousands of times. What a run
 * reaches can be replaced part by part.
 *
 * @module
 */
import { cli } from "../../lib/cli.ts";
import { ExitCode, Interrupted } from "../../lib/errors.ts";
import { Printer } from "../../lib/terminal/printer.ts";
import type { HandoffRequest } from "../../lib/litellm/launcher.ts";
import type { Io } from "../../lib/io.ts";
import { createStore } from "../../lib/files/store.ts";
import { fromRepository } from "./repository.ts";
import { isOfKey } from "./stand_in_providers.ts";

/** What came of a run. */
export interface HereResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What LiteLLM was started with, as often as it was. */
  readonly started: readonly HandoffRequest[];
}

/** The exit code of the LiteLLM that is played here. */
export const LITELLM_CODE = 7;

/** An outside world, and what was done in it. */
interface World extends Omit<HereResult, "code"> {
  readonly io: Io;
}

/** Runs the program to its end. */
export async function runHere(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  parts: Partial<Io> = {},
): Promise<HereResult> {
  const world = worldHere(environment, parts);
  const code = await cli(args, world.io);
  const { stdout, stderr, started } = world;
  return { code, stdout, stderr, started };
}

/** The outside world of a run, on the real file system. */
export function worldHere(
  environment: Readonly<Record<string, string>>,
  parts: Partial<Io> = {},
): World {
  const said = { stdout: "", stderr: "" };
  const started: HandoffRequest[] = [];
  const io: Io = {
    version: "0.0.0",
    docs: "",
    build: { os: "linux", target: "none", deno: "0.0.0" },
    environment,
    variable: (name) => environment[name],
    canConnect: () => true,
    programDir: fromRepository("tests/fixtures"),
    workingDir: Deno.cwd,
    setVariable: () => {},
    fetch,
    monotonicMs: () => performance.now(),
    currentDate: () => new Date(),
    store: createStore(),
    launcher: {
      find: () => Promise.resolve("litellm"),
      start: (request) => {
        started.push(request);
        const code = LITELLM_CODE;
        return Promise.resolve({ kind: "ended", code, program: "litellm" });
      },
      isPortTaken: () => Promise.resolve(false),
    },
    inspectLitellm: () => Promise.resolve(undefined),
    createTerminal: (options) =>
      new Printer(options, {
        os: "linux",
        classicConsoleReady: false,
        isTerminal: () => false,
        size: () => undefined,
        write: (stream, bytes) => {
          said[stream] += new TextDecoder().decode(bytes);
        },
        monotonicMs: () => performance.now(),
        every: () => () => {},
      }),
    interrupted: new AbortController().signal,
    dropPermission: () => Promise.resolve(),
    ...parts,
  };
  return {
    io,
    started,
    get stdout() {
      return said.stdout;
    },
    get stderr() {
      return said.stderr;
    },
  };
}

/** Parts of a run that note what it asks and gives up, in their order. */
export function notingSteps(
  answer: () => Promise<Response>,
): { readonly steps: readonly string[]; readonly parts: Partial<Io> } {
  const steps: string[] = [];
  const parts: Partial<Io> = {
    dropPermission: (name) => Promise.resolve(void steps.push(`no ${name}`)),
    fetch: (url) => {
      if (!isOfKey(String(url))) steps.push("ask");
      return answer();
    },
  };
  return { steps, parts };
}

/** Parts of a run to which Ctrl+C comes while it asks. */
export function interruptedWhileAsking(): Partial<Io> {
  const interruption = new AbortController();
  return {
    interrupted: interruption.signal,
    fetch: () => {
      interruption.abort(new Interrupted(ExitCode.interrupted));
      return Promise.reject(interruption.signal.reason);
    },
  };
}
