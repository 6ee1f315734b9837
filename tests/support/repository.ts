/**
 * Finds the files of this repository from a test, whatever the working
 * directory.
 *
 * @module
 */
const ROOT = new URL("../../", import.meta.url);

/** The absolute path of a file named from the top of the repository. */
export function fromRepository(name: string): string {
  const path = decodeURIComponent(new URL(name, ROOT).pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}

/** Whether there is a folder: what lies next to the repository need not be there. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    return false;
  }
}
