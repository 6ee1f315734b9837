/**
 * Asks a provider what it offers, within one deadline that covers connecting,
 * headers, body, every page and decoding. A provider's failure is a value:
 * nothing here throws for one.
 *
 * @module
 */

// @ts-types="../types/std_async_deadline.d.ts"
import { deadline } from "@std/async/deadline";
import { hostPort } from "../text/host_port.ts";
import type { Secret } from "../text/secret.ts";
import { type BoundList, boundToKey } from "./key_bound.ts";
import { inGrace, orBarred, readKeyInfo } from "./key_info.ts";
import { type BoundFetch, type Exchange, listModels } from "./list.ts";
import { type Failure, FetchError, type Outcome } from "./outcome.ts";
import type { Listing } from "./rows.ts";

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
    const exchange: Exchange = {
      get: bindFetch(options.fetch, request, signal),
      signal,
      statusSaid: (error) => statusSaid = error,
    };
    const list = await listForKey(request, exchange, options);
    const elapsedMs = options.monotonicMs() - startedMs;
    return { kind: "answered", provider, elapsedMs, ...list };
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

/** The list as far as it is for the key: both are asked for at once. */
async function listForKey(
  request: ProviderRequest,
  exchange: Exchange,
  { timeoutMs, signal }: FetchOptions,
): Promise<BoundList> {
  const within = <T>(work: Promise<T>): Promise<T> =>
    deadline(work, timeoutMs, { signal });
  const listing = within(listModels(request, exchange));
  const info = within(readKeyInfo(request, exchange.get))
    .catch(() => undefined);
  const list = await orBarred(listing, info);
  return boundToKey(request.provider, list, await inGrace(info));
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
