/**
 * The files that `--output` and `--log-file` may not hit: whatever a run reads
 * or keeps, by any path that leads there.
 *
 * @module
 */

import type { RunFlags } from "../cli/command.ts";
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import {
  candidatesNextTo,
  configCandidates,
  KEY_FILE_NAMES,
  SETTINGS_NAMES,
} from "../files/paths.ts";

/** A flag names a file that is not its own; nothing is written, no log too. */
export class KeptFileError extends UsageError {}

/** A file to leave alone, and what it is in words ("the config"). */
interface KeptFile {
  readonly path: string;
  readonly what: string;
}

/** A flag that names a file to write. */
export interface Target {
  readonly flag: "output" | "log-file";
  readonly path: string;
}

type RunIo = Pick<Io, "store" | "programDir" | "workingDir">;

/**
 * Refuses a target that is the config, a copy of it, or a file with settings or
 * keys, be it one that is not there. Where no config was found it may be none
 * of those that are looked for. Throws {@linkcode KeptFileError}.
 */
export async function refuseKept(
  flags: RunFlags,
  io: RunIo,
  configPath: string | undefined,
): Promise<void> {
  const { store, programDir } = io;
  const targets = targetsOf(flags);
  if (targets.length === 0) return;
  for (const path of configCandidates({ named: configPath, programDir })) {
    await refuse(targets, keptFiles(flags, io, path), store);
    for (const target of targets) {
      if (await store.isKeptCopy(target.path, path)) {
        throw kept(target, "a copy of the config");
      }
    }
  }
  const [first, second] = targets;
  if (first && second && await store.isSameFile(first.path, second.path)) {
    throw kept(second, "--output's file");
  }
}

/** The same for the files that the config includes, once these are known. */
export async function refuseIncluded(
  targets: readonly Target[],
  store: RunIo["store"],
  paths: readonly string[],
): Promise<void> {
  const what = "a file that the config includes";
  const included = paths.map((path) => ({ path, what }));
  await refuse(targets, included, store);
}

/** The files that flags name to be written. */
export function targetsOf({ destination, logFile }: RunFlags): Target[] {
  const targets: Target[] = [];
  if (destination.kind === "output" && destination.path !== "-") {
    targets.push({ flag: "output", path: destination.path });
  }
  if (logFile !== undefined) targets.push({ flag: "log-file", path: logFile });
  return targets;
}

function keptFiles(
  { envFiles, settings }: RunFlags,
  io: RunIo,
  configPath: string,
): KeptFile[] {
  const nextTo = (name: string): string[] =>
    candidatesNextTo(name, configPath, io);
  // Those that this run leaves unread are still somebody's keys.
  const named = envFiles === "none" ? [] : envFiles;
  const keyFiles = [...named, ...KEY_FILE_NAMES.flatMap(nextTo)];
  const settingsFiles = [
    ...(settings === undefined ? [] : [settings]),
    ...SETTINGS_NAMES.flatMap(nextTo),
  ];
  return [
    { path: configPath, what: "the config" },
    ...keyFiles.map((path) => ({ path, what: "a file with keys" })),
    ...settingsFiles.map((path) => ({ path, what: "the settings file" })),
  ];
}

async function refuse(
  targets: readonly Target[],
  files: readonly KeptFile[],
  store: RunIo["store"],
): Promise<void> {
  for (const target of targets) {
    for (const { path, what } of files) {
      if (await store.isSameFile(target.path, path)) throw kept(target, what);
    }
  }
}

function kept({ flag, path }: Target, what: string): KeptFileError {
  const hint = flag === "output" && what === "the config"
    ? "leave --output out to change the config"
    : "name a file of its own";
  return new KeptFileError(`--${flag} "${path}": that is ${what}`, hint);
}
