/**
 * The assertions that tests use, with types: the npm build of the standard
 * library ships none.
 *
 * @module
 */
// @ts-types="../types/std_assert.d.ts"
export * from "@std/assert";
