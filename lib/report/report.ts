/**
 * What one run came to, as the record that `--json` prints: a field without a
 * meaning in a run is null. The summary and the log line are made from it, too.
 * Its fields are described in `docs/json.md` and `docs/report.schema.json`.
 *
 * @module
 */

import type { Alias, PassedOver } from "../catalog/catalog.ts";
import type { DroppedAlias } from "../catalog/dropped_aliases.ts";
import type { Skipped } from "../catalog/names.ts";
import type { FailureReason, RowCounts } from "../fetch/outcome.ts";
import { counted } from "../text/plural.ts";
import type { Warning } from "../warning.ts";

/** What came of one provider, and what is in its section now. */
export interface ProviderReport {
  readonly id: string;
  readonly title: string;
  /** Unless it answered, its earlier section stays. `--only`: `not-asked`. */
  readonly outcome: "answered" | "failed" | "no-key" | "not-asked";
  /** Models in its section after this run. */
  readonly models: number;
  /** Whole milliseconds, if it was asked. */
  readonly elapsedMs: number | null;
  /** With an answer. */
  readonly rows: RowCounts | null;
  /** With an answer: matching ids that were shut down and are left out. */
  readonly retired: readonly string[] | null;
  /** With an answer: matching variants that are not asked for. */
  readonly variants: number | null;
  /** With an answer: chat models that the filters leave out. */
  readonly filtered: number | null;
  /** With an answer: wanted models beyond the limit. */
  readonly overLimit: number | null;
  /** With an answer: wanted models without a name that is to be had. */
  readonly skipped: number | null;
  /**
   * With an answer: models that the provider has, but not for this key, whether
   * or not its list names them; null where nobody says.
   */
  readonly notForKey: number | null;
  /** With an answer: the provider's plainer list, as the usual one is missing. */
  readonly plainList: boolean | null;
  readonly failure: FailureReport | null;
  /** The key that is used for it: its name, never its value. */
  readonly key: KeyReport | null;
  /** Without a key: the variables that were looked for. */
  readonly keyVariables: readonly string[] | null;
}

/** Where a key is from. */
export interface KeyReport {
  readonly variable: string;
  /** Where it is set: `the environment`, or a file's path and line. */
  readonly from: string;
}

/** Why a provider failed, as a stable word and as a sentence. */
export interface FailureReport {
  readonly reason: FailureReason;
  /** The HTTP status, if there was an answer. */
  readonly status: number | null;
  /** The sentence, without what the provider says. */
  readonly message: string;
  /** The provider's own sentence, without control characters and keys. */
  readonly said: string | null;
  /** Who was asked, as `host:port`. */
  readonly host: string | null;
  /** The proxy on the way there, as `host:port`. */
  readonly proxy: string | null;
}

/** What the run was asked to do with the block. */
export type BlockAction = "refresh" | "remove" | "repair" | "undo";

/** How the file came out of the run. */
export type ResultWord =
  /** The block is new. */
  | "created"
  | "updated"
  | "unchanged"
  | "removed"
  /** `--undo`: the config is what it was before the last run. */
  | "restored"
  /** `--dry-run` and `--check`: a run would have changed the file. */
  | "would-change"
  /** No provider answered, so nothing was written. */
  | "nothing-written";

/** An alias now, and its target before this run, if that was another. */
export interface AliasReport extends Pick<Alias, "name" | "target"> {
  /** The `model_name` that the target has in the config, if it has one. */
  readonly modelName: string | null;
  readonly passedOver: PassedOverReport | null;
  readonly formerTarget: string | null;
  readonly formerModelName: string | null;
}

/** A newer model that an alias does not follow, and its name in the config. */
export interface PassedOverReport extends PassedOver {
  readonly modelName: string | null;
}

/** An alias that is not in the block any more, and why. */
export type RemovedAlias = DroppedAlias | {
  readonly name: string;
  readonly reason: "block-removed";
};

/** A name that went, and the one that came for it. */
export interface RenamedModel {
  readonly from: string;
  readonly to: string;
}

/** The names of the block before and after the run, aliases not among them. */
export interface ModelChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Of the same model, and different to LiteLLM by their capitals alone. */
  readonly renamed: readonly RenamedModel[];
  readonly kept: number;
  /** Of those that were kept: another model or server answers, or in another order. */
  readonly rerouted: readonly string[];
}

/** One run, for a person or a script. */
export interface RunReport {
  readonly version: string;
  readonly exitCode: number;
  readonly action: BlockAction;
  readonly result: ResultWord;
  readonly config: string;
  /** Where the text went, when not into the config: a path, or `-`. */
  readonly output: string | null;
  readonly backup: string | null;
  /** `--repair`: how many entries stood outside a well-formed block. */
  readonly repaired: number | null;
  readonly timeoutMs: number;
  /** Whole milliseconds. */
  readonly elapsedMs: number;
  readonly providers: readonly ProviderReport[];
  readonly models: ModelChanges;
  readonly aliases: readonly AliasReport[];
  /** Alias names that are new in the block. */
  readonly addedAliases: readonly string[];
  readonly removedAliases: readonly RemovedAlias[];
  readonly skipped: readonly Skipped[];
  readonly warnings: readonly Warning[];
  /** With `--dry-run`; empty where nothing would change, and with `--repair`. */
  readonly diff: string | null;
}

/** What a provider's failure means for its section of so many models. */
export function consequenceOf(earlierModels: number): string {
  return earlierModels === 0
    ? "no earlier models to keep"
    : `keeping ${counted(earlierModels, "earlier model")}`;
}
