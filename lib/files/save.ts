/**
 * Saves the config: under a lock, with a backup, and only if it is still what was
 * read. Its code is loaded when there may be something to save.
 *
 * Why not a library: `write-file-atomic` and the like keep no backup, do not
 * check that the file is still what was read, and do not flush the folder.
 *
 * @module
 */

import { ConfigError } from "../errors.ts";
import { type CopyRequest, swapBackup, writeBackups } from "./backups.ts";
import {
  errorCode,
  mapFsErrors,
  prefixError,
  writeError,
} from "./fs_errors.ts";
import { writeInPlace } from "./in_place.ts";
import { isInSharedFolder, isMountPoint } from "./mount_point.ts";
import {
  type FileIo,
  flushFolder,
  lock,
  openFolder,
  removeLeftovers,
  renameOver,
  retryWhileLocked,
  withTempCleanup,
  writeTemp,
} from "./replace.ts";
import {
  assertRegular,
  type FileFacts,
  isReadOnly,
  isUnchanged,
  type Snapshot,
} from "./snapshot.ts";

export { removeLeftovers };

/** What to write, and which copies of the old bytes to keep. */
export interface SaveRequest extends CopyRequest {
  readonly bytes: Uint8Array;
  /** Write into the existing file instead of replacing it. */
  readonly inPlace?: boolean;
  /**
   * The bytes are those of the backup, which becomes the old ones only after the
   * config has them: a crash in between loses nothing that no run can make again.
   */
  readonly swapsBackup?: boolean;
}

/** The result of a save; a failure is a {@linkcode ConfigError}. */
export type SaveOutcome =
  | {
    readonly kind: "written";
    readonly path: string;
    readonly backupPath: string;
    /** Other hard links of the old file that keep the old bytes. */
    readonly otherNames: number;
  }
  /** Nothing written: read again and splice again. */
  | { readonly kind: "changed-meanwhile" };

/** Fails where the config cannot be written; changes nothing. */
export async function assertWritable(snapshot: Snapshot): Promise<void> {
  refuseReadOnly(snapshot.stat);
  const { realPath } = snapshot;
  try {
    // Meanwhile a pipe may be there, which would wait for a reader.
    assertRegular(await Deno.lstat(realPath));
    // Opened and closed: neither its bytes nor its times change.
    (await Deno.open(realPath, { write: true })).close();
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    // Anything else may pass; if not, the save reports it.
    if (!["EACCES", "EPERM", "EROFS"].includes(errorCode(cause))) return;
    throw prefixError("not writable", writeError(cause));
  }
}

function refuseReadOnly(stat: FileFacts): void {
  if (!isReadOnly(stat)) return;
  const hint = "make the file writable, or use --output";
  throw new ConfigError("read-only", { hint });
}

/** Saves the config, or throws a {@linkcode ConfigError} that says why not. */
export async function saveOrExplain(
  request: SaveRequest,
  io: FileIo,
): Promise<SaveOutcome> {
  const explain = (cause: unknown): ConfigError =>
    writeError(cause, io.isWindows);
  return await mapFsErrors(
    () => save(request, io),
    explain,
    "cannot be saved",
  );
}

async function save(request: SaveRequest, io: FileIo): Promise<SaveOutcome> {
  const { snapshot, inPlace } = request;
  const { realPath } = snapshot;
  refuseReadOnly(snapshot.stat);
  using folder = await openFolder(realPath, io);
  if (folder !== undefined) await lock(folder, io);
  await io.onStep("locked");
  await removeLeftovers(realPath, io);
  const otherNames = inPlace ? 0 : await countOtherNames(realPath);
  const saved = inPlace
    ? await overwrite(request, io)
    : await replace(request, io);
  if (!saved) return { kind: "changed-meanwhile" };
  await flushFolder(realPath, io);
  return {
    kind: "written",
    path: snapshot.path,
    backupPath: `${realPath}.bak`,
    otherNames,
  };
}

/** Not by the snapshot: a name that a crash left may be gone since. */
async function countOtherNames(realPath: string): Promise<number> {
  try {
    const { nlink } = await Deno.lstat(realPath);
    return Math.max(0, (nlink ?? 1) - 1);
  } catch {
    // Whether it is still there is checked just before the rename.
    return 0;
  }
}

/** False when the config is no longer what the snapshot says. */
async function replace(request: SaveRequest, io: FileIo): Promise<boolean> {
  const { snapshot, bytes } = request;
  const { realPath, stat } = snapshot;
  const isShared = await isInSharedFolder(realPath);
  if (!isShared) refuseMountPoint(realPath, io);
  const temp = await writeTemp(realPath, bytes, stat, io);
  return await withTempCleanup(temp, async () => {
    await io.onStep("temp-written");
    // Only now is it sure that the link, which has the same owner, can go again.
    if (isShared) refuseMountPoint(realPath, io);
    return await checkAndBackUp(
      request,
      io,
      () => renameOver(temp, realPath, io, () => isUnchanged(snapshot)),
    );
  });
}

/** Before any backup is made, which would be lost with the container. */
function refuseMountPoint(realPath: string, io: FileIo): void {
  if (!isMountPoint(realPath, io)) return;
  throw new ConfigError("mounted as a single file", {
    hint: "mount its folder instead, such as -v ./litellm:/config, " +
      "or use --in-place or --output",
  });
}

/** The same, into the existing file. */
async function overwrite(
  request: SaveRequest,
  io: FileIo,
): Promise<boolean> {
  const { snapshot, bytes } = request;
  return await checkAndBackUp(request, io, async () => {
    // From here on the backup may be the only whole text.
    await flushFolder(snapshot.realPath, io);
    return await writeInPlace(snapshot, bytes, io);
  });
}

/** Makes the change with the copies that it needs; false like that. */
async function checkAndBackUp(
  request: SaveRequest,
  io: FileIo,
  change: () => Promise<boolean>,
): Promise<boolean> {
  const { snapshot, swapsBackup } = request;
  const check = (): boolean => isUnchanged(snapshot);
  if (!await retryWhileLocked(snapshot.realPath, io, check)) return false;
  await io.onStep("checked");
  if (swapsBackup) return await swapBackup(snapshot, io, change);
  await writeBackups(request, io);
  await io.onStep("backed-up");
  return await change();
}
