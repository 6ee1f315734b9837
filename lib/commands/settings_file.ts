/**
 * Finds and reads `discover.yaml`, and says which file of that name is not the
 * one that counts.
 *
 * @module
 */

// @ts-types="../types/std_path.d.ts"
import { join } from "@std/path/join";
import type { RunFlags } from "../cli/args.ts";
import { ConfigError, UsageError } from "../errors.ts";
import {
  candidatesNextTo,
  DEFAULT_SETTINGS,
  pathFrom,
  pathNextTo,
  SETTINGS_NAMES,
} from "../files/paths.ts";
import type { Io } from "../io.ts";
import { SettingsError } from "../settings/errors.ts";
import type { DiscoverFile } from "../settings/file.ts";
import type { Warning } from "../warning.ts";

/** A larger `discover.yaml` is not read. */
const MAX_SETTINGS_BYTES = 1024 * 1024;

/** The settings of a run, and what to say of other files of their name. */
export interface FoundSettings {
  readonly file: DiscoverFile | undefined;
  readonly warnings: readonly Warning[];
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
  for (const path of settingsPaths(flags, io, configPath)) {
    const bytes = await readSettingsBytes(io, path);
    if (!bytes) continue;
    const { decodeDiscoverFile, readDiscoverFile } = await import(
      "../settings/file.ts"
    );
    const text = decodeDiscoverFile(bytes, path);
    const file = await readDiscoverFile(text, path);
    const isNamed = settings !== undefined;
    const warnings = isNamed ? [] : await unreadSettings(io, configPath, path);
    return { file, warnings };
  }
  if (settings === undefined) {
    const warnings = await unreadSettings(io, configPath);
    return { file: undefined, warnings };
  }
  throw new UsageError(`--settings "${settings}": not found`);
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

/**
 * Who has settings where they are not looked for, or twice in one folder, may
 * think that they count.
 */
async function unreadSettings(
  { store, workingDir }: Io,
  configPath: string,
  used?: string,
): Promise<Warning[]> {
  const warnings: Warning[] = [];
  for (const path of likelySettings(used, workingDir())) {
    if (!await store.exists(path)) continue;
    if (used !== undefined && await store.isSameFile(path, used)) continue;
    warnings.push(unread(path, used, configPath));
  }
  return warnings;
}

/** Next to the file that is used, and in the working directory; without it. */
function likelySettings(used: string | undefined, folder: string): string[] {
  const nextToUsed = used === undefined
    ? []
    : SETTINGS_NAMES.map((name) => pathNextTo(used, name));
  const paths = [...nextToUsed, ...SETTINGS_NAMES.map((name) => join(name))];
  const places = paths.map((path) => pathFrom(folder, path));
  const usedPlace = used === undefined ? undefined : pathFrom(folder, used);
  return paths.filter((_, at) =>
    places[at] !== usedPlace && places.indexOf(places[at] ?? "") === at
  );
}

function unread(
  path: string,
  used: string | undefined,
  configPath: string,
): Warning {
  const [state, advice] = used === undefined
    ? [`they are looked for next to "${configPath}"`, "move it there"]
    : [`those of "${used}" are used`, "delete one of the two"];
  const named = /\s/.test(path) ? `"${path}"` : path;
  return {
    code: "unread-settings",
    text: `the settings in "${path}" are not read: ${state}`,
    hint: `to use it: --settings ${named}; or ${advice}`,
  };
}
