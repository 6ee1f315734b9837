/**
 * The signals that ask the program to end. Before LiteLLM is started they
 * interrupt the run; from then on they are LiteLLM's. There is no gap in
 * between, and none is lost.
 *
 * The runtime takes signals on its own thread and calls a listener only when
 * the event loop turns. So a signal can be seen later than it came: one that
 * comes too late to keep LiteLLM from being started is passed on to it.
 *
 * @module
 */

import { ExitCode, Interrupted } from "../errors.ts";

/** What the run and the hand-off need to know about signals. */
export interface Signals {
  /** Aborted by the first one; the reason is an {@linkcode Interrupted}. */
  readonly interrupted: AbortSignal;
  /**
   * Starts a child that gets every signal from here on. Throws
   * {@linkcode Interrupted} instead when one came before, and what `spawn`
   * throws.
   */
  startChild(spawn: () => Deno.ChildProcess): Promise<Deno.ChildProcess>;
}

const isWindows = Deno.build.os === "windows";

/** What ends a run, with the code that a shell gives to an end by it. */
const ENDING: readonly (readonly [Deno.Signal, ExitCode])[] = isWindows
  // Windows has no others; the last is a console that is closed.
  ? [
    ["SIGINT", ExitCode.interrupted],
    ["SIGBREAK", ExitCode.interrupted],
    ["SIGHUP", ExitCode.interrupted],
  ]
  : [
    ["SIGINT", ExitCode.interrupted],
    ["SIGTERM", ExitCode.terminated],
    ["SIGHUP", ExitCode.hungUp],
    ["SIGQUIT", ExitCode.quit],
  ];

/** Signals that only LiteLLM handles. */
const PASSED_ON: readonly Deno.Signal[] = isWindows
  ? []
  : ["SIGUSR1", "SIGUSR2"];

/**
 * How late a Ctrl+C from before the start may be seen. LiteLLM takes longer
 * than this to serve anything, so that a second one does no harm meanwhile.
 */
const LATE_MS = 1000;

/** Listens from now on, for as long as the process lives. */
export function watchSignals(): Signals {
  const interruption = new AbortController();
  const interrupted = interruption.signal;
  const early: Deno.Signal[] = [];
  let child: Child | undefined;
  for (const [signal, exitCode] of ENDING) {
    Deno.addSignalListener(signal, () => {
      if (child === undefined) interruption.abort(new Interrupted(exitCode));
      else passOn(signal, child);
    });
  }
  return {
    interrupted,
    startChild: async (spawn) => {
      for (const signal of PASSED_ON) {
        Deno.addSignalListener(signal, () => {
          if (child === undefined) early.push(signal);
          else passOn(signal, child);
        });
      }
      await letListenersRun();
      // No listener runs between this check and the moment the child is known.
      interrupted.throwIfAborted();
      const process = spawn();
      child = { process, startedMs: performance.now() };
      for (const signal of early) passOn(signal, child);
      return process;
    },
  };
}

/** Two turns: after one, 4 of 2400 signals had not been seen; after two, none. */
async function letListenersRun(): Promise<void> {
  for (const ms of [1, 0]) {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}

interface Child {
  readonly process: Deno.ChildProcess;
  readonly startedMs: number;
}

/**
 * A terminal sends Ctrl+C to LiteLLM itself, and LiteLLM takes a second one as
 * the order to cut every request. On Windows all signals reach it this way.
 */
function passOn(signal: Deno.Signal, { process, startedMs }: Child): void {
  if (isWindows) return;
  const isDelivered = signal === "SIGINT" && isAtTerminal() &&
    performance.now() - startedMs > LATE_MS;
  if (isDelivered) return;
  try {
    process.kill(signal);
  } catch {
    // It has ended already, as the signal wanted.
  }
}

function isAtTerminal(): boolean {
  return [Deno.stdin, Deno.stdout, Deno.stderr]
    .some((stream) => stream.isTerminal());
}
