/**
 * Reads a file: what a path leads to, its bytes once they are stable, and
 * whether they are the same later.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { equalBytes } from "../yaml/bytes.ts";
import { isAbsent, isLocked } from "./fs_errors.ts";

/** What a snapshot keeps of a file's stat. */
export type FileFacts = Pick<
  Deno.FileInfo,
  "size" | "mtime" | "dev" | "ino" | "mode" | "uid" | "gid" | "nlink"
>;

/**
 * What was read: the bytes, and what is needed to notice a change and to put the
 * file back as it was.
 */
export interface Snapshot {
  /** As given. */
  readonly path: string;
  /** The target of a symbolic link; otherwise the path itself. */
  readonly realPath: string;
  readonly bytes: Uint8Array;
  readonly stat: FileFacts;
}

/** How long to wait, and how; a test has its own. */
export type Wait = (ms: number) => Promise<void>;

const READ_TRIES = 5;
const READ_PAUSE_MS = 20;
const RETRY_MS = 2000;
const MAX_PAUSE_MS = 250;

/** Where a path leads to, and the file that is there. */
export interface Located {
  readonly realPath: string;
  readonly stat: Deno.FileInfo;
}

/**
 * Follows a symbolic link to a regular file; throws {@linkcode ConfigError} for
 * anything else. The real path is looked up only for a link: some Windows drives
 * cannot say it.
 */
export async function locate(path: string): Promise<Located> {
  const stat = await Deno.lstat(path);
  if (!stat.isSymlink) return { realPath: path, stat: assertRegular(stat) };
  try {
    const realPath = await Deno.realPath(path);
    return { realPath, stat: assertRegular(await Deno.lstat(realPath)) };
  } catch (cause) {
    if (!isAbsent(cause)) throw cause;
    const state = "a symbolic link to a file that does not exist";
    throw new ConfigError(state, { cause });
  }
}

/** Refuses what is not a file to open: opening a pipe would never return. */
export function assertRegular(stat: Deno.FileInfo): Deno.FileInfo {
  if (stat.isDirectory) throw new ConfigError("a folder, not a file");
  if (!stat.isFile) throw new ConfigError("not a regular file");
  return stat;
}

type Contents = Pick<Snapshot, "bytes" | "stat">;

/** Reads a file while nobody writes to it; waits a moment for that. */
export async function readStable(
  path: string,
  maxBytes: number,
  wait: Wait,
): Promise<Contents> {
  for (let tries = 1; tries <= READ_TRIES; tries++) {
    if (tries > 1) await wait(READ_PAUSE_MS);
    const read = () => readOnce(path, maxBytes);
    const contents = await retryWhile(isLocked, wait, read);
    if (contents !== undefined) return contents;
  }
  throw new ConfigError("being written to by another program", {
    hint: "run again when that program is done",
  });
}

/**
 * Retries for two seconds while `mayPass` accepts the error: on Windows an
 * indexer, a backup or an editor can hold a file for a moment.
 */
export async function retryWhile<T>(
  mayPass: (error: unknown) => boolean | Promise<boolean>,
  wait: Wait,
  action: () => T | Promise<T>,
): Promise<T> {
  let waitedMs = 0;
  for (let pauseMs = 10;; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
    try {
      return await action();
    } catch (error) {
      if (waitedMs >= RETRY_MS || !await mayPass(error)) throw error;
    }
    await wait(pauseMs);
    waitedMs += pauseMs;
  }
}

async function readOnce(
  path: string,
  maxBytes: number,
): Promise<Contents | undefined> {
  using file = await Deno.open(path);
  const before = await file.stat();
  if (before.size > maxBytes) {
    throw new ConfigError(`larger than ${formatSize(maxBytes)}`);
  }
  // One byte more than the size, to notice a file that grows.
  const bytes = await readUpTo(file, before.size + 1);
  const stat = await file.stat();
  const isStable = bytes.length === before.size && stat.size === before.size &&
    stat.mtime?.getTime() === before.mtime?.getTime();
  return isStable ? { bytes, stat } : undefined;
}

/** The bytes up to the end of the file, but no more than `length`. */
export async function readUpTo(
  file: Deno.FsFile,
  length: number,
): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const count = await file.read(buffer.subarray(done));
    if (count === null) break;
    done += count;
  }
  return buffer.subarray(0, done);
}

/** Writes all of the bytes. */
export async function writeAll(
  file: Deno.FsFile,
  bytes: Uint8Array,
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += await file.write(bytes.subarray(done));
  }
}

/** Nobody may write: the mode on Unix, the attribute on Windows. */
export function isReadOnly({ mode }: FileFacts): boolean {
  return mode !== null && (mode & 0o222) === 0;
}

/**
 * Whether the file on disk is what was read. Bytes are compared and not times,
 * so that a mere touch does not count, nor a file system with unsteady inode
 * numbers. Synchronous: nothing of this program runs between it and a rename.
 */
export function isUnchanged(
  { path, realPath, bytes, stat }: Snapshot,
): boolean {
  try {
    if (path !== realPath && Deno.realPathSync(path) !== realPath) return false;
    const now = Deno.lstatSync(realPath);
    const same = now.isFile && now.size === bytes.length &&
      now.mode === stat.mode && now.uid === stat.uid && now.gid === stat.gid;
    if (!same || !equalBytes(Deno.readFileSync(realPath), bytes)) return false;
    // Comparing a large file takes time: a change meanwhile would be lost.
    const last = Deno.lstatSync(realPath);
    return last.size === now.size &&
      last.mtime?.getTime() === now.mtime?.getTime();
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** Whether there is anything of that name, even a dangling link. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** A limit in words: "64 MiB". */
export function formatSize(bytes: number): string {
  const mebibytes = bytes / 1024 / 1024;
  return Number.isInteger(mebibytes) ? `${mebibytes} MiB` : `${bytes} bytes`;
}

/** Whether these are bytes of a file into which not all is written yet. */
export function isCutOff(bytes: Uint8Array): boolean {
  return bytes[0] === 0;
}
