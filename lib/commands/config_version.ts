/**
 * One version of the config file, read with all that it includes and found
 * editable. Another program may save it anew while a run is at work, so that
 * there may be more than one.
 *
 * @module
 */

import type { PreviousBlock } from "../block/previous.ts";
import { assertNotAnothers } from "../config/another_program.ts";
import {
  assertNoBlockElsewhere,
  assertNoOrphans,
  type Config,
  readConfig,
  readPreviousBlockFrom,
  withIncludes,
} from "../config/config.ts";
import {
  doubtfulBytes,
  followIncludes,
  type Includes,
} from "../config/includes.ts";
import { repairConfig } from "../config/repair.ts";
import { turn } from "../fetch/turn.ts";
import type { Snapshot } from "../files/store.ts";
import type { Io } from "../io.ts";
import type { ValueOf } from "../litellm/references.ts";
import { statedIn } from "../keys/config_lines.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import type { JsonObject } from "../text/fields.ts";
import type { RunContext } from "./context.ts";
import { refuseIncluded } from "./kept_files.ts";
import { variableReader } from "./key_files.ts";
import type { KnownConfig } from "./keys_and_proxy.ts";

/** The file as it was at one moment, and the block that it had. */
export interface ConfigVersion {
  readonly snapshot: Snapshot;
  readonly config: Config;
  /** The block whose sections stay for providers that do not answer. */
  readonly previous: PreviousBlock;
}

const MAX_INCLUDE_BYTES = 8 * 1024 * 1024;

/** Reads a version. Throws `ConfigError` for one that cannot be edited safely. */
export async function openVersion(
  context: RunContext,
  snapshot: Snapshot,
  keys: KeyRing,
): Promise<ConfigVersion> {
  const { action } = context;
  const isRemoval = action === "remove";
  const read = action === "repair" ? repairConfig : readConfig;
  // A removal has no requests under way.
  const config = await read(snapshot.bytes, isRemoval ? undefined : turn);
  if (!isRemoval) {
    assertNoOrphans(config);
    if (!context.isConfigNamed) assertNotAnothers(config, snapshot.path);
  }
  const whole = await readWhole(context, snapshot.path, config, keys);
  // A block in an included file is not this config's to remove.
  if (!isRemoval || whole.region.kind === "new") assertNoBlockElsewhere(whole);
  const previous = isRemoval
    ? whole.previous
    : await previousFor(context, whole);
  return { snapshot, config: whole, previous };
}

/** The config with all that it includes, none of which a flag may name. */
async function readWhole(
  { io, targets }: RunContext,
  path: string,
  config: Config,
  keys: KeyRing,
): Promise<Config> {
  const includes = await readIncludes(io, path, config.userConfig);
  await refuseIncluded(targets, io.store, includes.paths);
  return withIncludes(config, includes, variableReader(io, keys));
}

/** With `--output` the block of an earlier run is in that file. */
async function previousFor(
  { io, destination }: RunContext,
  config: Config,
): Promise<PreviousBlock> {
  if (destination.kind !== "output" || config.region.kind === "existing") {
    return config.previous;
  }
  const bytes = await io.store.readOptional(destination.path);
  return bytes ? await readPreviousBlockFrom(bytes) : config.previous;
}

/** The config with all that it includes, to look at. Throws `ConfigError`. */
export async function wholeConfig(io: Io, configPath: string): Promise<Config> {
  const { bytes } = await io.store.read(configPath);
  return await withItsIncludes(io, configPath, await readConfig(bytes));
}

/** A config, together with all that it includes. */
export async function withItsIncludes(
  io: Io,
  configPath: string,
  config: Omit<Config, "includes" | "merged" | "userEntries">,
  valueOf?: ValueOf,
): Promise<Config> {
  const includes = await readIncludes(io, configPath, config.userConfig);
  return withIncludes(config, includes, valueOf);
}

/** The files that the config includes. */
async function readIncludes(
  { store, workingDir }: Io,
  configPath: string,
  config: JsonObject,
): Promise<Includes> {
  const read = (path: string): Promise<Uint8Array | undefined> =>
    store.readOptional(path, MAX_INCLUDE_BYTES);
  return await followIncludes(config, { configPath, workingDir, read });
}

/** What of a config decides about keys. */
export function knownConfig(
  { asRead, merged, includes }: Config,
  configPath: string,
): KnownConfig {
  const doubtful = doubtfulBytes(includes);
  const { bytes } = asRead;
  const { file } = merged.placeOf(["environment_variables"]);
  return {
    config: merged.value,
    statedIn: statedIn(file ?? { path: configPath, bytes }),
    doubtful,
  };
}
