/**
 * The outside world as one small record, handed to `run` by `main.ts`: tests
 * pass object literals. Types only.
 *
 * @module
 */

import type { Inspection } from "./litellm/installation.ts";
import type { Launcher } from "./litellm/launcher.ts";
import type { NetworkVariable } from "./providers/variables.ts";
import type { Store } from "./files/store.ts";
import type { Terminal, TerminalOptions } from "./terminal/terminal.ts";

/** What the program runs on. */
export interface Build {
  readonly os: string;
  /** Such as `x86_64-pc-windows-msvc`. */
  readonly target: string;
  readonly deno: string;
}

/** Everything that a run reaches beyond its own memory. */
export interface Io {
  readonly version: string;
  /** The address of the documents; empty as long as they have none. */
  readonly docs: string;
  /** The machine that the program was built for, and the Deno in it. */
  readonly build: Build;
  /** The table of `providers/variables.ts`, as it is set. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** One that is not in the table, if `providers/variables.ts` has it readable. */
  readonly variable: (name: string) => string | undefined;
  /**
   * Sets a variable of this process, or takes it away. What `fetch` goes by is
   * its value at the first request, and never again.
   */
  readonly setVariable: (
    name: NetworkVariable,
    value: string | undefined,
  ) => void;
  /** Whether the program was built with the permission to reach `host:port`. */
  readonly canConnect: (host: string) => boolean;
  /** The folder of the executable. */
  readonly programDir: string;
  /** The folder that relative paths count from. */
  readonly workingDir: () => string;
  readonly fetch: typeof fetch;
  /** Milliseconds on a clock that only goes forward. */
  readonly monotonicMs: () => number;
  /** The time of day, for the log. */
  readonly currentDate: () => Date;
  readonly store: Store;
  readonly launcher: Launcher;
  /**
   * The LiteLLM that `launcher` would start, else the one next to this program,
   * and its list of models.
   */
  readonly inspectLitellm: (
    looksAbove: boolean,
  ) => Promise<Inspection | undefined>;
  readonly createTerminal: (options: TerminalOptions) => Terminal;
  /** Aborted by a signal before the hand-off; throws an `Interrupted`. */
  readonly interrupted: AbortSignal;
  /** Gives a permission up for the rest of the run. */
  readonly dropPermission: (permission: "net" | "run") => Promise<void>;
}
