/**
 * Writes a new text into the very file that is there, for `--in-place`: the
 * inode stays, and with it everything attached to it (access control lists,
 * hard links, a mount of the single file). The price is that a crash in the
 * middle leaves an incomplete file, so the caller flushes a copy of the old
 * bytes first.
 *
 * While it is written the file begins with a NUL byte. Neither LiteLLM nor this
 * program reads such a file: half a config could start a proxy without its
 * `master_key`, and a run that took it for the user's own would overwrite the
 * only whole copy with it.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { writeError } from "./fs_errors.ts";
import { isUnchanged, type Snapshot } from "./snapshot.ts";
import { type FileIo, lock, retryWhileLocked } from "./replace.ts";

/** Nothing is locked there; a write takes three flushes of a small file. */
const WINDOWS_WAIT_MS = 500;

/**
 * Writes `bytes` into the file of the snapshot; false when that is no longer
 * what the snapshot says. When it fails in the middle, the old bytes are put
 * back, and the {@linkcode ConfigError} says whether that went well.
 */
export async function writeInPlace(
  snapshot: Snapshot,
  bytes: Uint8Array,
  io: FileIo,
): Promise<boolean> {
  const { realPath } = snapshot;
  using file = await retryWhileLocked(
    realPath,
    io,
    // Checked first: opening a pipe for writing waits for a reader.
    () =>
      isUnchanged(snapshot)
        ? Deno.openSync(realPath, { write: true })
        : undefined,
  );
  if (file === undefined) return false;
  // Another run may know the file by another name, in another folder. On
  // Windows a lock would keep readers out.
  using handle = io.isWindows ? undefined : await Deno.open(realPath);
  if (handle !== undefined) await lock(handle, io);
  return await retryWhileLocked(realPath, io, () => {
    if (!isUnchanged(snapshot) || !isStillThere(file, realPath)) return false;
    rewriteOrPutBack(file, bytes, snapshot, io);
    return true;
  });
}

/** Waits for another run that may be writing into the file at this moment. */
export async function whenWritten(
  path: string,
  io: FileIo,
): Promise<void> {
  if (io.isWindows) return await io.wait(WINDOWS_WAIT_MS);
  using handle = await Deno.open(path);
  await lock(handle, io);
}

/** Whether the name still leads to the file that was opened. */
function isStillThere(file: Deno.FsFile, path: string): boolean {
  const opened = file.statSync();
  const now = Deno.lstatSync(path);
  return opened.ino === now.ino && opened.dev === now.dev;
}

/** An error here must not be retried: the file has changed. */
function rewriteOrPutBack(
  file: Deno.FsFile,
  bytes: Uint8Array,
  snapshot: Snapshot,
  io: FileIo,
): void {
  try {
    rewrite(file, bytes);
  } catch (cause) {
    const { message, hint } = writeError(cause, io.isWindows);
    if (isPutBack(file, snapshot)) {
      throw new ConfigError(`${message}; the old content was restored`, {
        hint,
        cause,
      });
    }
    throw new ConfigError(`${message}; the file may be incomplete`, {
      hint: `the old content is in ${snapshot.realPath}.bak: copy it back`,
      cause,
    });
  }
}

/** Whether the file holds the old bytes again, or still. */
function isPutBack(file: Deno.FsFile, snapshot: Snapshot): boolean {
  try {
    rewrite(file, snapshot.bytes);
    return true;
  } catch {
    try {
      return isUnchanged(snapshot);
    } catch {
      return false;
    }
  }
}

/** The first byte comes last, when all after it is on the disk. */
function rewrite(file: Deno.FsFile, bytes: Uint8Array): void {
  writeAt(file, 0, new Uint8Array(1));
  file.syncSync();
  writeAt(file, 1, bytes.subarray(1));
  file.truncateSync(bytes.length);
  file.syncSync();
  writeAt(file, 0, bytes.subarray(0, 1));
  file.syncSync();
}

function writeAt(file: Deno.FsFile, offset: number, bytes: Uint8Array): void {
  file.seekSync(offset, Deno.SeekMode.Start);
  for (let done = 0; done < bytes.length;) {
    done += file.writeSync(bytes.subarray(done));
  }
}
