/**
 * Which file is the config: the one that is named, or one of a usual name. Of
 * several none is taken, since the wrong one would be written to.
 *
 * @module
 */

import { pathOf } from "../cli/args.ts";
import type { RunFlags } from "../cli/command.ts";
import {
  configCandidates,
  configsHere,
  configsOfProgram,
  DEFAULT_CONFIG,
} from "../files/paths.ts";
import type { Io } from "../io.ts";
import { refuseKept } from "./kept_files.ts";

/** The path that the user states: `--config`, else `DISCOVER_CONFIG`. */
export function namedConfig(
  { config }: Pick<RunFlags, "config">,
  { environment }: Pick<Io, "environment">,
): string | undefined {
  return config ?? (environment["DISCOVER_CONFIG"] || undefined);
}

/**
 * The config's path: the named one, or the one that is there. Throws a
 * `ConfigError` where a run needs one and there is none, or more than one, and a
 * `KeptFileError` for a flag that names a file of the run's own to be written.
 */
export async function findConfig(flags: RunFlags, io: Io): Promise<string> {
  const named = namedConfig(flags, io);
  // That a named one is missing shows when it is read.
  const found = named === undefined ? await usualConfigs(io) : [named];
  const [path, second] = found;
  await refuseKept(flags, io, second === undefined ? path : undefined);
  if (flags.config === undefined && named !== undefined) {
    pathOf("DISCOVER_CONFIG")(named);
  }
  if (second !== undefined) {
    const { severalError } = await import("./config_refusals.ts");
    throw severalError(found, flags);
  }
  if (path !== undefined) return path;
  if (["init", "list-providers"].includes(flags.action)) return DEFAULT_CONFIG;
  const { missingError } = await import("./config_refusals.ts");
  throw missingError(configCandidates({ named, ...io }), flags);
}

/**
 * `config.yaml`; without it all others of a usual name, those that are one file
 * once; without these the first one next to the program.
 */
async function usualConfigs({ store, programDir }: Io): Promise<string[]> {
  if (await store.exists(DEFAULT_CONFIG)) return [DEFAULT_CONFIG];
  const here: string[] = [];
  for (const path of configsHere()) {
    if (await store.exists(path) && !await isAmong(path, here, store)) {
      here.push(path);
    }
  }
  if (here.length > 0) return here;
  for (const path of configsOfProgram(programDir)) {
    if (await store.exists(path)) return [path];
  }
  return [];
}

async function isAmong(
  path: string,
  others: readonly string[],
  store: Io["store"],
): Promise<boolean> {
  for (const other of others) {
    if (await store.isSameFile(path, other)) return true;
  }
  return false;
}
