/** The part of `@std/async/deadline` used here; the npm build ships no types. */
export function deadline<T>(
  promise: Promise<T>,
  ms: number,
  options?: { readonly signal?: AbortSignal },
): Promise<T>;
