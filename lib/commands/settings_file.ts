/**
 * Finds and reads `discover.yaml`.
 *
 * @module
 */

import type { RunFlags } from "../cli/command.ts";
import { ConfigError, UsageError } from "../errors.ts";
import {
  candidatesNextTo,
  DEFAULT_SETTINGS,
  pathNextTo,
  SETTINGS_NAMES,
} from "../files/paths.ts";
import type { Io } from "../io.ts";
import { SettingsError } from "../settings/errors.ts";
import type { DiscoverFile } from "../settings/file.ts";

/** A larger `discover.yaml` is not read. */
const MAX_SETTINGS_BYTES = 1024 * 1024;

/** Which file the settings of a run are in. */
export interface SettingsPlace {
  /** Absent where none was found. */
  readonly path: string | undefined;
  /** By `--settings`: no other file was looked for. */
  readonly isNamed: boolean;
}

/** The settings of a run, if there are any, and where they are. */
export interface FoundSettings {
  readonly file: DiscoverFile | undefined;
  readonly place: SettingsPlace;
}

/** Where `discover.yaml` is looked for, or the file that is named instead. */
export function settingsPaths(
  { settings }: Pick<RunFlags, "settings">,
  io: Pick<Io, "programDir" | "workingDir">,
  configPath: string,
): string[] {
  if (settings !== undefined) return [settings];
  return candidatesNextTo(DEFAULT_SETTINGS, configPath, io)
    .flatMap((path) => SETTINGS_NAMES.map((name) => pathNextTo(path, name)));
}

/**
 * The named file, else the first one where it is looked for, if there is one.
 * Throws {@linkcode UsageError}.
 */
export async function readSettings(
  flags: Pick<RunFlags, "settings">,
  io: Io,
  configPath: string,
): Promise<FoundSettings> {
  const { settings } = flags;
  const isNamed = settings !== undefined;
  for (const path of settingsPaths(flags, io, configPath)) {
    const bytes = await readSettingsBytes(io, path);
    if (!bytes) continue;
    const { decodeDiscoverFile, readDiscoverFile } = await import(
      "../settings/file.ts"
    );
    const text = decodeDiscoverFile(bytes, path);
    const file = await readDiscoverFile(text, path);
    return { file, place: { path, isNamed } };
  }
  if (isNamed) throw new UsageError(`--settings "${settings}": not found`);
  return { file: undefined, place: { path: undefined, isNamed } };
}

/** That this file cannot be read is no error of the config. */
async function readSettingsBytes(
  { store }: Io,
  path: string,
): Promise<Uint8Array | undefined> {
  try {
    const bytes = await store.readOptional(path, MAX_SETTINGS_BYTES);
    if (bytes || !await store.exists(path)) return bytes;
    // A folder, or a link that leads nowhere: this says which.
    return (await store.read(path)).bytes;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { message, hint } = error;
    throw new SettingsError(`settings "${path}": ${bare(message)}`, hint);
  }
}

/** The state alone: the path is said already. */
function bare(message: string): string {
  return message.replace(/^cannot read "(?:[^"\\]|\\.)*": /, "");
}
