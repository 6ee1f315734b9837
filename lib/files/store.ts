/**
 * The files of a run: reads the config, notices when somebody else changes it,
 * and saves it so that a crash at any moment leaves the old file or the new
 * one, whole, with a backup next to it. It knows nothing of what is in a file,
 * and no message quotes any of it.
 *
 * A save replaces the file by a rename. That keeps mode and owner, and a
 * symbolic link stays one. Not kept are access control lists and extended
 * attributes, which Deno does not see. A file with several names (hard links)
 * is replaced under this one only: the others keep the old bytes, so that
 * nothing is lost, and the outcome counts them for a warning. A save in place
 * keeps all of that, but a crash in the middle of it leaves a part.
 *
 * @module
 */

// @ts-types="../types/std_async_delay.d.ts"
import { delay } from "@std/async/delay";
import type { ConfigError } from "../errors.ts";
import { mapFsErrors, readError } from "./fs_errors.ts";
import type { IsOurs } from "./log_file.ts";
import type { FileIo, SaveStep } from "./replace.ts";
import type { SaveOutcome, SaveRequest } from "./save.ts";
import { readOptional } from "./side_files.ts";
import {
  exists,
  type FileFacts,
  isCutOff,
  locate,
  readStable,
  type Snapshot,
} from "./snapshot.ts";

export type { FileFacts, SaveOutcome, SaveRequest, SaveStep, Snapshot };

/** All that a run does with files. */
export interface Store {
  /** Whether something of that name can be seen, even a dangling link. */
  exists(path: string): Promise<boolean>;
  /**
   * Reads the config. A {@linkcode ConfigError} says what it is instead of a
   * readable regular file of at most 64 MiB that holds still.
   */
  read(path: string): Promise<Snapshot>;
  /**
   * Fails before anything is planned when the config cannot be written: marked
   * read-only (for root too), no permission, a read-only file system. Changes
   * nothing, so a folder that takes no new file shows only when saving.
   */
  assertWritable(snapshot: Snapshot): Promise<void>;
  /** Saves the config, unless it has changed since the snapshot. */
  save(request: SaveRequest): Promise<SaveOutcome>;
  /** Removes temporaries of this file that a crash left; never fails. */
  removeLeftovers(snapshot: Snapshot): Promise<void>;
  /** A side file's bytes, by default up to the size of a config; undefined if absent. */
  readOptional(
    path: string,
    maxBytes?: number,
  ): Promise<Uint8Array | undefined>;
  /**
   * Adds a line to the end of a log, which is empty or ends with a line that
   * `isOurs`; returns why it could not.
   */
  append(
    path: string,
    line: string,
    isOurs: IsOurs,
  ): Promise<ConfigError | undefined>;
  /** Whether two paths lead to one file, or would once it is made. */
  isSameFile(one: string, other: string): Promise<boolean>;
  /** Whether a path leads to a copy that a save of `config` keeps. */
  isKeptCopy(path: string, config: string): Promise<boolean>;
  /**
   * Writes a derived file whole, without a backup. A new file gets the mode
   * of `source` (it holds the same secrets), and its owner where the system
   * allows that, or is for its owner alone; an existing one keeps out everybody
   * who may not read both.
   */
  writeOutput(
    path: string,
    bytes: Uint8Array,
    source?: Snapshot,
  ): Promise<"written" | "unchanged">;
}

/** Every part has a default. */
export type StoreOptions = Partial<FileIo>;

/** LiteLLM would take minutes to parse a config of this size. */
const MAX_CONFIG_BYTES = 64 * 1024 * 1024;

/** The store on the real file system. */
export function createStore(options: StoreOptions = {}): Store {
  const { interrupted = new AbortController().signal } = options;
  const io: FileIo = {
    interrupted,
    now: Date.now,
    randomName: () => crypto.randomUUID().replaceAll("-", "").slice(0, 12),
    wait: (ms) => delay(ms, { signal: interrupted }),
    rename: Deno.renameSync,
    link: Deno.linkSync,
    isWindows: Deno.build.os === "windows",
    onStep: () => {},
    ...options,
  };
  return {
    exists: (path) => exists(path).catch(() => false),
    read: (path) => mapFsErrors(() => read(path, io), readError),
    readOptional: (path, maxBytes = MAX_CONFIG_BYTES) =>
      readOptional(path, maxBytes, io.wait),
    ...writing(io),
  };
}

/** What may change a file, or protects one: loaded when it is first used. */
function writing(
  io: FileIo,
): Omit<Store, "exists" | "read" | "readOptional"> {
  const saving = () => import("./save.ts");
  const comparing = () => import("./same_file.ts");
  return {
    assertWritable: async (snapshot) =>
      await (await saving()).assertWritable(snapshot),
    save: async (request) => await (await saving()).saveOrExplain(request, io),
    removeLeftovers: async ({ realPath }) =>
      await (await saving()).removeLeftovers(realPath, io),
    append: async (...of) =>
      await (await import("./log_file.ts")).append(...of),
    isSameFile: async (...of) => await (await comparing()).isSameFile(...of),
    isKeptCopy: async (...of) => await (await comparing()).isKeptCopy(...of),
    writeOutput: async (path, bytes, source) =>
      await (await import("./output_file.ts"))
        .writeOutput(path, bytes, source, io),
  };
}

async function read(path: string, io: FileIo): Promise<Snapshot> {
  const { realPath } = await locate(path);
  const readAll = () => readStable(realPath, MAX_CONFIG_BYTES, io.wait);
  const first = await readAll();
  if (!isCutOff(first.bytes)) return { path, realPath, ...first };
  const { whenWritten } = await import("./in_place.ts");
  await whenWritten(realPath, io);
  return { path, realPath, ...await readAll() };
}
