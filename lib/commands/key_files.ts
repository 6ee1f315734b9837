/**
 * Finds and reads the files that may hold keys, next to the config and where a
 * flag says so.
 *
 * @module
 */

import type { RunFlags } from "../cli/command.ts";
import type { ValueOf } from "../litellm/references.ts";
import type { LitellmEnvironment } from "../doctor/input.ts";
import { ConfigError, UsageError } from "../errors.ts";
import { candidatesNextTo, KEY_FILE_NAMES } from "../files/paths.ts";
import type { Io } from "../io.ts";
import { isScript, type KeyFile, KeyRing } from "../keys/key_ring.ts";
import { isReadable } from "../providers/variables.ts";
import type { DiscoverFile } from "../settings/file.ts";

/** Files with keys are small; a larger one is not read. */
const MAX_KEY_FILE_BYTES = 1024 * 1024;

/** The files with keys that are there, and where they were looked for. */
export interface KeyFiles {
  readonly files: readonly KeyFile[];
  readonly lookedFor: readonly string[];
}

/** Keys from the environment and all files that may hold some. */
export async function readKeys(
  flags: RunFlags,
  io: Io,
  configPath: string,
  settings?: DiscoverFile,
): Promise<KeyRing> {
  return keyRing(await readKeyFiles(flags, io, configPath), io, settings);
}

/** The keys of these files and of the environment. */
export function keyRing(
  { files, lookedFor }: KeyFiles,
  io: Io,
  settings?: DiscoverFile,
): KeyRing {
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
export async function readKeyFiles(
  { envFiles }: Pick<RunFlags, "envFiles">,
  io: Io,
  configPath: string,
): Promise<KeyFiles> {
  if (envFiles === "none") return { files: [], lookedFor: [] };
  const named = envFiles.toReversed().map((path) => ({ path, wins: true }));
  const usual = KEY_FILE_NAMES.flatMap((name) =>
    candidatesNextTo(name, configPath, io)
      .map((path) => ({ path, wins: name !== ".env" }))
  );
  const found = await Promise.all(
    [...named, ...usual].map(({ path, wins }) => readKeyFile(io, path, wins)),
  );
  const missing = named.find((_, at) => found[at] === undefined);
  if (missing) throw new UsageError(`--env-file "${missing.path}": not found`);
  return {
    files: found.filter((file) => file !== undefined),
    lookedFor: [...named, ...usual].map(({ path }) => path),
  };
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
    return { ...nothing, path, wins, error: error.message };
  }
  if (!bytes) return undefined;
  const { decodeEnvFile, readDotEnv } = await import("../keys/dotenv.ts");
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

/** The variables with which LiteLLM reads its config where this run starts it. */
export function litellmEnvironment(io: Io, keys: KeyRing): LitellmEnvironment {
  return {
    valueOf: variableReader(io, keys),
    mayRead: (name) =>
      isReadable(nameHere(io, name)) && !keys.isSetByCode(name),
  };
}

/** A variable of the environment; nothing where it may not be read. */
function readVariable(io: Io, name: string): string | undefined {
  const known = nameHere(io, name);
  return isReadable(known) ? io.variable(known) : undefined;
}

/** Windows takes small letters for the same, and so do its permissions. */
function nameHere({ build }: Io, name: string): string {
  return build.os === "windows" ? name.toUpperCase() : name;
}
