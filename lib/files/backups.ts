/**
 * The copies of the old bytes that a save keeps next to the config before it
 * changes it: the last ones, the very first ones, and those that somebody had
 * edited. Each is complete before it gets its name, and only for its owner: with
 * an access control list, the group bits of a config are not its group's rights.
 *
 * @module
 */
import { prefixError, writeError } from "./fs_errors.ts";
import { exists, type Snapshot } from "./snapshot.ts";
import {
  type FileIo,
  renameNoReplace,
  renameOver,
  withTempCleanup,
  writeTemp,
} from "./replace.ts";

/** Which copies to keep. */
export interface CopyRequest {
  readonly snapshot: Snapshot;
  /** Keep the old bytes as `<file>.before-discover`, never overwritten. */
  readonly firstInsertion: boolean;
  /** Keep the old bytes as `<file>.edited-<this>`, unless that exists. */
  readonly editedCopy?: string;
}

/** Writes the copies of the old bytes that a save keeps. */
export async function writeBackups(
  request: CopyRequest,
  io: FileIo,
): Promise<void> {
  const { snapshot, firstInsertion, editedCopy } = request;
  const { realPath } = snapshot;
  const backup = `${realPath}.bak`;
  if (firstInsertion && !await exists(`${realPath}.before-discover`)) {
    // A backup from before our first one belongs to another program. It is
    // moved first: after a crash in between it would look like ours.
    if (await exists(backup)) {
      await renameNoReplace(backup, `${backup}.before-discover`);
    }
    await keepFirstCopy(".before-discover", snapshot, io);
  }
  if (editedCopy !== undefined) {
    if (!/^[0-9a-z]{1,64}$/i.test(editedCopy)) {
      throw new TypeError("the hash of an edited copy must be alphanumeric");
    }
    await keepFirstCopy(`.edited-${editedCopy}`, snapshot, io);
  }
  await keepCopy(snapshot, io, async (temp) => {
    try {
      return await renameOver(temp, backup, io);
    } catch (cause) {
      io.interrupted.throwIfAborted();
      const what = `cannot replace ${JSON.stringify(backup)}`;
      throw prefixError(what, writeError(cause, io.isWindows));
    }
  });
}

/**
 * Changes the config by `change`, then makes its old bytes the backup. Until then
 * the backup holds what the config gets. False if nothing was changed.
 */
export async function swapBackup(
  snapshot: Snapshot,
  io: FileIo,
  change: () => Promise<boolean>,
): Promise<boolean> {
  return await keepCopy(snapshot, io, async (temp) => {
    if (!await change()) return false;
    // The config is written by now: that nobody can interrupt any more.
    const { signal: interrupted } = new AbortController();
    return await replaceBackup(temp, snapshot, { ...io, interrupted });
  });
}

async function replaceBackup(
  temp: string,
  { realPath }: Snapshot,
  io: FileIo,
): Promise<boolean> {
  try {
    return await renameOver(temp, `${realPath}.bak`, io);
  } catch (cause) {
    const what = "the old text is back, but the backup was not replaced";
    throw prefixError(what, writeError(cause, io.isWindows));
  }
}

/** A flushed copy of the old bytes, for its owner alone, that `rename` names. */
async function keepCopy(
  { realPath, bytes, stat: { uid, gid } }: Snapshot,
  io: FileIo,
  rename: (temp: string) => Promise<boolean>,
): Promise<boolean> {
  const wanted = { uid, gid, isCopy: true };
  const temp = await writeTemp(realPath, bytes, wanted, io);
  return await withTempCleanup(temp, () => rename(temp));
}

/** Keeps the old bytes under a name that is never overwritten. */
async function keepFirstCopy(
  suffix: string,
  snapshot: Snapshot,
  io: FileIo,
): Promise<void> {
  const target = `${snapshot.realPath}${suffix}`;
  if (await exists(target)) return;
  await keepCopy(snapshot, io, (temp) => renameNoReplace(temp, target));
}
