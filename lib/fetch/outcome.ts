/**
 * What came of asking one provider: a value of a closed set, in words that
 * carry nothing of what the provider or a library said.
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
  | "config-changed"
  | "bad-base";

/** What may come out when a provider is asked. */
export type AnswerReason = Exclude<FailureReason, "bad-base">;

/** What is known of a failure besides its reason. */
export interface FailureDetails {
  /** The HTTP status where there was an answer. */
  readonly status?: number;
  /** The provider's own sentence, fit to be shown: see `said.ts`. */
  readonly said?: string;
}

/** One failure. */
export type Failure =
  | FailureDetails & {
    readonly reason: AnswerReason;
    /** Who was asked, as `host:port`. */
    readonly host?: string;
    /** The proxy on the way there, as `host:port` alone. */
    readonly proxy?: string;
  }
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
  readonly failure: Failure;

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
    /** The list came, but another request found the key rejected. */
    readonly keyRejected: boolean;
  }
  | {
    readonly kind: "failed";
    readonly provider: string;
    readonly elapsedMs: number;
    readonly failure: Failure;
  };

/** Of a failure without details of its own; the HTTP status follows. */
const WORDS: Readonly<
  Record<Exclude<AnswerReason, "timeout" | "status">, string>
> = {
  "interrupted": "interrupted",
  "dns": "cannot resolve the host name",
  "tls": "TLS certificate not accepted",
  "connection": "connection failed",
  "proxy": "the proxy on the way failed",
  "cut-off": "response cut off",
  "wrong-key": "API key rejected",
  "unusable-key": "API key has characters that no HTTP header can carry",
  "forbidden": "API key lacks a permission",
  "no-credits": "no credits left",
  "not-found": "not found",
  "rate-limited": "rate limit exceeded",
  "redirect": "unexpected redirect",
  "not-json": "response is not JSON",
  "web-page": "response is a web page, not JSON",
  "wrong-shape": "response is not a model list",
  "too-large": "response is larger than 8 MiB",
  "too-deep": "response is nested too deeply",
  "paging": "pages of the model list do not end",
  "foreign-page": "next page is on another host",
  "not-permitted": "this program has no permission to connect to that host",
  "proxy-list": "response is the model list of a LiteLLM proxy",
  "no-models": "model list has no chat models",
  "config-changed": "the config changed its key or its address meanwhile",
};

/** The failure in words a user understands, without a period. */
export function describeFailure(failure: Failure, timeoutMs: number): string {
  if (failure.reason === "bad-base") return failure.state;
  const { reason, status } = failure;
  if (reason === "timeout") return `timed out after ${timeoutMs / 1000} s`;
  if (reason === "status") return `HTTP ${status}`;
  const answer = status === undefined ? "" : ` (HTTP ${status})`;
  return WORDS[reason] + answer;
}
