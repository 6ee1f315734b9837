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
