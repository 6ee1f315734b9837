/**
 * Reads what a run starts from: the config's bytes, `discover.yaml` and the keys.
 * Nobody is asked, and nothing is parsed that a request can do without.
 *
 * @module
 */

import type { RunFlags } from "../cli/command.ts";
import type { DiscoverFile } from "../settings/file.ts";
import type { Trust } from "../fetch/certificates.ts";
import { KeyRing } from "../keys/key_ring.ts";
import type { Snapshot } from "../files/store.ts";
import { portOf } from "../settings/this_proxy.ts";
import { dropPermissions, type RunContext } from "./context.ts";
import { readTrust } from "./certificate_files.ts";
import { keyRing, readKeyFiles, readKeys } from "./key_files.ts";
import {
  type FoundSettings,
  readSettings,
  type SettingsPlace,
} from "./settings_file.ts";

const NO_SETTINGS: FoundSettings = {
  file: undefined,
  place: { path: undefined, isNamed: false },
};

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
  extends StartInputs, Pick<RunFlags, "only" | "timeoutMs" | "acceptShrink"> {
  readonly snapshot: Snapshot;
  readonly settingsFile: DiscoverFile | undefined;
  readonly settingsPlace: SettingsPlace;
  /** Which certificates count while the providers are asked. */
  readonly trust: Trust;
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
  const readingSettings = readSettings(flags, io, configPath)
    .catch((error: unknown) => {
      if (["remove", "undo"].includes(flags.action)) return NO_SETTINGS;
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
  const { file: settingsFile, place } = await readingSettings;
  const keys = keyRing(await readingKeys, io, settingsFile);
  const trust = await readingTrust;
  const busyPort = findBusyPort(context, keys);
  await dropPermissions(context, "inputs");
  return {
    configPath,
    snapshot,
    settingsFile,
    settingsPlace: place,
    trust,
    keys,
    busyPort,
    only: flags.only,
    acceptShrink: flags.acceptShrink,
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
  const { file } = await readSettings(flags, io, configPath)
    .catch(() => NO_SETTINGS);
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
