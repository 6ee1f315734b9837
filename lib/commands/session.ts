/**
 * What the steps of a run share, read before anything is asked: the config,
 * the settings file and the keys.
 *
 * @module
 */

import { readKeys, readSettingsFile } from "./inputs.ts";
import type { HandOverRequest } from "./start.ts";
import { KeyRing } from "../keys/key_ring.ts";
import type { DiscoverFile } from "../settings/file.ts";
import type { Snapshot } from "../files/store.ts";
import type { RunContext } from "./emit.ts";
import { portOf } from "../settings/this_proxy.ts";

/** What the steps of a run share. */
export interface RunInputs extends RunContext {
  readonly startedMs: number;
  readonly snapshot: Snapshot;
  /** A fault in it is told when the settings are needed. */
  readonly settingsFile: Promise<DiscoverFile | undefined>;
  readonly keys: KeyRing;
  /** Asked before the network is given up: LiteLLM would take another port. */
  readonly isPortTaken: Promise<boolean>;
}

/** Reads what there is. Throws what makes a run impossible. */
export async function openSession(
  audience: RunContext,
  configPath: string,
  startedMs: number,
): Promise<RunInputs> {
  const { flags, io } = audience;
  const snapshot = await io.store.read(configPath);
  const settingsFile = readSettingsFile(flags, io, configPath);
  const known = await settingsFile.catch(() => undefined);
  const keys = await readKeys(flags, io, configPath, known);
  const isPortTaken = askForPort(audience, keys);
  const gathered = { startedMs, snapshot, settingsFile, keys };
  return { ...audience, ...gathered, isPortTaken };
}

/**
 * What there is to start the proxy with where {@linkcode openSession} failed:
 * the keys, as far as they can be read. Never fails.
 */
export async function openForStart(
  audience: RunContext,
  configPath: string,
): Promise<HandOverRequest> {
  const { flags, io } = audience;
  const file = await readSettingsFile(flags, io, configPath)
    .catch(() => undefined);
  const keys = await readKeys(flags, io, configPath, file)
    .catch(() => new KeyRing(io.environment, [], []));
  const isPortTaken = askForPort(audience, keys);
  const snapshot = { path: configPath, bytes: undefined };
  return { ...audience, snapshot, keys, isPortTaken };
}

async function askForPort(
  { flags, io }: RunContext,
  keys: KeyRing,
): Promise<boolean> {
  if (!flags.start) return false;
  const port = portOf(flags.litellmArgs, keys);
  if (port === undefined) return false;
  return await io.launcher.isPortTaken(port).catch(() => false);
}
