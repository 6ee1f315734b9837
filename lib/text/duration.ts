/**
 * How long each provider is given to answer, as people write it.
 *
 * @module
 */

/** For each provider, unless a flag or `discover.yaml` says otherwise. */
export const DEFAULT_TIMEOUT_MS = 2000;

/** A longer one is taken for a mistake. */
const MAX_TIMEOUT_MS = 60_000;

/** Reads `2`, `2s` or `1500ms`; of anything else `fail` makes an error. */
export function readTimeoutMs(
  text: string,
  fail: (state: string, hint: string) => Error,
): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text);
  const timeoutMs = Number(found?.[1]) * (found?.[2] === "ms" ? 1 : 1000);
  if (timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS) return timeoutMs;
  throw fail("not a time between 1ms and 60s", "write 2, 2s or 1500ms");
}
