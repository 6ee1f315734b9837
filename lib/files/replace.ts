/**
 * Replaces a file as a whole: the new one is written next to it under another
 * name, flushed, given the wanted mode and owner, and renamed. Also the lock and
 * the flush of the folder, and the temporaries that a crash left.
 *
 * @module
 */

// @ts-types="../types/std_async_deadline.d.ts"
import { deadline } from "@std/async/deadline";
import { ConfigError } from "../errors.ts";
import { errorCode, isHeld } from "./fs_errors.ts";
import {
  exists,
  type FileFacts,
  isReadOnly,
  retryWhile,
  type Wait,
  writeAll,
} from "./snapshot.ts";

/** The points of a save at which a test may intervene. */
export type SaveStep = "locked" | "temp-written" | "checked" | "backed-up";

/** What the store uses from outside; a test may replace all of it. */
export interface FileIo {
  /** Nothing is waited for and nothing is renamed once it is aborted. */
  readonly interrupted: AbortSignal;
  readonly now: () => number;
  readonly randomName: () => string;
  readonly wait: Wait;
  readonly rename: (from: string, to: string) => void;
  readonly link: (from: string, to: string) => void;
  readonly isWindows: boolean;
  readonly onStep: (step: SaveStep) => void | Promise<void>;
}

/** What the new file gets; the rest is up to the system. */
export interface ModeAndOwner
  extends Partial<Pick<FileFacts, "mode" | "uid" | "gid">> {
  /** Stays that of the running user if it cannot be changed. */
  readonly isCopy?: boolean;
}

const NAME_TRIES = 3;
const LEFTOVER_AGE_MS = 10 * 60 * 1000;
const LOCK_WAIT_MS = 5000;

/**
 * Opens the folder of a file, to lock or to flush it. Undefined on Windows and
 * if it cannot be read: the save goes on without both.
 */
export async function openFolder(
  path: string,
  io: FileIo,
): Promise<Deno.FsFile | undefined> {
  if (io.isWindows) return undefined;
  const folder = splitPath(path).folder || ".";
  return await Deno.open(folder).catch(() => undefined);
}

/**
 * Locks a file or a folder, so that two runs write one after the other: the
 * second then sees the change of the first. If locks do not work, or the
 * other run hangs, the check just before the change has to suffice. The handle can
 * do nothing else while it waits for the lock.
 */
export async function lock(
  handle: Deno.FsFile,
  { interrupted }: Pick<FileIo, "interrupted">,
): Promise<void> {
  try {
    const locked = handle.lock(true);
    await deadline(locked, LOCK_WAIT_MS, { signal: interrupted });
  } catch {
    // Some network file systems have no locks.
    interrupted.throwIfAborted();
  }
}

/**
 * Flushes the folder of a file. Not every file system can do this, and the
 * rename is done already. Through another handle: see {@linkcode lock}.
 */
export async function flushFolder(
  path: string,
  io: FileIo,
): Promise<void> {
  using folder = await openFolder(path, io);
  // Only whether the rename survives a power cut depends on it.
  await folder?.sync().catch(() => {});
}

/**
 * Writes and flushes a temporary next to `target`, with the mode and owner
 * wanted, and returns its path. Until then only its owner can read it.
 */
export async function writeTemp(
  target: string,
  bytes: Uint8Array,
  wanted: ModeAndOwner,
  io: FileIo,
): Promise<string> {
  const [temp, opened] = await openTemp(target, io);
  return await withTempCleanup(temp, async () => {
    using file = opened;
    await writeAll(file, bytes);
    await matchModeAndOwner(temp, await file.stat(), wanted);
    await file.sync();
    return temp;
  });
}

/** A name that already exists is somebody else's file and is left alone. */
async function openTemp(
  target: string,
  io: FileIo,
): Promise<[string, Deno.FsFile]> {
  const options = { write: true, createNew: true, mode: 0o600 };
  for (let tries = 1;; tries++) {
    const temp = temporaryName(target, io);
    try {
      return [temp, await Deno.open(temp, options)];
    } catch (error) {
      if (errorCode(error) !== "EEXIST" || tries === NAME_TRIES) throw error;
    }
  }
}

/** A name next to `target` that a later run recognizes, see {@linkcode removeLeftovers}. */
export function temporaryName(
  target: string,
  { randomName }: Pick<FileIo, "randomName">,
): string {
  const { folder, name } = splitPath(target);
  return `${folder}.${name}.discover-${randomName()}.tmp`;
}

/** Owner first, since a new owner can clear bits of the mode. */
async function matchModeAndOwner(
  temp: string,
  now: Deno.FileInfo,
  wanted: ModeAndOwner,
): Promise<void> {
  const uid = wanted.uid ?? now.uid;
  const gid = wanted.gid ?? now.gid;
  if (uid !== now.uid || gid !== now.gid) {
    try {
      // Null leaves one of the two as it is.
      await Deno.chown(
        temp,
        uid === now.uid ? null : uid,
        gid === now.gid ? null : gid,
      );
    } catch (cause) {
      if (wanted.isCopy) return;
      throw new ConfigError("its owner or group would change", {
        hint: "run as the owner of the file, or use --in-place or --output",
        cause,
      });
    }
  }
  const mode = (wanted.mode ?? now.mode ?? 0) & 0o7777;
  if (now.mode !== null && (now.mode & 0o7777) !== mode) {
    await Deno.chmod(temp, mode);
  }
}

/** Removes the temporary unless `work` used it (did not return false). */
export async function withTempCleanup<T>(
  temp: string,
  work: () => Promise<T>,
): Promise<T> {
  let result: T | undefined;
  try {
    result = await work();
    return result;
  } finally {
    if (result === undefined || result === false) await removeQuietly(temp);
  }
}

/** If this fails, a later run removes it. */
async function removeQuietly(path: string): Promise<void> {
  await Deno.remove(path).catch(() => {});
}

/** Renames `temp` over `target` if `isStillRight` says so. */
export async function renameOver(
  temp: string,
  target: string,
  io: FileIo,
  isStillRight: () => boolean = () => true,
): Promise<boolean> {
  return await retryWhileLocked(target, io, () => {
    if (!isStillRight()) return false;
    io.rename(temp, target);
    return true;
  });
}

/** Retries while another program holds the file: see {@linkcode retryWhile}. */
export async function retryWhileLocked<T>(
  target: string,
  io: FileIo,
  action: () => T,
): Promise<T> {
  const mayPass = async (error: unknown): Promise<boolean> =>
    io.isWindows && isHeld(error) && !await isProtected(target);
  return await retryWhile(mayPass, io.wait, () => {
    io.interrupted.throwIfAborted();
    return action();
  });
}

/** The read-only attribute gives the same error as a file held open. */
async function isProtected(path: string): Promise<boolean> {
  return await exists(path) && isReadOnly(await Deno.lstat(path));
}

/** Renames without ever overwriting; false when the name is taken. */
export async function renameNoReplace(
  from: string,
  to: string,
): Promise<boolean> {
  try {
    await Deno.link(from, to);
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    // No hard links on this file system, or not of this file.
    if (await exists(to)) return false;
    await Deno.rename(from, to);
    return true;
  }
  await Deno.remove(from);
  return true;
}

/** Removes the temporaries of a file that a crash left; never fails. */
export async function removeLeftovers(
  path: string,
  io: FileIo,
): Promise<void> {
  const { folder, name } = splitPath(path);
  try {
    // Asynchronously it takes a millisecond longer.
    for (const entry of Deno.readDirSync(folder || ".")) {
      if (!entry.isFile || !isTemporaryOf(name, entry.name)) continue;
      const stat = await Deno.lstat(folder + entry.name);
      // A newer one may belong to a run that is still working.
      const isOld = stat.mtime !== null &&
        io.now() - stat.mtime.getTime() >= LEFTOVER_AGE_MS;
      if (isOld || await isOtherName(stat, path)) {
        await removeQuietly(folder + entry.name);
      }
    }
  } catch {
    // Cleaning up must not prevent a save.
  }
}

/** A hard link of the file itself is as old as that, and nobody needs it. */
async function isOtherName(
  { nlink, ino, dev }: Deno.FileInfo,
  path: string,
): Promise<boolean> {
  if (nlink === null || nlink < 2) return false;
  const file = await Deno.lstat(path);
  return ino === file.ino && dev === file.dev;
}

/** Whether `temporary` is the name of a temporary of the file `name`. */
export function isTemporaryOf(name: string, temporary: string): boolean {
  const start = `.${name}.discover-`;
  return temporary.startsWith(start) &&
    /^[0-9a-z]+\.tmp$/i.test(temporary.slice(start.length));
}

/** The folder with its final separator, or nothing, and the file's name. */
export function splitPath(path: string): { folder: string; name: string } {
  const end = Deno.build.os === "windows"
    ? /(?:[\\/]|^[A-Za-z]:)(?=[^\\/]*$)/.exec(path)
    : /\/(?=[^/]*$)/.exec(path);
  const cut = end === null ? 0 : end.index + end[0].length;
  return { folder: path.slice(0, cut), name: path.slice(cut) };
}
