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
import { matchesAny } from "../text/glob.ts";
import { readJson } from "./json_body.ts";
import { refineModels } from "./details.ts";
import { mergeRepeated } from "../providers/repeated_model.ts";
import {
  isNameFromHere,
  isProxyList,
  type NameShape,
} from "../providers/proxy_list.ts";
import { type Failure, FetchError, type Outcome } from "./outcome.ts";
import { isLoopback } from "../providers/private_host.ts";
import type { Model, Provider } from "../providers/provider.ts";
import { field, isJsonObject, listField } from "../text/fields.ts";
import type { Secret } from "../text/secret.ts";

/** Which provider to ask, where, and with which key. */
export interface ProviderRequest {
  readonly provider: Provider;
  readonly base: URL;
  /** Absent for a server that needs none. */
  readonly key?: Secret;
  /** Globs that a plausible answer matches at least once. */
  readonly include: readonly string[];
  /** What the names of local servers look like, all of them. */
  readonly localNames: readonly NameShape[];
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
  try {
    const get = bindFetch(options.fetch, request, signal);
    const within = <T>(work: Promise<T>): Promise<T> =>
      deadline(work, options.timeoutMs, { signal: options.signal });
    // The list is the longer answer. A key check that hangs must not cost it.
    const listed = within(listModels(request, get, signal));
    const checked = within(isKeyRejected(request, get)).catch(() => false);
    const list = await listed;
    const keyRejected = await checked;
    const elapsedMs = options.monotonicMs() - startedMs;
    return { kind: "answered", provider, elapsedMs, ...list, keyRejected };
  } catch (error) {
    const elapsedMs = options.monotonicMs() - startedMs;
    const failure = classify(error, options.signal);
    return { kind: "failed", provider, elapsedMs, failure };
  } finally {
    stop.abort();
  }
}

/**
 * Words of `fetch` differ between versions and may quote the key, so they
 * decide here and go no further.
 */
function classify(error: unknown, signal: AbortSignal): Failure {
  if (signal.aborted) return { reason: "interrupted" };
  if (error instanceof FetchError) return error.failure;
  if (!(error instanceof Error)) return { reason: "connection" };
  if (error.name === "TimeoutError") return { reason: "timeout" };
  if (error.name === "NotCapable") return { reason: "not-permitted" };
  const { message, cause } = error;
  const said = cause instanceof Error ? message + cause.message : message;
  const text = said.replaceAll(/for url \([^)]*\)/g, "");
  if (/certificate|\btls\b|\bssl\b/i.test(text)) return { reason: "tls" };
  if (/\bdns\b|lookup/i.test(text)) return { reason: "dns" };
  return { reason: "connection" };
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

type List = Pick<
  Outcome & { readonly kind: "answered" },
  "models" | "rows" | "alsoListed"
>;

async function listModels(
  request: ProviderRequest,
  get: BoundFetch,
  signal: AbortSignal,
): Promise<List> {
  const rows = await listRows(request, get, signal);
  const list = readRows(request, notOurs(request, rows));
  return await withDetails(request, get, list);
}

/** The rows of all pages. */
async function listRows(
  { provider, base }: ProviderRequest,
  get: BoundFetch,
  signal: AbortSignal,
): Promise<unknown[]> {
  const rows: unknown[] = [];
  let url = provider.modelsUrl(base);
  for (let count = 0; count < MAX_PAGES; count++) {
    const response = await getWithRetry(get, url, signal);
    const page = provider.page(await readAnswer(provider, response));
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

/**
 * The rows without what this program may have put there itself: the list of a
 * proxy is no provider's, and that of another proxy may hold names from here.
 */
function notOurs(
  { provider, base, localNames }: ProviderRequest,
  rows: readonly unknown[],
): readonly unknown[] {
  if (!isProxyList(rows)) return rows;
  if (provider.kind !== "local") {
    if (isLoopback(base.hostname)) throw new FetchError("proxy-list");
    return rows;
  }
  return rows.filter((row) =>
    !namesIn(row).some((id) => isNameFromHere(id, localNames))
  );
}

function readRows(
  request: ProviderRequest,
  rows: readonly unknown[],
): List {
  const models = new Map<string, Model>();
  const alsoListed = new Set<string>();
  const counts = {
    ineligible: 0,
    ambiguousMaker: 0,
    malformed: 0,
    repeated: 0,
  };
  for (const row of rows) {
    const reading = request.provider.read(row);
    for (const name of namesIn(row)) alsoListed.add(name);
    if (reading.kind !== "chat") {
      const isAmbiguous = reading.kind === "ambiguous-maker";
      counts[isAmbiguous ? "ambiguousMaker" : reading.kind]++;
      continue;
    }
    const { model } = reading;
    const previous = models.get(model.id);
    if (previous) counts.repeated++;
    models.set(model.id, previous ? mergeRepeated(previous, model) : model);
  }
  const found = [...models.values()];
  if (!found.some((model) => matchesAny(request.include, model.id))) {
    throw new FetchError("no-models");
  }
  const listed = rows.length;
  return { models: found, alsoListed, rows: { listed, ...counts } };
}

async function withDetails(
  { provider: { detail }, base }: ProviderRequest,
  get: BoundFetch,
  list: List,
): Promise<List> {
  if (!detail) return list;
  const models = await refineModels(list.models, detail, base, get);
  if (models.length === 0) throw new FetchError("no-models");
  const dropped = list.models.length - models.length;
  const rows = { ...list.rows, ineligible: list.rows.ineligible + dropped };
  return { ...list, models, rows };
}

/** What a row calls its model: providers differ, and xAI's rows have aliases. */
function namesIn(row: unknown): string[] {
  if (!isJsonObject(row)) return [];
  const names = [
    field(row, "id"),
    field(row, "name"),
    field(row, "canonical_slug"),
  ];
  return [...names, ...listField(row, "aliases")].filter((name) =>
    typeof name === "string"
  ).map((name) => name.replace(/^models\//, ""));
}

async function readAnswer(
  provider: Provider,
  response: Response,
): Promise<unknown> {
  const { status } = response;
  if (response.ok) return await readJson(response);
  if (status >= 300 && status < 400) {
    throw new FetchError("redirect", { status });
  }
  // The status alone may say it, and the body of an error may never come.
  const isRejected = provider.isWrongKey(status, undefined) ||
    provider.isWrongKey(
      status,
      await readJson(response).catch(() => undefined),
    );
  if (isRejected) throw new FetchError("wrong-key", { status });
  if (status === 403) throw new FetchError("forbidden", { status });
  if (status === 429) throw new FetchError("rate-limited", { status });
  throw new FetchError("status", { status });
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

/** A key check that fails for another reason says nothing about the key. */
async function isKeyRejected(
  request: ProviderRequest,
  get: BoundFetch,
): Promise<boolean> {
  const url = request.provider.keyCheckUrl?.(request.base);
  if (!url) return false;
  try {
    const response = await get(url);
    await response.body?.cancel();
    return request.provider.isWrongKey(response.status, undefined);
  } catch {
    return false;
  }
}
