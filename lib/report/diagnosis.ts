/**
 * What `--doctor` found in a config: the record that its `--json` prints.
 *
 * @module
 */

import type { Finding } from "../warning.ts";

/** What is wrong with a config, and what could not be judged. */
export interface Diagnosis {
  readonly version: string;
  readonly exitCode: number;
  readonly config: string;
  /** The release of the LiteLLM that would be started, such as `1.108.7`. */
  readonly litellm: string | null;
  /** The most urgent first. */
  readonly findings: readonly Finding[];
  /** What could not be judged, and why. */
  readonly notes: readonly string[];
}
