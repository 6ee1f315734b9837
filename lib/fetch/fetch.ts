/**
 * Asks a provider what it offers, within one deadline that covers connecting,
 * headers, body, every page and decoding. A provider's failure is a value:
 * nothing here throws for one.
 *
 * @module
 */

// @ts-types="../types/std_async_deadline.d.ts"
import { deadline } from "@std/async/deadline";
// @ts-types="../types/std_async_delay.d.ts"
import { delay } from "@std/async/delay";
import { hostPort } from "../text/host_port.ts";
import type { Secret } from "../text/secret.ts";
import { readAnswer } from "./answer.ts";
import { refineModels } from "./details.ts";
import { type BoundList, boundToKey } from "./key_bound.ts";
import { inGrace, orBarred, readKeyInfo } from "./key_info.ts";
import { type Failure, FetchError, type Outcome } from "./outcome.ts";
import { type List, type Listing, notOurs, readRows } from "./rows.ts";

/** Which provider to ask, where, and with which key. */
export interface ProviderRequest extends Listing {
  /** Absent for a server that needs none. */
  readonly key?: Secret;
}

/** How to ask. */
export interface FetchOptions {
  /** From connect to decoded JSON, paging and the one retry included. */
  readonly timeoutMs: number;
  /** Aborting stops every request at once. */
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
  /** The proxy through which a URL is reached, as `host:port`. */
  readonly proxyFor: (url: URL) => string | undefined;
  /** Milliseconds on a clock that only goes forward. */
  readonly monotonicMs: () => number;
}

/** A list of more pages than this is a loop. */
const MAX_PAGES = 20;
const RETRY_AFTER_MS = 100;
const RETRIED_STATUSES: readonly number[] = [502, 503, 504];

/** Asks one provider for its list. Never rejects: a failure is an outcome. */
export async function askProvider(
  request: ProviderRequest,
  options: FetchOptions,
): Promise<Outcome> {
  const startedMs = options.monotonicMs();
  const provider = request.provider.id;
  // Without an abort of its own a hung connection outlives the deadline.
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, options.signal]);
  let statusSaid: FetchError | undefined;
  try {
    const get = bindFetch(options.fetch, request, signal);
    const exchange: Exchange = {
      get,
      signal,
      statusSaid: (error) => statusSaid = error,
    };
    const within = <T>(work: Promise<T>): Promise<T> =>
      deadline(work, options.timeoutMs, { signal: options.signal });
    const listing = within(listModels(request, exchange));
    const info = within(readKeyInfo(request, get)).catch(() => ({}));
    const list = await orBarred(listing, info);
    const bound = boundToKey(request.provider, list, await inGrace(info));
    const elapsedMs = options.monotonicMs() - startedMs;
    return { kind: "answered", provider, elapsedMs, ...bound };
  } catch (error) {
    const elapsedMs = options.monotonicMs() - startedMs;
    const isOver = !(error instanceof FetchError);
    const known = isOver && statusSaid || error;
    const failure = await failureOf(known, request, options);
    return { kind: "failed", provider, elapsedMs, failure };
  } finally {
    stop.abort();
  }
}

/** What happened to the request, and on which way. */
async function failureOf(
  error: unknown,
  { base }: ProviderRequest,
  { signal, proxyFor }: FetchOptions,
): Promise<Failure> {
  if (signal.aborted) return { reason: "interrupted" };
  const proxy = proxyFor(base);
  const failure = error instanceof FetchError
    ? error.failure
    : (await import("./connection.ts")).noAnswer(error, proxy);
  // Nothing was sent.
  if (failure.reason === "unusable-key") return failure;
  return { ...failure, host: hostPort(base), ...(proxy && { proxy }) };
}

/**
 * A GET, or a POST of JSON where there is a body, that can reach one origin
 * only; all that a provider's code gets.
 */
type BoundFetch = (url: URL, body?: unknown) => Promise<Response>;

function bindFetch(
  fetchAny: typeof fetch,
  request: ProviderRequest,
  signal: AbortSignal,
): BoundFetch {
  const { provider, base, key } = request;
  if (key && !key.fitsHeader) throw new FetchError("unusable-key");
  const headers = {
    accept: "application/json",
    ...(key && provider.headers(key.reveal())),
  };
  return (url, body) => {
    if (url.origin !== base.origin) throw new FetchError("foreign-page");
    const init = { headers, signal, redirect: "manual" } as const;
    if (body === undefined) return fetchAny(url, init);
    const type = { "content-type": "application/json" };
    return fetchAny(url, {
      ...init,
      method: "POST",
      headers: { ...headers, ...type },
      body: JSON.stringify(body),
    });
  };
}

/** What the work on a list needs of the request for it. */
interface Exchange {
  readonly get: BoundFetch;
  readonly signal: AbortSignal;
  /** Called before the body of an error is read, which may never come. */
  readonly statusSaid: (error: FetchError | undefined) => void;
}

/** The list, or the plainer one where that is missing. */
async function listModels(
  request: ProviderRequest,
  exchange: Exchange,
): Promise<BoundList> {
  const { provider: { modelsUrl, plainModelsUrl }, base } = request;
  try {
    return await listFrom(modelsUrl(base), request, exchange);
  } catch (error) {
    if (reasonIn(error) !== "not-found" || !plainModelsUrl) throw error;
    exchange.statusSaid(undefined);
    const list = await listFrom(plainModelsUrl(base), request, exchange);
    return { ...list, isPlainList: true };
  }
}

function reasonIn(error: unknown): string | undefined {
  return error instanceof FetchError ? error.failure.reason : undefined;
}

async function listFrom(
  url: URL,
  request: ProviderRequest,
  exchange: Exchange,
): Promise<List> {
  const rows = await allRows(url, request, exchange);
  const list = readRows(request, notOurs(request, rows));
  return await withDetails(request, exchange, list);
}

/** The rows of all pages of one list. */
async function allRows(
  first: URL,
  request: ProviderRequest,
  { get, signal, statusSaid }: Exchange,
): Promise<unknown[]> {
  const { provider } = request;
  const rows: unknown[] = [];
  let url = first;
  for (let count = 0; count < MAX_PAGES; count++) {
    const response = await getWithRetry(get, url, signal);
    const page = provider.page(
      await readAnswer(request, response, statusSaid),
    );
    if (!page) throw new FetchError("wrong-shape");
    for (const row of page.rows) rows.push(row);
    if (page.next === undefined) return rows;
    const next = URL.parse(page.next, url.href);
    if (!next) throw new FetchError("wrong-shape");
    if (next.href === url.href) break;
    url = next;
  }
  throw new FetchError("paging");
}

async function withDetails(
  { provider: { detail }, base }: ProviderRequest,
  { get }: Exchange,
  list: List,
): Promise<List> {
  if (!detail) return list;
  const models = await refineModels(list.models, detail, base, get);
  if (models.length === 0) throw new FetchError("no-models");
  const dropped = list.models.length - models.length;
  const rows = { ...list.rows, ineligible: list.rows.ineligible + dropped };
  return { ...list, models, rows };
}

/** One retry, inside the same deadline, where trying again can help. */
async function getWithRetry(
  get: BoundFetch,
  url: URL,
  signal: AbortSignal,
): Promise<Response> {
  const first = await get(url).catch((error: unknown) => {
    if (error instanceof TypeError) return undefined;
    throw error;
  });
  if (first && !RETRIED_STATUSES.includes(first.status)) return first;
  await first?.body?.cancel();
  await delay(RETRY_AFTER_MS, { signal });
  return await get(url);
}
