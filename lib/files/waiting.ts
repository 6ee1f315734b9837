/**
 * The one way in which the store waits: for a time, or for something to be
 * done, and no longer than until the run is interrupted.
 *
 * @module
 */

/**
 * Waits for `ms` milliseconds, or until `work` is done or has failed. Throws
 * the reason of `interrupted` as soon as that is aborted.
 */
export async function waitAtMost(
  ms: number,
  interrupted: AbortSignal,
  work?: Promise<unknown>,
): Promise<void> {
  interrupted.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const stop = (): void => reject(interrupted.reason);
  const finish = (): void => resolve();
  interrupted.addEventListener("abort", stop);
  work?.then(finish, finish);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    interrupted.removeEventListener("abort", stop);
  }
}
