/**
 * Numbers with their nouns.
 *
 * @module
 */

/** "1 model", "2 models"; `many` if it is not just an added `s`. */
export function counted(
  count: number,
  one: string,
  many: string = `${one}s`,
): string {
  return `${count} ${count === 1 ? one : many}`;
}
