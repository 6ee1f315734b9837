/**
 * A folder for a test that works on real files.
 *
 * @module
 */

/** Runs `body` with an empty folder, by its real path, and takes it away. */
export async function inFolder(
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Runs `work` while another program holds the lock of a file for good, and
 * fails when it is not done in time.
 */
export async function behindLock(
  path: string,
  work: () => Promise<void>,
): Promise<void> {
  using other = await Deno.open(path);
  await other.lock(true);
  const late = AbortSignal.timeout(20_000);
  const hung = new Promise<never>((_, reject) => {
    late.addEventListener("abort", () => reject(late.reason));
  });
  await Promise.race([work(), hung]);
  await letThrough(other);
}

/**
 * Gives up a lock for which somebody in this process waits in vain, though no
 * longer in earnest: that wait has to be over when the test is. The other one
 * is given the lock, gives it up, and is through when this one has it again.
 */
export async function letThrough(lock: Deno.FsFile): Promise<void> {
  for (let times = 0; times < 3; times++) {
    await lock.unlock();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await lock.lock(true);
  }
  await lock.unlock();
}
