/**
 * Waiting for what comes by itself.
 *
 * @module
 */

const POLL_MS = 100;

/** Tries until it is so, or the time is over; tells which. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  limitMs: number,
  pollMs: number = POLL_MS,
): Promise<boolean> {
  const endMs = performance.now() + limitMs;
  while (performance.now() < endMs) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return false;
}
