/**
 * The files beside the config: small ones that are read if they exist, and the
 * one that `--output` names. Part of the store; the config itself is never
 * written here.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import {
  isAbsent,
  mapFsErrors,
  prefixError,
  readFault,
  writeFault,
} from "./fs_errors.ts";
import {
  equalBytes,
  exists,
  isReadOnly,
  kindFault,
  locate,
  type Located,
  readStable,
  type Snapshot,
  type Wait,
} from "./snapshot.ts";
import {
  flushFolder,
  type ModeAndOwner,
  removeLeftovers,
  renameOver,
  type ReplaceTools,
  withTempCleanup,
  writeTemp,
} from "./replace.ts";
import { isOpenPipe, readPipe } from "./pipe_read.ts";

/** A file's bytes; undefined when there is no such file. */
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
      const fault = kindFault(stat);
      if (fault !== undefined) throw new ConfigError(fault);
      return (await readStable(path, maxBytes, wait)).bytes;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  };
  const what = `cannot read ${JSON.stringify(path)}`;
  return await prefixError(what, () => mapFsErrors(read, readFault));
}

/** Replaces or creates `path`, unless it has these bytes already. */
export async function writeOutput(
  path: string,
  bytes: Uint8Array,
  source: Snapshot | undefined,
  tools: ReplaceTools,
): Promise<"written" | "unchanged"> {
  const write = async (): Promise<"written" | "unchanged"> => {
    const old = await locateOutput(path);
    if (old !== undefined && await hasBytes(old, bytes)) return "unchanged";
    // Readable as the source is, but writable even where the source is not.
    const mode = ((source?.stat.mode ?? 0) | 0o600) & 0o777;
    await replaceOutput(old?.realPath ?? path, bytes, tools, {
      ...old?.stat,
      mode: mode & (old?.stat.mode ?? mode) | 0o600,
    });
    return "written";
  };
  const explain = (cause: unknown): ConfigError =>
    writeFault(cause, tools.isWindows);
  const what = `cannot write ${JSON.stringify(path)}`;
  return await prefixError(what, () => mapFsErrors(write, explain));
}

/** The file to replace, if there is one. */
async function locateOutput(path: string): Promise<Located | undefined> {
  if (!await exists(path)) return undefined;
  const old = await locate(path);
  const fault = kindFault(old.stat);
  if (fault !== undefined) throw new ConfigError(fault);
  if (isReadOnly(old.stat)) throw new ConfigError("read-only");
  return old;
}

async function hasBytes(old: Located, bytes: Uint8Array): Promise<boolean> {
  if (old.stat.size !== bytes.length) return false;
  return equalBytes(await Deno.readFile(old.realPath), bytes);
}

async function replaceOutput(
  target: string,
  bytes: Uint8Array,
  tools: ReplaceTools,
  wanted: ModeAndOwner,
): Promise<void> {
  await removeLeftovers(target, tools);
  const temp = await writeTemp(target, bytes, wanted, tools);
  await withTempCleanup(temp, () => renameOver(temp, target, tools));
  await flushFolder(target, tools);
}
