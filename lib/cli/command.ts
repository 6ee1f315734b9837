/**
 * What a command line asks for, as it was typed: nothing of it is checked against
 * the environment yet.
 *
 * @module
 */

import type { ACTIONS, Client, COLORS, Shell } from "./flags.ts";

/** What to do: with the block, or instead. */
export type Action = "refresh" | typeof ACTIONS[number];

/** Where the new text goes. */
export type Destination =
  /** In place: into the file that is there, which a crash can cut off. */
  | { readonly kind: "config"; readonly inPlace?: true }
  /** The change as a diff, or only how much it is. */
  | { readonly kind: "dry-run"; readonly isStatOnly?: true }
  | { readonly kind: "check" }
  | { readonly kind: "output"; readonly path: string };

/** The flags of a run, as they were typed. */
export interface RunFlags {
  readonly action: Action;
  /** For `print-client`. */
  readonly client?: Client;
  /** For `why`: the name that is asked about. */
  readonly why?: string;
  readonly destination: Destination;
  readonly config?: string;
  readonly only: readonly string[];
  readonly timeoutMs?: number;
  /** Whether lists that lost most of their models are accepted. */
  readonly acceptShrink: boolean;
  readonly settings?: string;
  /** Files to read keys from; `none`: not even those next to the config. */
  readonly envFiles: readonly string[] | "none";
  readonly json: boolean;
  readonly start: boolean;
  readonly strict: boolean;
  readonly logFile?: string;
  readonly color: typeof COLORS[number];
  readonly verbosity: "quiet" | "normal" | "verbose";
  /** Everything after `--`: LiteLLM's; without `--start` only its port is read. */
  readonly litellmArgs: readonly string[];
}

/** What the command line asks for. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version"; readonly isVerbose: boolean }
  | { readonly kind: "completions"; readonly shell: Shell }
  | { readonly kind: "run"; readonly flags: RunFlags };
