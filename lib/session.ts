/**
 * What the steps of a run share, read before anything is asked: the config,
 * the settings file and the keys.
 *
 * @module
 */

import { UsageError } from "./errors.ts";
import { readKeys, readSettingsFile } from "./gather.ts";
import type { KeyRing } from "./key_ring.ts";
import { proxyPort } from "./litellm.ts";
import type { DiscoverFile } from "./settings/discover_file.ts";
import type { Snapshot } from "./store.ts";
import type { Audience } from "./tell.ts";

/** What the steps of a run share. */
export interface Session extends Audience {
  readonly startedMs: number;
  readonly snapshot: Snapshot;
  /** A fault in it is told when the settings are needed. */
  readonly settingsFile: Promise<DiscoverFile | undefined>;
  readonly keys: KeyRing;
  readonly ownVariables: readonly string[];
  /** Asked before the network is given up: LiteLLM would take another port. */
  readonly isPortTaken: Promise<boolean>;
}

/** Reads what there is. Throws what makes a run impossible. */
export async function openSession(
  audience: Audience,
  configPath: string,
  startedMs: number,
): Promise<Session> {
  const { flags, io } = audience;
  const snapshot = await io.store.read(configPath);
  if (flags.logFile === configPath) {
    throw new UsageError(`--log-file "${configPath}": that is the config`);
  }
  const settingsFile = readSettingsFile(flags, io, configPath);
  const known = await settingsFile.catch(() => undefined);
  const keys = await readKeys(flags, io, configPath, known);
  const port = flags.start
    ? proxyPort(flags.litellmArgs, io.environment["PORT"])
    : undefined;
  const isPortTaken = port === undefined
    ? Promise.resolve(false)
    : io.launcher.isPortTaken(port);
  const ownVariables = known?.keyVariables ?? [];
  const gathered = { startedMs, snapshot, settingsFile, keys };
  return { ...audience, ...gathered, ownVariables, isPortTaken };
}
