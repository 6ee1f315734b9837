/**
 * Finds and reads the files of a run: the config, the files with keys beside it
 * and the ones that it includes.
 *
 * @module
 */

import { pathOf, type RunFlags } from "../cli/args.ts";
import { withConfigVariables } from "../keys/config_variables.ts";
import type { DiscoverFile } from "../settings/file.ts";
import { ConfigError, UsageError } from "../errors.ts";
import type { ValueOf } from "../config/user_entries.ts";
import { SettingsError } from "../settings/errors.ts";
import type { Io } from "../io.ts";
import { isScript, type KeyFile, KeyRing } from "../keys/key_ring.ts";
import { decodeEnvFile, readDotEnv } from "../keys/dotenv.ts";
import { followIncludes, type Includes } from "../config/includes.ts";
import {
  besideCandidates,
  configCandidates,
  KEY_FILE_NAMES,
  SETTINGS_NAME,
} from "../files/paths.ts";
import type { JsonObject } from "../text/fields.ts";
import { type ThisProxy, thisProxy } from "../settings/this_proxy.ts";
import { isReadable } from "../providers/variables.ts";

/** Files with keys are small; a larger one is not read. */
const MAX_SETTINGS_BYTES = 1024 * 1024;
const MAX_KEY_FILE_BYTES = 1024 * 1024;
const MAX_INCLUDE_BYTES = 8 * 1024 * 1024;

/** The config's path: the named one, or the first that is there. */
export async function findConfig(flags: RunFlags, io: Io): Promise<string> {
  const variable = io.environment["DISCOVER_CONFIG"];
  const named = flags.config ??
    (variable && pathOf("DISCOVER_CONFIG")(variable));
  const { programDir } = io;
  const paths = configCandidates({ named, programDir });
  // That a named one is missing shows when it is read.
  if (named !== undefined) return named;
  for (const path of paths) {
    if (await io.store.exists(path)) return path;
  }
  const state = flags.start ? "not found, and litellm needs one" : "not found";
  throw new ConfigError(state, {
    hint: `looked for ${paths.join(", ")}; name it with --config`,
  });
}

/** Where `discover.yaml` is looked for, or the file that is named instead. */
export function settingsPaths(
  { settings }: RunFlags,
  io: Io,
  configPath: string,
): string[] {
  return settings === undefined
    ? besideCandidates(SETTINGS_NAME, configPath, io)
    : [settings];
}

/**
 * `discover.yaml`: the named file, else the first one where it is looked for, if
 * there is one. Throws {@linkcode UsageError}.
 */
export async function readSettingsFile(
  flags: RunFlags,
  io: Io,
  configPath: string,
): Promise<DiscoverFile | undefined> {
  const { settings } = flags;
  for (const path of settingsPaths(flags, io, configPath)) {
    const bytes = await readSettingsBytes(io, path);
    if (!bytes) continue;
    const { readDiscoverFile } = await import("../settings/file.ts");
    return await readDiscoverFile(new TextDecoder().decode(bytes), path);
  }
  if (settings === undefined) return undefined;
  throw new UsageError(`--settings "${settings}": not found`);
}

/** The config is not at fault where this file cannot be read. */
async function readSettingsBytes(
  io: Io,
  path: string,
): Promise<Uint8Array | undefined> {
  try {
    return await io.store.readOptional(path, MAX_SETTINGS_BYTES);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new SettingsError(`settings: ${error.message}`, error.hint);
  }
}

/** Keys from the environment and all files that may hold some. */
export async function readKeys(
  { envFiles }: RunFlags,
  io: Io,
  configPath: string,
  settings?: DiscoverFile,
): Promise<KeyRing> {
  const { files, lookedFor } = envFiles === "none"
    ? { files: [], lookedFor: [] }
    : await readKeyFiles(envFiles, io, configPath);
  const named = (settings?.keyVariables ?? []).map((variable) =>
    [variable, io.variable(variable)] as const
  );
  const assigned = files.flatMap(({ assignments, computed }) =>
    [...assignments, ...computed].flatMap(({ name }) => {
      const value = readVariable(io, name);
      return value === undefined ? [] : [[name, value] as const];
    })
  );
  const environment = {
    ...io.environment,
    ...Object.fromEntries([...named, ...assigned]),
  };
  return new KeyRing(environment, files, lookedFor);
}

/** The named files, the last one first, and those that are looked for. */
async function readKeyFiles(
  named: readonly string[],
  io: Io,
  configPath: string,
): Promise<{ readonly files: KeyFile[]; readonly lookedFor: string[] }> {
  const files: KeyFile[] = [];
  const lookedFor: string[] = [];
  for (const path of named.toReversed()) {
    const file = await readKeyFile(io, path, true);
    if (!file) throw new UsageError(`--env-file "${path}": not found`);
    files.push(file);
  }
  for (const name of KEY_FILE_NAMES) {
    for (const path of besideCandidates(name, configPath, io)) {
      lookedFor.push(path);
      const file = await readKeyFile(io, path, name !== ".env");
      if (file) files.push(file);
    }
  }
  return { files, lookedFor };
}

async function readKeyFile(
  io: Io,
  path: string,
  wins: boolean,
): Promise<KeyFile | undefined> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await io.store.readOptional(path, MAX_KEY_FILE_BYTES);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const nothing = { assignments: [], computed: [], odd: [] };
    return { ...nothing, path, wins, fault: error.message };
  }
  if (!bytes) return undefined;
  const text = decodeEnvFile(bytes);
  if (!isScript(path)) return { ...readDotEnv(text), path, wins };
  const { readPowerShellEnv } = await import("../keys/powershell.ts");
  return { ...readPowerShellEnv(text), path, wins };
}

/**
 * What a variable will be for LiteLLM, as far as can be known: the program may
 * not read every variable, but any that a key file assigns.
 */
export function variableReader(io: Io, keys: KeyRing): ValueOf {
  return (name) => keys.find([name])?.value.reveal() ?? readVariable(io, name);
}

/**
 * The keys with those that the config states, and what is known of the proxy
 * that it is for. `config` is the whole, its includes merged.
 */
export function withConfigOf(
  { litellmArgs }: RunFlags,
  io: Io,
  apart: KeyRing,
  { config, configPath }: {
    readonly config: JsonObject;
    readonly configPath: string;
  },
): { readonly keys: KeyRing; readonly proxy: ThisProxy } {
  const keys = withConfigVariables(apart, {
    config,
    configPath,
    valueOf: variableReader(io, apart),
  });
  const valueOf = variableReader(io, keys);
  return { keys, proxy: thisProxy(litellmArgs, keys, { config, valueOf }) };
}

/** A variable of the environment; nothing where it may not be read. */
function readVariable(io: Io, name: string): string | undefined {
  // Windows takes small letters for the same, and so do its permissions.
  const known = io.build.os === "windows" ? name.toUpperCase() : name;
  return isReadable(known) ? io.variable(known) : undefined;
}

/** The files that the config includes. */
export async function readIncludes(
  { store, workingDir }: Io,
  configPath: string,
  config: JsonObject,
): Promise<Includes> {
  const read = (path: string): Promise<Uint8Array | undefined> =>
    store.readOptional(path, MAX_INCLUDE_BYTES);
  return await followIncludes(config, { configPath, workingDir, read });
}
