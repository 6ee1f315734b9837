/**
 * What needs the user's attention, in the form that every stage uses: a stable
 * code, a sentence, and what to do. Types only.
 *
 * @module
 */

/** The codes are stable: scripts may rely on them. */
export type WarningCode =
  | "provider-failed"
  | "key-rejected"
  | "no-key"
  | "own-key"
  | "own-address"
  | "calls-itself"
  | "unread-master-key"
  | "unreadable-master-key"
  | "key-differs"
  | "computed-key"
  | "odd-line"
  | "unreadable-file"
  | "all-retired"
  | "no-match"
  | "all-covered"
  | "ends-soon"
  | "block-edited"
  | "section-damaged"
  | "not-utf8"
  | "byte-order-mark"
  | "non-ascii"
  | "hard-link"
  | "unknown-fallback"
  | "unknown-alias"
  | "unused-fallback"
  | "idle-key"
  | "broken-include"
  | "included-block"
  | "model-gone"
  | "library-path"
  | "port-taken"
  | "log-failed"
  | "started-anyway";

/** Something that needs attention, and what to do about it. */
export interface Warning {
  readonly code: WarningCode;
  /** The included file that the line is in; absent for the config itself. */
  readonly file?: string;
  /** 1-based line of the config, as it is after the run. */
  readonly line?: number;
  /** One sentence without a final period. */
  readonly text: string;
  /** What to do; lines to paste follow on lines of their own. */
  readonly hint?: string;
}
