/**
 * What came of asking one provider: a value of a closed set, in words of our
 * own. What the provider said is next to them, and what a library said nowhere.
 *
 * @module
 */

import type { Model } from "../providers/provider.ts";

/** Why a provider gave no usable list. */
export type FailureReason =
  | "timeout"
  | "interrupted"
  | "dns"
  | "tls"
  | "connection"
  | "proxy"
  | "cut-off"
  | "wrong-key"
  | "unusable-key"
  | "key-blocked"
  | "forbidden"
  | "no-credits"
  | "not-found"
  | "rate-limited"
  | "redirect"
  | "status"
  | "not-json"
  | "web-page"
  | "wrong-shape"
  | "too-large"
  | "too-deep"
  | "paging"
  | "foreign-page"
  | "not-permitted"
  | "proxy-list"
  | "no-models"
  | "shrunk"
  | "config-changed"
  | "bad-base";

/** What may come out when a provider is asked. */
export type AnswerReason = Exclude<FailureReason, "bad-base">;

/** How far a connection came, or what is wrong with a certificate or a key. */
export type FailureState =
  | "refused"
  | "timed out"
  | "unreachable"
  | "reset"
  | "host name not found"
  | "closed without an answer"
  | "answers, but not in HTTP"
  | "answers, but not in TLS"
  | "TLS refused"
  | "no tunnel"
  | "unknown issuer"
  | "expired"
  | "not valid yet"
  | "made for another name"
  | "blocked"
  | "disabled"
  | "team blocked"
  | "for chat"
  | "for any listed model";

/** What is known of a failure besides its reason. */
export interface FailureDetails {
  /** The HTTP status where there was an answer; the proxy's, if it failed. */
  readonly status?: number;
  /** Of a connection, a proxy, a certificate or a key. */
  readonly state?: FailureState;
  /** The provider's own sentence, fit to be shown: see `said.ts`. */
  readonly said?: string;
  /** Models of a list that is doubted, and of the section that stays for it. */
  readonly counts?: { readonly listed: number; readonly earlier: number };
}

/** A failure of one that was asked. */
export interface AnswerFailure extends FailureDetails {
  readonly reason: AnswerReason;
  /** Who was asked, as `host:port`. */
  readonly host?: string;
  /** The proxy on the way there, as `host:port` alone. */
  readonly proxy?: string;
}

/** One failure. */
export type Failure =
  | AnswerFailure
  /** It was not asked, as it may not be where the settings say it is. */
  | {
    readonly reason: "bad-base";
    /** Which variable or setting, where it is set, and what is wrong. */
    readonly state: string;
    readonly hint: string;
    readonly status?: undefined;
    readonly said?: undefined;
    readonly host?: undefined;
    readonly proxy?: undefined;
  };

/** Carries a failure out of an exchange with a provider; never shown. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly failure: AnswerFailure;

  constructor(reason: AnswerReason, details: FailureDetails = {}) {
    super(reason);
    this.failure = { reason, ...details };
  }
}

/** Rows of an answer that are not offered, by why. */
export interface RowCounts {
  /** All rows of all pages. */
  readonly listed: number;
  /** Images, speech, embeddings and others that do not chat. */
  readonly ineligible: number;
  readonly ambiguousMaker: number;
  readonly malformed: number;
  /** The same id again. */
  readonly repeated: number;
  /** Chat models that the key may not call. */
  readonly notForKey: number;
}

/** What came of one provider in this run. */
export type Outcome =
  | {
    readonly kind: "answered";
    readonly provider: string;
    readonly elapsedMs: number;
    /** Every chat model of the answer, before any filter; ids are unique. */
    readonly models: readonly Model[];
    readonly rows: RowCounts;
    /** Ids and other names in the answer that are no chat model's id. */
    readonly alsoListed: ReadonlySet<string>;
    /** Every row as it came, for `--why`. */
    readonly listing: readonly unknown[];
    /** It is the plainer list, since the usual one is missing. */
    readonly isPlainList?: true;
    /**
     * How many models the provider has, but not for this key, in the answer or
     * not; absent where that is not known.
     */
    readonly notForKey?: number;
    /** The ids of those that the answer lists. */
    readonly withheld?: ReadonlySet<string>;
  }
  | {
    readonly kind: "failed";
    readonly provider: string;
    readonly elapsedMs: number;
    readonly failure: Failure;
  };
