/**
 * Where the config and the files beside it are looked for.
 *
 * @module
 */

// @ts-types="./types/std_path.d.ts"
import { join } from "@std/path/join";
// @ts-types="./types/std_path.d.ts"
import { dirname } from "@std/path/dirname";

/** The files with keys that are looked for; the first one wins. */
export const KEY_FILE_NAMES = ["set-env.ps1", ".env"] as const;

/** The config where none is named, in the working directory. */
export const DEFAULT_CONFIG = "config.yaml";

/** The file with settings that is looked for. */
export const SETTINGS_NAME = "discover.yaml";

/** Where the program is and what it was told. */
export interface Places {
  /** `--config`, else `DISCOVER_CONFIG`. */
  readonly named: string | undefined;
  /** The folder of the executable. */
  readonly programDir: string;
}

/** The paths at which a config is looked for, in order. */
export function configCandidates({ named, programDir }: Places): string[] {
  if (named !== undefined) return [named];
  return [
    DEFAULT_CONFIG,
    join(programDir, DEFAULT_CONFIG),
    join(programDir, "..", DEFAULT_CONFIG),
  ];
}

/** Where a file such as `.env` is looked for: beside the config, then beside the program. */
export function besideCandidates(
  name: string,
  configPath: string,
  programDir: string,
): string[] {
  const paths = [join(dirname(configPath), name), join(programDir, name)];
  return [...new Set(paths)];
}

/** A path that the config names, relative to the config's folder. */
export function besideConfig(configPath: string, path: string): string {
  const isAbsolute = /^([/\\]|[A-Za-z]:)/.test(path);
  return isAbsolute ? join(path) : join(dirname(configPath), path);
}
