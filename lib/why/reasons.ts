/**
 * What `--why` says of one name: whether the block has it, and each reason for
 * that as a sentence with its evidence. It is its own JSON: `docs/json.md` has
 * the fields, and `docs/why.md` the reasons.
 *
 * @module
 */

import type { Location } from "../config/lines.ts";

/** The words for reasons, the most relevant first. They are stable. */
export const REASONS = [
  "by-hand",
  "wildcard",
  "in-block",
  "alias",
  "other-case",
  "retired",
  "filtered",
  "variant",
  "other-name",
  "not-chat",
  "not-for-key",
  "taken",
  "ambiguous-maker",
  "malformed",
  "turned-off",
  "not-asked",
  "provider-failed",
  "no-key",
  "other-maker",
  "not-listed",
  "not-enabled",
] as const;

/** One of {@linkcode REASONS}. */
export type ReasonWord = typeof REASONS[number];

/** Why a name is in the block, or is not; null is what has no meaning for it. */
export interface Reason {
  readonly reason: ReasonWord;
  /** A sentence without a final period, fit to follow "is not in the block:". */
  readonly message: string;
  /** What to do: lines to paste follow on lines of their own. */
  readonly hint: string | null;
  /** The provider's id, and its own id of the model. */
  readonly provider: string | null;
  readonly model: string | null;
  /** What LiteLLM calls. */
  readonly upstream: string | null;
  /** The last day, as `YYYY-MM-DD`, and the provider's id of what follows. */
  readonly endsOn: string | null;
  readonly successor: string | null;
  /** Null for the config itself. */
  readonly file: string | null;
  readonly line: number | null;
}

const NOTHING = {
  ...{ hint: null, provider: null, model: null, upstream: null },
  ...{ endsOn: null, successor: null, file: null, line: null },
} as const;

/** The reason of a sentence, and what it is about. */
export function because(
  reason: ReasonWord,
  message: string,
  { at = {}, ...evidence }: Partial<Reason> & { readonly at?: Location } = {},
): Reason {
  return { ...NOTHING, reason, message, ...at, ...evidence };
}

/** Where something is, in words: `line 3`, `line 3 of "models.yaml"`. */
export function placeOf({ file, line }: Location): string {
  const name = file === undefined ? "the config" : `"${file}"`;
  if (line === undefined) return name;
  return file === undefined ? `line ${line}` : `line ${line} of ${name}`;
}

/** What is known of one name; the most relevant reason first, never none. */
export interface Explanation {
  readonly name: string;
  /** Whether the block as a run would leave it has the model. */
  readonly inBlock: boolean;
  /** Whether the block as it is has it. */
  readonly onDisk: boolean;
  /** What the block calls it. */
  readonly names: readonly string[];
  readonly reasons: readonly Reason[];
  /** Names that may have been meant. */
  readonly nearest: readonly string[];
}
