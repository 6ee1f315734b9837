/**
 * What needs the user's attention, in the form that every stage uses: a stable
 * code, a sentence, and what to do.
 *
 * @module
 */

/** About a run, its keys and its settings. The codes are stable. */
export type RunCode =
  | "provider-failed"
  | "no-key"
  | "own-key"
  | "own-address"
  | "unreadable-master-key"
  | "key-differs"
  | "computed-key"
  | "odd-line"
  | "unreadable-file"
  | "unread-settings"
  | "certificates-ignored"
  | "all-retired"
  | "no-match"
  | "all-covered"
  | "ends-soon"
  | "block-edited"
  | "section-damaged"
  | "hard-link"
  | "include-left-behind"
  | "dangling-fallbacks"
  | "idle-key"
  | "library-path"
  | "port-taken"
  | "log-failed"
  | "started-anyway";

/** How much a finding in the user's config matters, the most urgent first. */
export const WEIGHTS = [
  "will-not-start",
  "answers-wrongly",
  "ending",
  "note",
] as const;

/** One of {@linkcode WEIGHTS}. */
export type Weight = typeof WEIGHTS[number];

/**
 * About the user's config: what each means is in `docs/doctor.md`. The most
 * urgent first. The codes are stable: `advice: {skip: [...]}` names them.
 */
export const FINDINGS = {
  "not-yaml": "will-not-start",
  "not-utf8": "will-not-start",
  "malformed-entry": "will-not-start",
  "malformed-fallbacks": "will-not-start",
  "malformed-alias": "will-not-start",
  "malformed-settings": "will-not-start",
  "broken-include": "will-not-start",
  "no-master-key": "will-not-start",
  "calls-itself": "answers-wrongly",
  "unread-master-key": "answers-wrongly",
  "included-block": "answers-wrongly",
  "repeated-key": "answers-wrongly",
  "replaced-section": "answers-wrongly",
  "model-retired": "answers-wrongly",
  "model-gone": "answers-wrongly",
  "dead-fallbacks": "answers-wrongly",
  "dead-alias": "answers-wrongly",
  "unknown-alias": "answers-wrongly",
  "unknown-fallback": "answers-wrongly",
  "same-deployment": "answers-wrongly",
  "mixed-models": "answers-wrongly",
  "no-price": "answers-wrongly",
  "listed-twice": "answers-wrongly",
  "byte-order-mark": "answers-wrongly",
  "non-ascii": "answers-wrongly",
  "model-ending": "ending",
  "unset-variable": "note",
  "unread-include": "note",
  "not-editable": "note",
  "unused-fallback": "note",
} as const satisfies Readonly<Record<string, Weight>>;

/** One of {@linkcode FINDINGS}. */
export type FindingCode = keyof typeof FINDINGS;

/** The codes are stable: scripts may rely on them. */
export type WarningCode = RunCode | FindingCode;

/** Something that needs attention, and what to do about it. */
export interface Warning {
  readonly code: WarningCode;
  /** The title of the provider that failed or has no key: see its own line. */
  readonly provider?: string;
  /** The included file that the line is in; absent for the config itself. */
  readonly file?: string;
  /** 1-based line of the config, as it is after the run. */
  readonly line?: number;
  /** One sentence without a final period. */
  readonly text: string;
  /** What to do; lines to paste follow on lines of their own. */
  readonly hint?: string;
}

/** A warning about the user's config. */
export interface Finding extends Warning {
  readonly code: FindingCode;
}

/** Whether it is about the user's config, not about a run. */
export function isFinding(warning: Warning): warning is Finding {
  return Object.hasOwn(FINDINGS, warning.code);
}
