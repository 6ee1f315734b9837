/**
 * The files next to the config: small ones that are read if they exist, and the
 * one that `--output` names. Part of the store; the config itself is never
 * written here.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { isAbsent, mapFsErrors, readError, writeError } from "./fs_errors.ts";
import {
  assertRegular,
  equalBytes,
  exists,
  isReadOnly,
  locate,
  type Located,
  readStable,
  type Snapshot,
  type Wait,
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
import { isOpenPipe, readPipe } from "./pipe_read.ts";

/** A file's bytes; undefined if it does not exist. */
export async function readOptional(
  path: string,
  maxBytes: number,
  wait: Wait,
): Promise<Uint8Array | undefined> {
  const read = async (): Promise<Uint8Array | undefined> => {
    try {
      const stat = await Deno.stat(path);
      // `.env` is also a usual name for a folder with a Python environment.
      if (stat.isDirectory) return undefined;
      if (await isOpenPipe(path, stat)) return await readPipe(path, maxBytes);
      assertRegular(stat);
      return (await readStable(path, maxBytes, wait)).bytes;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  };
  return await mapFsErrors(read, readError, `cannot read ${quote(path)}`);
}

const quote = (path: string): string => JSON.stringify(path);

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
    });
    return "written";
  };
  const explain = (cause: unknown): ConfigError =>
    writeError(cause, io.isWindows);
  return await mapFsErrors(write, explain, `cannot write ${quote(path)}`);
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
): Promise<void> {
  await removeLeftovers(target, io);
  const temp = await writeTemp(target, bytes, wanted, io);
  await withTempCleanup(temp, () => renameOver(temp, target, io));
  await flushFolder(target, io);
}
