/**
 * The files of a run: reads the config, notices when somebody else changes it,
 * and saves it so that a crash at any moment leaves the old file or the new
 * one, whole, with a backup beside it. It knows nothing of what is in a file,
 * and no message quotes any of it.
 *
 * A save replaces the file by a rename. That keeps mode and owner, and a
 * symbolic link stays one. Not kept are access control lists and extended
 * attributes. A file with several names (hard links) is replaced under this
 * one only: the others keep the old bytes, so that nothing is lost, and the
 * outcome counts them for a warning.
 *
 * @module
 */
import { ConfigError } from "./errors.ts";
import {
  explaining,
  faultCode,
  named,
  naming,
  readFault,
  writeFault,
} from "./files/file_fault.ts";
import {
  exists,
  type FileFacts,
  isReadOnly,
  isUnchanged,
  kindFault,
  locate,
  readStill,
  type Snapshot,
  type Wait,
} from "./files/file_read.ts";
import {
  flushFolder,
  lockFolder,
  moveOnce,
  openFolder,
  removeLeftovers,
  removingOnFailure,
  renameOver,
  type ReplaceTools,
  whileHeld,
  writeTemp,
} from "./files/file_replace.ts";
import { append, readOptional, writeOutput } from "./files/side_files.ts";
import { waitAtMost } from "./files/waiting.ts";

export type { FileFacts, Snapshot };

/** What to write, and which copies of the old bytes to keep. */
export interface SaveRequest {
  readonly snapshot: Snapshot;
  readonly bytes: Uint8Array;
  /** Keep the old bytes as `<file>.before-discover`, never overwritten. */
  readonly firstInsertion: boolean;
  /** Keep the old bytes as `<file>.edited-<this>`, unless that exists. */
  readonly editedCopy?: string;
}

/** What became of a save; a failure is a {@linkcode ConfigError}. */
export type SaveOutcome =
  | {
    readonly kind: "written";
    readonly path: string;
    readonly backupPath: string;
    /** Other hard links of the old file; they keep the old bytes. */
    readonly otherNames: number;
  }
  /** Nothing written: read again and splice again. */
  | { readonly kind: "changed-meanwhile" };

/** All that a run does with files. */
export interface Store {
  /** Whether something of that name can be seen, be it a dangling link. */
  exists(path: string): Promise<boolean>;
  /**
   * Reads the config. A {@linkcode ConfigError} says what it is instead of a
   * readable regular file of at most 64 MiB that holds still.
   */
  read(path: string): Promise<Snapshot>;
  /**
   * Fails before any request when the config cannot be written: marked
   * read-only (for root too), no permission, a read-only file system. Changes
   * nothing, so a folder that takes no new file shows only when saving.
   */
  assertWritable(snapshot: Snapshot): Promise<void>;
  /** Replaces the config, unless it is no longer what the snapshot says. */
  save(request: SaveRequest): Promise<SaveOutcome>;
  /** Removes temporaries of this file that a crash left; never fails. */
  removeLeftovers(snapshot: Snapshot): Promise<void>;
  /** A side file's bytes; undefined when there is no such file. */
  readOptional(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Adds to the end of a log; false when it cannot, or it is the config. */
  append(path: string, text: string, config?: string): Promise<boolean>;
  /**
   * Writes a derived file whole, without a backup. A new file gets the mode
   * of `source` (it holds the same secrets), or is the owner's alone; the
   * source itself is refused.
   */
  writeOutput(
    path: string,
    bytes: Uint8Array,
    source?: Snapshot,
  ): Promise<"written" | "unchanged">;
}

/** The moments of a save at which a test may step in. */
export type SaveStep = "locked" | "temp-written" | "checked" | "backed-up";

/** The outside of the store; every part has a default and is for tests. */
export interface StoreOptions extends Partial<ReplaceTools> {
  readonly onStep?: (step: SaveStep) => void | Promise<void>;
}

type Tools = Required<StoreOptions>;

/** LiteLLM would take minutes to parse a config of this size. */
const MAX_CONFIG_BYTES = 64 * 1024 * 1024;

/** The store on the real file system. */
export function createStore(options: StoreOptions = {}): Store {
  const { interrupted = new AbortController().signal } = options;
  const tools: Tools = {
    interrupted,
    now: Date.now,
    randomName: () => crypto.randomUUID().replaceAll("-", "").slice(0, 12),
    wait: (ms) => waitAtMost(ms, interrupted),
    rename: Deno.renameSync,
    isWindows: Deno.build.os === "windows",
    onStep: () => {},
    ...options,
  };
  return {
    exists: (path) => exists(path).catch(() => false),
    append,
    read: (path) => explaining(() => read(path, tools.wait), readFault),
    assertWritable: (snapshot) => assertWritable(snapshot),
    save: (request) => saveOrExplain(request, tools),
    removeLeftovers: ({ realPath }) => removeLeftovers(realPath, tools),
    readOptional: (path, maxBytes) => readOptional(path, maxBytes, tools.wait),
    writeOutput: (path, bytes, source) =>
      writeOutput(path, bytes, source, tools),
  };
}

async function read(path: string, wait: Wait): Promise<Snapshot> {
  const { realPath, stat } = await locate(path);
  const fault = kindFault(stat);
  if (fault !== undefined) throw new ConfigError(fault);
  return {
    path,
    realPath,
    ...await readStill(realPath, MAX_CONFIG_BYTES, wait),
  };
}

async function assertWritable(snapshot: Snapshot): Promise<void> {
  refuseReadOnly(snapshot.stat);
  try {
    // Opened and closed: neither its bytes nor its times change.
    (await Deno.open(snapshot.realPath, { write: true })).close();
  } catch (cause) {
    // Anything else may pass, and is the save's to report if it does not.
    if (!["EACCES", "EPERM", "EROFS"].includes(faultCode(cause))) return;
    throw named("not writable", writeFault(cause));
  }
}

function refuseReadOnly(stat: FileFacts): void {
  if (!isReadOnly(stat)) return;
  const hint = "make the file writable, or use --output";
  throw new ConfigError("read-only", { hint });
}

async function saveOrExplain(
  request: SaveRequest,
  tools: Tools,
): Promise<SaveOutcome> {
  const explain = (cause: unknown): ConfigError =>
    writeFault(cause, tools.isWindows);
  return await naming(
    "cannot be saved",
    () => explaining(() => save(request, tools), explain),
  );
}

async function save(request: SaveRequest, tools: Tools): Promise<SaveOutcome> {
  const { snapshot } = request;
  const { realPath, stat } = snapshot;
  refuseReadOnly(stat);
  using folder = await openFolder(realPath, tools);
  if (folder !== undefined) await lockFolder(folder, tools);
  await tools.onStep("locked");
  await removeLeftovers(realPath, tools);
  const temp = await writeTemp(realPath, request.bytes, stat, tools);
  const saved = await removingOnFailure(temp, async () => {
    await tools.onStep("temp-written");
    const check = (): boolean => isUnchanged(snapshot);
    if (!await whileHeld(realPath, tools, check)) return false;
    await tools.onStep("checked");
    await keepCopies(request, tools);
    await tools.onStep("backed-up");
    return await renameOver(temp, realPath, tools, () => isUnchanged(snapshot));
  });
  if (!saved) return { kind: "changed-meanwhile" };
  await flushFolder(realPath, tools);
  return {
    kind: "written",
    path: snapshot.path,
    backupPath: `${realPath}.bak`,
    otherNames: Math.max(0, (stat.nlink ?? 1) - 1),
  };
}

async function keepCopies(request: SaveRequest, tools: Tools): Promise<void> {
  const { snapshot, firstInsertion, editedCopy } = request;
  const { realPath, bytes, stat } = snapshot;
  const backup = `${realPath}.bak`;
  if (firstInsertion && !await exists(`${realPath}.before-discover`)) {
    // A backup that is there before our first one was made by somebody else.
    // Moved first: after a crash in between it would pass for ours.
    if (await exists(backup)) {
      await moveOnce(backup, `${backup}.before-discover`);
    }
    await keepOnce(".before-discover", snapshot, tools);
  }
  if (editedCopy !== undefined) {
    if (!/^[0-9a-z]{1,64}$/i.test(editedCopy)) {
      throw new TypeError("the hash of an edited copy must be alphanumeric");
    }
    await keepOnce(`.edited-${editedCopy}`, snapshot, tools);
  }
  const temp = await writeTemp(realPath, bytes, stat, tools);
  await removingOnFailure(temp, () => renameOver(temp, backup, tools));
}

/** Keeps the old bytes under a name that is never overwritten. */
async function keepOnce(
  suffix: string,
  { realPath, bytes, stat }: Snapshot,
  tools: Tools,
): Promise<void> {
  const target = `${realPath}${suffix}`;
  if (await exists(target)) return;
  const temp = await writeTemp(realPath, bytes, stat, tools);
  await removingOnFailure(temp, () => moveOnce(temp, target));
}
