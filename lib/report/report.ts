/**
 * What one run came to, as a record: the summary, `--json` and the log line are
 * all made from it. Types only.
 *
 * @module
 */

import type { Alias } from "../catalog/catalog.ts";
import type { Skipped } from "../catalog/names.ts";
import type { Failure, RowCounts } from "../fetch/outcome.ts";
import type { Warning } from "../warning.ts";

/** What came of one provider, and what stands in its section now. */
export type ProviderReport =
  & {
    readonly id: string;
    readonly title: string;
    /** Models in its section after this run. */
    readonly models: number;
  }
  & (
    | {
      readonly kind: "answered";
      readonly elapsedMs: number;
      readonly rows: RowCounts;
      /** Matching ids that were shut down and are left out. */
      readonly retired: readonly string[];
      /** Matching variants that nobody asked for. */
      readonly variants: number;
    }
    | {
      readonly kind: "failed";
      readonly elapsedMs: number;
      readonly failure: Failure;
    }
    /** Not asked; its earlier section, if any, stays. */
    | { readonly kind: "no-key"; readonly variables: readonly string[] }
    /** Left out by `--only`; its earlier section, if any, stays. */
    | { readonly kind: "not-asked" }
  );

/** How the file came out of the run. */
export type ResultWord =
  /** The block is new. */
  | "created"
  | "updated"
  | "unchanged"
  | "removed"
  /** `--dry-run` and `--check`: a run would have changed the file. */
  | "would-change"
  /** No provider answered, so nothing was written. */
  | "nothing-written";

/** An alias now, and what it stood for before this run, if that was another. */
export interface AliasReport extends Alias {
  readonly formerTarget?: string;
}

/** One run, told to a person or a script. */
export interface RunReport {
  readonly version: string;
  readonly exitCode: number;
  readonly result: ResultWord;
  readonly config: string;
  /** Where the text went, when not into the config: a path, or `-`. */
  readonly output?: string;
  readonly backup?: string;
  readonly timeoutMs: number;
  readonly elapsedMs: number;
  readonly providers: readonly ProviderReport[];
  /** Names of the block, aliases not among them. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly kept: number;
  readonly aliases: readonly AliasReport[];
  /** Alias names that were in the block and are not any more. */
  readonly removedAliases: readonly string[];
  readonly skipped: readonly Skipped[];
  readonly warnings: readonly Warning[];
}
