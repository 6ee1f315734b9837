/**
 * The request next to a list, for what that does not say of the key. The list is
 * the longer answer and counts alone: this one must not cost it, nor much time.
 *
 * @module
 */

// @ts-types="../types/std_async_deadline.d.ts"
import { deadline } from "@std/async/deadline";
import type { KeyInfo } from "../providers/provider.ts";
import { readJson } from "./json_body.ts";
import { barred } from "./key_bound.ts";
import { FetchError } from "./outcome.ts";
import type { Listing } from "./rows.ts";

/** What the provider says of the key. Rejects where nobody says it. */
export async function readKeyInfo(
  { provider: { keyInfo }, base }: Listing,
  get: (url: URL) => Promise<Response>,
): Promise<KeyInfo | undefined> {
  if (!keyInfo) return undefined;
  const response = await get(keyInfo.url(base));
  if (response.ok) return keyInfo.read(await readJson(response));
  await response.body?.cancel();
  return undefined;
}

/** A list without it is a list: nobody waits longer than this for less. */
const GRACE_MS = 500;

/** What is known of the key once the list is there, and a moment later. */
export async function inGrace(
  info: Promise<KeyInfo | undefined>,
): Promise<KeyInfo | undefined> {
  return await deadline(info, GRACE_MS).catch(() => undefined);
}

/** The list, or a better reason why there is none: xAI refuses blocked keys. */
export async function orBarred<T>(
  list: Promise<T>,
  info: Promise<KeyInfo | undefined>,
): Promise<T> {
  try {
    return await list;
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const { reason, status } = error.failure;
    if (reason !== "forbidden") throw error;
    const known = await inGrace(info);
    throw known?.kind === "barred" ? barred(known.bar, status) : error;
  }
}
