/**
 * Finds and reads what a run starts from: the config's bytes, `discover.yaml`
 * and the keys. Nobody is asked, and nothing is parsed that a request can do
 * without.
 *
 * @module
 */

import { pathOf, type RunFlags } from "../cli/args.ts";
import type { DiscoverFile } from "../settings/file.ts";
import { ConfigError, UsageError } from "../errors.ts";
import type { Trust } from "../fetch/certificates.ts";
import { SettingsError } from "../settings/errors.ts";
import type { Io } from "../io.ts";
import { KeyRing } from "../keys/key_ring.ts";
import {
  candidatesNextTo,
  configCandidates,
  DEFAULT_CONFIG,
  SETTINGS_NAME,
} from "../files/paths.ts";
import type { Snapshot } from "../files/store.ts";
import { portOf } from "../settings/this_proxy.ts";
import { dropPermissions, type RunContext } from "./context.ts";
import { readTrust } from "./certificate_files.ts";
import { refuseKept } from "./kept_files.ts";
import { keyRing, readKeyFiles, readKeys } from "./key_files.ts";

/** A larger `discover.yaml` is not read. */
const MAX_SETTINGS_BYTES = 1024 * 1024;

/** What LiteLLM is started with. */
export interface StartInputs {
  readonly configPath: string;
  /** Absent where the config could not be read. */
  readonly snapshot: Snapshot | undefined;
  readonly keys: KeyRing;
  /**
   * The port that LiteLLM is to take, where somebody else has it: known a little
   * later, as Windows is slow to say that a port is free. Never rejects.
   */
  readonly busyPort: Promise<number | undefined>;
}

/** What a run starts from. */
export interface RunInputs
  extends StartInputs, Pick<RunFlags, "only" | "timeoutMs"> {
  readonly snapshot: Snapshot;
  readonly settingsFile: DiscoverFile | undefined;
  /** Which certificates count while the providers are asked. */
  readonly trust: Trust;
}

/**
 * The config's path: the named one, or the first that is there. Throws a
 * `ConfigError` where a run needs one, and a `KeptFileError` for a flag that
 * names a file of the run's own to be written.
 */
export async function findConfig(flags: RunFlags, io: Io): Promise<string> {
  const variable = io.environment["DISCOVER_CONFIG"] || undefined;
  const named = flags.config ?? variable;
  const paths = configCandidates({ named, programDir: io.programDir });
  // That a named one is missing shows when it is read.
  const found = named ?? await firstThere(paths, io);
  await refuseKept(flags, io, found);
  if (flags.config === undefined && variable) {
    pathOf("DISCOVER_CONFIG")(variable);
  }
  if (found !== undefined) return found;
  if (["init", "list-providers"].includes(flags.action)) return DEFAULT_CONFIG;
  const state = flags.start ? "not found, and litellm needs one" : "not found";
  throw new ConfigError(state, {
    hint: `looked for ${paths.join(", ")}; name it with --config`,
  });
}

async function firstThere(
  paths: readonly string[],
  { store }: Io,
): Promise<string | undefined> {
  for (const path of paths) if (await store.exists(path)) return path;
  return undefined;
}

/** Where `discover.yaml` is looked for, or the file that is named instead. */
export function settingsPaths(
  { settings }: RunFlags,
  io: Io,
  configPath: string,
): string[] {
  return settings === undefined
    ? candidatesNextTo(SETTINGS_NAME, configPath, io)
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

/** That this file cannot be read is no error of the config. */
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

/**
 * Reads what a run starts from. Throws what makes one impossible; a block is
 * removed whatever `discover.yaml` says.
 */
export async function readInputs(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<RunInputs> {
  const { io } = context;
  const reading = io.store.read(configPath);
  const readingSettings = readSettingsFile(flags, io, configPath)
    .catch((error: unknown) => {
      if (["remove", "undo"].includes(flags.action)) return undefined;
      throw error;
    });
  const readingKeys = readKeyFiles(flags, io, configPath);
  const readingTrust = readTrust(io);
  // At once, but of several errors the first of this order counts.
  await Promise.allSettled([
    reading,
    readingSettings,
    readingKeys,
    readingTrust,
  ]);
  const snapshot = await reading;
  const settingsFile = await readingSettings;
  const keys = keyRing(await readingKeys, io, settingsFile);
  const trust = await readingTrust;
  const busyPort = findBusyPort(context, keys);
  await dropPermissions(context, "inputs");
  return {
    configPath,
    snapshot,
    settingsFile,
    trust,
    keys,
    busyPort,
    only: flags.only,
    ...(flags.timeoutMs !== undefined && { timeoutMs: flags.timeoutMs }),
  };
}

/** The same where {@linkcode readInputs} failed, as far as it can be read. */
export async function readInputsForStart(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<StartInputs> {
  const { io } = context;
  const snapshot = await io.store.read(configPath).catch(() => undefined);
  const file = await readSettingsFile(flags, io, configPath)
    .catch(() => undefined);
  const keys = await readKeys(flags, io, configPath, file)
    .catch(() => new KeyRing(io.environment, [], []));
  const busyPort = findBusyPort(context, keys);
  return { configPath, snapshot, keys, busyPort };
}

/**
 * Nothing where LiteLLM is not started, or nobody else has its port. Whether it
 * may connect is decided as it begins: the network may be given up meanwhile.
 */
async function findBusyPort(
  { io, start, litellmArgs }: RunContext,
  keys: KeyRing,
): Promise<number | undefined> {
  if (!start) return undefined;
  const port = portOf(litellmArgs, keys);
  if (port === undefined) return undefined;
  const isTaken = await io.launcher.isPortTaken(port).catch(() => false);
  return isTaken ? port : undefined;
}
