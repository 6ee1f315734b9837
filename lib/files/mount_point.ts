/**
 * Whether a file is mounted by itself, as by `docker run -v
 * ./config.yaml:/app/config.yaml`. Such a file can be written but not replaced.
 * Its facts do not show it, and the list of mounts is not for everybody to read.
 *
 * @module
 */
import { errorCode } from "./fs_errors.ts";
import { type FileIo, splitPath, temporaryName } from "./replace.ts";

/**
 * Tries a hard link next to the file, which is gone before anything else runs:
 * it never leads from one mount to another, not even within one file system
 * (https://man7.org/linux/man-pages/man2/link.2.html), and Linux says so before
 * it looks at anybody's rights. A link that fails otherwise tells nothing.
 */
export function isMountPoint(
  path: string,
  io: Pick<FileIo, "isWindows" | "link" | "randomName">,
): boolean {
  if (io.isWindows) return false;
  const name = temporaryName(path, io);
  try {
    io.link(path, name);
  } catch (error) {
    return ["EXDEV", "EBUSY"].includes(errorCode(error));
  }
  try {
    Deno.removeSync(name);
  } catch {
    // A later run removes it.
  }
  return false;
}

const STICKY = 0o1000;

/**
 * Whether only its owner can remove a file from the folder, as from `/tmp`: a
 * link to somebody else's would have to stay. Also where that is not known.
 */
export async function isInSharedFolder(path: string): Promise<boolean> {
  try {
    const { mode } = await Deno.stat(splitPath(path).folder || ".");
    return mode !== null && (mode & STICKY) !== 0;
  } catch {
    return true;
  }
}
