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
  | "cut-off"
  | "wrong-key"
  | "unusable-key"
  | "forbidden"
  | "rate-limited"
  | "redirect"
  | "status"
  | "not-json"
  | "wrong-shape"
  | "too-large"
  | "too-deep"
  | "paging"
  | "foreign-page"
  | "not-permitted"
  | "proxy-list"
  | "no-models"
  | "bad-base";

/** What may come out when a provider is asked. */
export type AnswerReason = Exclude<FailureReason, "bad-base">;

/** One failure, with the HTTP status where there was an answer. */
export type Failure =
  | { readonly reason: AnswerReason; readonly status?: number }
  /** It was not asked, since where it is said to be it may not be. */
  | {
    readonly reason: "bad-base";
    /** Which variable or setting, where it stands, and what is wrong. */
    readonly state: string;
    readonly hint: string;
    readonly status?: undefined;
  };

/** Carries a failure out of an exchange with a provider; never shown. */
export class FetchError extends Error {
  override readonly name = "Refusal";
  readonly failure: Failure;

  constructor(reason: AnswerReason, status?: number) {
    super(reason);
    this.failure = { reason, ...(status !== undefined && { status }) };
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
    /** The list came, but the key was rejected beside it. */
    readonly keyRejected: boolean;
  }
  | {
    readonly kind: "failed";
    readonly provider: string;
    readonly elapsedMs: number;
    readonly failure: Failure;
  };

/** The failure in words a user understands, without a period. */
export function describeFailure(failure: Failure, timeoutMs: number): string {
  switch (failure.reason) {
    case "timeout":
      return `timed out after ${timeoutMs / 1000} s`;
    case "interrupted":
      return "interrupted";
    case "dns":
      return "the host name could not be resolved";
    case "tls":
      return "the TLS certificate was not accepted";
    case "connection":
      return "the connection failed";
    case "cut-off":
      return "the answer was cut off";
    case "wrong-key":
      return "the key was rejected";
    case "unusable-key":
      return "the key has characters that no request can carry";
    case "forbidden":
      return "the key lacks a permission (HTTP 403)";
    case "rate-limited":
      return "too many requests (HTTP 429)";
    case "redirect":
      return `an unexpected redirect (HTTP ${failure.status})`;
    case "status":
      return `an error from the server (HTTP ${failure.status})`;
    case "not-json":
      return "the answer was not JSON";
    case "wrong-shape":
      return "the answer was no list of models";
    case "too-large":
      return "the answer was larger than 8 MiB";
    case "too-deep":
      return "the answer was nested too deep";
    case "paging":
      return "the pages of the list did not end";
    case "foreign-page":
      return "the next page was on another host";
    case "not-permitted":
      return "this program is not permitted to reach that host";
    case "proxy-list":
      return "that is a LiteLLM proxy's list";
    case "no-models":
      return "the list had no chat models in it";
    case "bad-base":
      return failure.state;
    default:
      return failure satisfies never;
  }
}
