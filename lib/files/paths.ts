/**
 * Where the config and the files next to it are looked for.
 *
 * @module
 */

// @ts-types="../types/std_path.d.ts"
import { join } from "@std/path/join";
// @ts-types="../types/std_path.d.ts"
import { dirname } from "@std/path/dirname";

/** The key files that are looked for; the first one wins. */
export const KEY_FILE_NAMES = ["set-env.ps1", ".env"] as const;

/**
 * The usual names of a config in the working directory. The first one wins; of
 * the others there may be only one. `start-proxy.ps1` has the same list.
 */
export const CONFIG_NAMES = [
  "config.yaml",
  "config.yml",
  "litellm_config.yaml",
  "litellm-config.yaml",
  "litellm.yaml",
  "proxy_config.yaml",
  "litellm/config.yaml",
  "config/litellm.yaml",
  "configs/litellm.yaml",
  "config/litellm_config.yaml",
] as const;

/** The config's usual name. */
export const DEFAULT_CONFIG = CONFIG_NAMES[0];

/** The files with settings that are looked for in a folder; the first one wins. */
export const SETTINGS_NAMES = ["discover.yaml", "discover.yml"] as const;

/** The settings' usual name. */
export const DEFAULT_SETTINGS = SETTINGS_NAMES[0];

/** Where the program is and which config was named. */
export interface SearchPaths {
  /** `--config`, else `DISCOVER_CONFIG`. */
  readonly named: string | undefined;
  /** The folder of the executable. */
  readonly programDir: string;
}

/** Where the program is and where it runs. */
export interface ProgramPlace {
  /** The folder of the executable. */
  readonly programDir: string;
  /** The folder that relative paths count from. */
  readonly workingDir: () => string;
}

/** The paths at which a config is looked for, in order. */
export function configCandidates({ named, programDir }: SearchPaths): string[] {
  return named === undefined
    ? [...configsHere(), ...configsOfProgram(programDir)]
    : [named];
}

/** The usual configs in the working directory, as this system writes paths. */
export function configsHere(): string[] {
  return CONFIG_NAMES.map((name) => join(name));
}

/** The configs that count where the working directory has none. */
export function configsOfProgram(programDir: string): string[] {
  return [
    join(programDir, DEFAULT_CONFIG),
    join(programDir, "..", DEFAULT_CONFIG),
  ];
}

/**
 * Where a file such as `.env` is looked for: next to the config, then in the
 * folder above `config` or `configs`, then next to the program.
 */
export function candidatesNextTo(
  name: string,
  configPath: string,
  { programDir, workingDir }: ProgramPlace,
): string[] {
  const above = folderAbove(configPath, workingDir);
  const folders = [
    dirname(configPath),
    ...(above === undefined ? [] : [above]),
    programDir,
  ];
  const paths = folders.map((folder) => join(folder, name));
  // A file read twice would be warned about twice.
  const places = paths.map((path) => pathFrom(workingDir(), path));
  return paths.filter((_, at) => places.indexOf(places[at] ?? "") === at);
}

/**
 * The folder above the config's own, if that is named `config` or `configs`,
 * as in a repository where the other files are one level up. The folder above
 * any other one has nothing to do with the config.
 */
export function folderAbove(
  configPath: string,
  workingDir: () => string,
): string | undefined {
  const folder = dirname(configPath);
  const isPart = /(?:^|[/\\])configs?[/\\]?$/i
    .test(pathFrom(workingDir(), folder));
  return isPart ? join(folder, "..") : undefined;
}

/** A path that the config names, relative to the config's folder. */
export function pathNextTo(configPath: string, path: string): string {
  return pathFrom(dirname(configPath), path);
}

/** The last part of a path, whichever system wrote it. */
export function fileName(path: string): string {
  return path.replace(/^.*[\\/]/s, "");
}

/** A path that counts from a folder, unless it is absolute. */
export function pathFrom(folder: string, path: string): string {
  const isAbsolute = /^([/\\]|[A-Za-z]:)/.test(path);
  return isAbsolute ? join(path) : join(folder, path);
}
