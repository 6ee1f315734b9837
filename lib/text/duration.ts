/**
 * How long each provider has to answer, as users write it.
 *
 * @module
 */

/** For each provider, unless a flag or `discover.yaml` says otherwise. */
export const DEFAULT_TIMEOUT_MS = 2000;

/** Anything longer is treated as a mistake. */
const MAX_TIMEOUT_MS = 60_000;

/** Reads `2`, `2s` or `1500ms`; throws what `errorFor` makes of the rest. */
export function readTimeoutMs(
  text: string,
  errorFor: (state: string, hint: string) => Error,
): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text);
  const timeoutMs = Number(found?.[1]) * (found?.[2] === "ms" ? 1 : 1000);
  if (timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS) return timeoutMs;
  throw errorFor("not a time between 1ms and 60s", "write 2, 2s or 1500ms");
}
