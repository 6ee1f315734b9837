/**
 * The two commands that ask nobody and leave the config alone: `--init` and
 * `--list-providers`.
 *
 * @module
 */

import type { RunFlags } from "../cli/args.ts";
import { readConfig, withIncludes } from "../config/config.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import { readIncludes, withConfigOf } from "./config_version.ts";
import type { RunContext } from "./context.ts";
import { findConfig, readSettingsFile, settingsPaths } from "./inputs.ts";
import { readKeys } from "./key_files.ts";
import { initFileText } from "./init_file.ts";
import type { Io } from "../io.ts";
import { jsonText } from "../report/json.ts";
import { refuseKept } from "./kept_files.ts";
import { besideConfig, DEFAULT_CONFIG, SETTINGS_NAME } from "../files/paths.ts";
import {
  type ListedProvider,
  listJson,
  listProviders,
  listText,
} from "./list_providers.ts";
import type { JsonObject } from "../text/fields.ts";
import type { DiscoverFile } from "../settings/file.ts";
import { SettingsError } from "../settings/errors.ts";

/** Runs one of the two; returns the exit code. */
export async function runSideCommand(
  context: RunContext,
  flags: RunFlags,
): Promise<number> {
  const { io } = context;
  const found = await findConfig(flags, io).catch((error: unknown) => {
    if (error instanceof ConfigError) return undefined;
    throw error;
  });
  await refuseKept(flags, io, found);
  const configPath = found ?? DEFAULT_CONFIG;
  return flags.action === "init"
    ? await init(context, flags, configPath)
    : await list(context, flags, configPath);
}

async function list(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<number> {
  const { io, terminal } = context;
  const file = await readSettingsFile(flags, io, configPath);
  const providers = await providersFor(context, flags, configPath, file);
  terminal.data(
    flags.json ? jsonText(listJson(providers)) : listText(providers),
  );
  return ExitCode.done;
}

async function init(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<number> {
  const { io, terminal } = context;
  // One that a run finds elsewhere would count no more beside a new one.
  for (const there of settingsPaths(flags, io, configPath)) {
    if (!await io.store.exists(there)) continue;
    throw new SettingsError(
      `settings "${there}": already there`,
      "it stays as it is; name another file with --settings",
    );
  }
  const path = flags.settings ?? besideConfig(configPath, SETTINGS_NAME);
  const text = initFileText(await providersFor(context, flags, configPath));
  await io.store.writeOutput(path, new TextEncoder().encode(text));
  terminal.note(`wrote ${path}`);
  return ExitCode.done;
}

/** All providers, and how they stand; the config need not be sound for that. */
async function providersFor(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
  file?: DiscoverFile,
): Promise<ListedProvider[]> {
  const { io } = context;
  const config = await wholeConfig(io, configPath).catch((error: unknown) => {
    if (error instanceof ConfigError) return {};
    throw error;
  });
  const apart = await readKeys(flags, io, configPath, file);
  const { keys, proxy } = withConfigOf(context, apart, {
    config,
    configPath,
  });
  return listProviders(keys, file, proxy);
}

async function wholeConfig(io: Io, configPath: string): Promise<JsonObject> {
  const { bytes } = await io.store.read(configPath);
  const config = await readConfig(bytes);
  const includes = await readIncludes(io, configPath, config.userConfig);
  return withIncludes(config, includes).merged.value;
}
