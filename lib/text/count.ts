/**
 * Counts with their noun, for messages.
 *
 * @module
 */

/** `1 model`, `2 models`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
