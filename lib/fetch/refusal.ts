/**
 * What the body of an error adds to its status: another reason, and the
 * provider's own sentence.
 *
 * @module
 */

import type { Provider } from "../providers/provider.ts";
import type { Secret } from "../text/secret.ts";
import { isWebPage } from "./json_body.ts";
import { type AnswerReason, FetchError } from "./outcome.ts";
import { jsonIn, saidIn } from "./said.ts";

/** Whose answer it is. */
export interface Asked {
  readonly provider: Provider;
  readonly key?: Secret;
}

/** The error of an answer whose status alone means `byStatus`. */
export function refusal(
  asked: Asked,
  status: number,
  body: string,
  byStatus: AnswerReason,
): FetchError {
  const reason = reasonIn(asked, status, body) ?? byStatus;
  return saying(asked, reason, status, body);
}

/** The error with what the body says to people. */
export function saying(
  { key }: Asked,
  reason: AnswerReason,
  status: number,
  body: string,
): FetchError {
  const said = saidIn(body, key);
  return new FetchError(reason, { status, ...(said && { said }) });
}

/** A reason that the body alone tells. */
function reasonIn(
  { provider }: Asked,
  status: number,
  body: string,
): AnswerReason | undefined {
  if (provider.isWrongKey(status, jsonIn(body))) return "wrong-key";
  if (status === 402 || status === 404) return undefined;
  if (isFilter(status) && isWebPage(body)) return "web-page";
  return isUnpaid(status, body) ? "no-credits" : undefined;
}

/**
 * An API does not refuse with a page, but what stands before it does; a server
 * that breaks, or has too many requests, is often told of by its own front end.
 */
function isFilter(status: number): boolean {
  return status === 511 || status >= 400 && status < 500 && status !== 429;
}

/**
 * Money is missing, in the words of OpenRouter, OpenAI, Anthropic, xAI, DeepSeek,
 * Moonshot and Gemini.
 */
const UNPAID =
  /insufficient[_ ](?:quota|balance|credits?|funds)|credit balance|credits (?:are|have been) (?:depleted|exhausted|used up)|(?:any|no|more|out of|purchase|buy|enough) credits\b|exceeded_current_quota/i;

/** Without a number of its own it is OpenAI's, but Gemini says it of a rate. */
const QUOTA = /exceeded your current quota.{0,99}billing/is;
const RATE = /RESOURCE_EXHAUSTED|rate.?limit/i;

function isUnpaid(status: number, body: string): boolean {
  if (![400, 403, 429].includes(status) || isWebPage(body)) return false;
  return UNPAID.test(body) || QUOTA.test(body) && !RATE.test(body);
}
