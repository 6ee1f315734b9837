/**
 * What the checks of a config are made from, and a finding before its line is
 * known.
 *
 * @module
 */

import type { Entry } from "../block/entry.ts";
import type { Config } from "../config/config.ts";
import type { IncludedFile } from "../config/includes.ts";
import type { Lines } from "../config/lines.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { CostMap } from "../litellm/cost_map.ts";
import type { ValueOf } from "../litellm/references.ts";
import type { Settings } from "../settings/settings.ts";
import type { FindingCode } from "../warning.ts";
import type { Path } from "../yaml/positions.ts";

/**
 * How LiteLLM will read the file on this machine: in a code page of Windows, as
 * UTF-8, or as UTF-8 here and perhaps otherwise on another machine.
 */
export type ReadAs = "code page" | "utf-8" | "utf-8 here";

/** All that a check may look at. */
export interface DoctorInput {
  /** With all that it includes; the block is not part of it. */
  readonly config: Config;
  /** The config as it is after the run: its lines are the ones to name. */
  readonly bytes: Uint8Array;
  readonly lines: Lines;
  readonly readAs: ReadAs;
  readonly settings: Settings;
  /** What the block holds after the run, aliases among it. */
  readonly ours: readonly Entry[];
  readonly outcomes: readonly Outcome[];
  /** Absent where LiteLLM may be started with other variables than this run. */
  readonly environment?: LitellmEnvironment;
  /** Of the LiteLLM that would be started; `--doctor` alone reads it. */
  readonly costMap?: CostMap;
}

/**
 * The variables that LiteLLM will have when it reads its config, as far as they
 * may be read. What the config says in `environment_variables` is not among
 * them: LiteLLM looks up all `os.environ/` references first (measured with
 * 1.100.0 and 1.108.7).
 */
export interface LitellmEnvironment {
  readonly valueOf: ValueOf;
  /** Whether a variable that has no value is sure to be unset. */
  readonly mayRead: (variable: string) => boolean;
  /** The release of the LiteLLM that would be started, such as `1.108.7`. */
  readonly release?: string | undefined;
}

/** What a check found; {@linkcode Place} becomes a file and a line. */
export interface Found {
  readonly code: FindingCode;
  /** One sentence without a final period. */
  readonly text: string;
  /** What to do; lines to paste follow on lines of their own. */
  readonly hint?: string | undefined;
  readonly at: Place;
}

/**
 * A path of the merged config, a path of one of its files, or a known line of
 * one; `file` is undefined for the config itself.
 */
export type Place =
  | { readonly path: Path }
  | { readonly file: IncludedFile | undefined; readonly path: Path }
  | { readonly file: IncludedFile | undefined; readonly line: number };

/** One of the checks. */
export type Check = (input: DoctorInput) => readonly Found[];
