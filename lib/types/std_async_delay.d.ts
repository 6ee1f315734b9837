/** The part of `@std/async/delay` used here; the npm build ships no types. */
export function delay(
  ms: number,
  options?: { readonly signal?: AbortSignal },
): Promise<void>;
