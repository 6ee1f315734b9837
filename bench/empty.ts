/**
 * A program that does nothing: what every compiled program costs at least.
 *
 * @module
 */

Deno.exit(0);
