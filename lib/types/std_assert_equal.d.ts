/** The part of `@std/assert/equal` used here; the npm build ships no types. */
export function equal(left: unknown, right: unknown): boolean;
