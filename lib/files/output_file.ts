/**
 * The file that `--output` names. Part of the store; the config itself is never
 * written here.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { equalBytes } from "../yaml/bytes.ts";
import { mapFsErrors, writeError } from "./fs_errors.ts";
import {
  exists,
  type FileFacts,
  isReadOnly,
  locate,
  type Located,
  type Snapshot,
} from "./snapshot.ts";
import {
  type FileIo,
  flushFolder,
  type ModeAndOwner,
  removeLeftovers,
  renameOver,
  withTempCleanup,
  writeTemp,
} from "./replace.ts";

/** Replaces or creates `path`, unless it has these bytes already. */
export async function writeOutput(
  path: string,
  bytes: Uint8Array,
  source: Snapshot | undefined,
  io: FileIo,
): Promise<"written" | "unchanged"> {
  const write = async (): Promise<"written" | "unchanged"> => {
    const old = await exists(path) ? await locate(path) : undefined;
    if (old && isReadOnly(old.stat)) throw new ConfigError("read-only");
    if (old && await hasBytes(old, bytes)) return "unchanged";
    // Readable as the source is, but writable even where the source is not.
    const mode = ((source?.stat.mode ?? 0) | 0o600) & 0o777;
    await replaceOutput(old?.realPath ?? path, bytes, io, {
      ...old?.stat,
      mode: mode & (old?.stat.mode ?? mode) | 0o600,
    }, old === undefined ? source?.stat : undefined);
    return "written";
  };
  const explain = (cause: unknown): ConfigError =>
    writeError(cause, io.isWindows);
  return await mapFsErrors(
    write,
    explain,
    `cannot write ${JSON.stringify(path)}`,
  );
}

async function hasBytes(old: Located, bytes: Uint8Array): Promise<boolean> {
  if (old.stat.size !== bytes.length) return false;
  return equalBytes(await Deno.readFile(old.realPath), bytes);
}

async function replaceOutput(
  target: string,
  bytes: Uint8Array,
  io: FileIo,
  wanted: ModeAndOwner,
  owner: FileFacts | undefined,
): Promise<void> {
  await removeLeftovers(target, io);
  const temp = await writeTemp(target, bytes, wanted, io);
  await withTempCleanup(temp, async () => {
    // What root makes, as in a container, is for whoever the source belongs to.
    if (owner) await Deno.chown(temp, owner.uid, owner.gid).catch(() => {});
    await renameOver(temp, target, io);
  });
  await flushFolder(target, io);
}
