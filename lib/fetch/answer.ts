/**
 * An HTTP answer as JSON, or why it is none: what the status says, and what the
 * provider says about it.
 *
 * @module
 */

import type { Provider } from "../providers/provider.ts";
import type { Secret } from "../text/secret.ts";
import {
  beginningOf,
  parseJson,
  readBeginning,
  readBytes,
} from "./json_body.ts";
import { type AnswerReason, FetchError } from "./outcome.ts";
import { isWebPage, jsonIn, saidIn } from "./said.ts";

/** Whose answer it is. */
export interface Asked {
  readonly provider: Provider;
  readonly key?: Secret;
}

/**
 * The body as JSON. Throws {@linkcode FetchError} where there is none to be had.
 * `statusSaid` gets what the status of an error alone means, since its body may
 * never come.
 */
export async function readAnswer(
  asked: Asked,
  response: Response,
  statusSaid: (error: FetchError) => void,
): Promise<unknown> {
  const { status } = response;
  if (response.ok) return await readList(asked, response);
  if (status >= 300 && status < 400) {
    throw new FetchError("redirect", { status });
  }
  statusSaid(new FetchError(reasonOf(asked, status, undefined), { status }));
  const body = await readBeginning(response);
  const said = saidIn(body, asked.key);
  throw new FetchError(reasonOf(asked, status, body), {
    status,
    ...(said && { said }),
  });
}

/** A page for browsers may come with every status, 200 among them. */
async function readList(
  { key }: Asked,
  response: Response,
): Promise<unknown> {
  const bytes = await readBytes(response);
  const beginning = beginningOf(bytes);
  if (!isWebPage(beginning)) return parseJson(bytes);
  const said = saidIn(beginning, key);
  throw new FetchError("web-page", {
    status: response.status,
    ...(said && { said }),
  });
}

/** What a status means, with what the body adds to it. */
function reasonOf(
  { provider }: Asked,
  status: number,
  body: string | undefined,
): AnswerReason {
  const json = body === undefined ? undefined : jsonIn(body);
  if (provider.isWrongKey(status, json)) return "wrong-key";
  if (status === 402) return "no-credits";
  if (status === 404) return "not-found";
  if (body !== undefined) {
    if (isFilter(status) && isWebPage(body)) return "web-page";
    if (isUnpaid(status, body)) return "no-credits";
  }
  if (status === 403) return "forbidden";
  if (status === 429) return "rate-limited";
  return "status";
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
