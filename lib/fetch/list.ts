/**
 * A provider's list: all its pages, with the details of each model where the rows
 * do not say enough, and the plainer list where the usual one is missing. Part of
 * `fetch.ts`, inside the same deadline.
 *
 * @module
 */

// @ts-types="../types/std_async_delay.d.ts"
import { delay } from "@std/async/delay";
import { readAnswer } from "./answer.ts";
import { refineModels } from "./details.ts";
import type { BoundList } from "./key_bound.ts";
import { FetchError } from "./outcome.ts";
import type { Asked } from "./refusal.ts";
import { type List, type Listing, notOurs, readRows } from "./rows.ts";

/** Whose list it is, and what is expected of it. */
type ListRequest = Listing & Asked;

/**
 * A GET, or a POST of JSON where there is a body, that can reach one origin
 * only; all that a provider's code gets.
 */
export type BoundFetch = (url: URL, body?: unknown) => Promise<Response>;

/** A list of more pages than this is a loop. */
const MAX_PAGES = 20;
const RETRY_AFTER_MS = 100;
const RETRIED_STATUSES: readonly number[] = [502, 503, 504];

/** What the work on a list needs of the request for it. */
export interface Exchange {
  readonly get: BoundFetch;
  readonly signal: AbortSignal;
  /** Called before the body of an error is read, which may never come. */
  readonly statusSaid: (error: FetchError) => void;
}

/**
 * The list, or the plainer one where that is missing. Throws {@linkcode FetchError},
 * or what `fetch` throws.
 */
export async function listModels(
  request: ListRequest,
  exchange: Exchange,
): Promise<BoundList> {
  const { provider: { modelsUrl, plainModelsUrl }, base } = request;
  if (!plainModelsUrl) {
    return await listFrom(modelsUrl(base), request, exchange);
  }
  const get = unlessMissing(exchange.get);
  try {
    return await listFrom(modelsUrl(base), request, { ...exchange, get });
  } catch (error) {
    if (reasonIn(error) !== "not-found") throw error;
    const list = await listFrom(plainModelsUrl(base), request, exchange);
    return { ...list, isPlainList: true };
  }
}

/** Nobody is told what the body of a 404 says, which may never end. */
function unlessMissing(get: BoundFetch): BoundFetch {
  return async (url, body) => {
    const response = await get(url, body);
    if (response.status !== 404) return response;
    await response.body?.cancel();
    throw new FetchError("not-found", { status: 404 });
  };
}

function reasonIn(error: unknown): string | undefined {
  return error instanceof FetchError ? error.failure.reason : undefined;
}

async function listFrom(
  url: URL,
  request: ListRequest,
  exchange: Exchange,
): Promise<List> {
  const rows = await allRows(url, request, exchange);
  const list = readRows(request, notOurs(request, rows));
  return await withDetails(request, exchange, list);
}

/** The rows of all pages of one list. */
async function allRows(
  first: URL,
  request: ListRequest,
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
  { provider: { detail }, base }: ListRequest,
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
