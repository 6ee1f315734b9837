/**
 * The only writer to stdout and stderr. What is said, and in which form, is
 * decided in `printer.ts`.
 *
 * @module
 */

import type { Size } from "./live_region.ts";
import {
  Printer,
  type Terminal,
  type TerminalIo,
  type TerminalOptions,
} from "./printer.ts";

export type { Terminal, TerminalOptions };

/** The process's own streams. */
export function createTerminal(options: TerminalOptions): Terminal {
  return new Printer(options, STREAMS);
}

const STREAMS: TerminalIo = {
  os: Deno.build.os,
  classicConsoleReady: isClassicConsoleReady(),
  isTerminal: (stream) => Deno[stream].isTerminal(),
  size: consoleSize,
  write,
  monotonicMs: () => performance.now(),
  every: (ms, tick) => {
    // An error in the display must not end the run.
    const timer = setInterval(() => {
      try {
        tick();
      } catch {
        clearInterval(timer);
      }
    }, ms);
    Deno.unrefTimer(timer);
    return () => clearInterval(timer);
  },
};

/**
 * The runtime switches a Windows console to escape sequences through stdout;
 * that of compiled programs learned it in 2.8.2.
 */
function isClassicConsoleReady(): boolean {
  const [major = 0, minor = 0] = Deno.version.deno.split(".").map(Number);
  return Deno.stdout.isTerminal() && (major > 2 || (major === 2 && minor > 8));
}

/** Read for each frame: not every system reports that a window changed. */
function consoleSize(): Size | undefined {
  try {
    const { columns, rows } = Deno.consoleSize();
    return columns > 0 && rows > 0 ? { columns, rows } : undefined;
  } catch {
    return undefined;
  }
}

/** How long a full pipe is given before it is tried again. */
const RETRY_MS = 5;

function write(stream: "stdout" | "stderr", bytes: Uint8Array): void {
  let rest = bytes;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(Deno[stream].writeSync(rest));
    } catch (error) {
      // Nobody listens any more: `discover --json | head -1`.
      if (!isBusy(error)) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

/** A pipe that some other process made non-blocking, and that is full. */
function isBusy(error: unknown): boolean {
  return error instanceof Deno.errors.WouldBlock;
}
