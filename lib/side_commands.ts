/**
 * The two commands that ask nobody and leave the config alone: `--init` and
 * `--list-providers`.
 *
 * @module
 */

import { ConfigError, ExitCode } from "./errors.ts";
import {
  findConfig,
  readKeys,
  readSettingsFile,
  settingsPaths,
} from "./gather.ts";
import { initFileText } from "./settings/init_file.ts";
import { jsonText } from "./json_report.ts";
import { refuseKept } from "./kept_files.ts";
import { besideConfig, DEFAULT_CONFIG, SETTINGS_NAME } from "./locate.ts";
import { listJson, listProviders, listText } from "./provider_list.ts";
import { SettingsError } from "./settings/fault.ts";
import type { Audience } from "./tell.ts";

/** Runs one of the two; returns the exit code. */
export async function runSideCommand(audience: Audience): Promise<number> {
  const { flags, io } = audience;
  await io.giveUp("net");
  const found = await findConfig(flags, io).catch((error: unknown) => {
    if (error instanceof ConfigError) return undefined;
    throw error;
  });
  await refuseKept(flags, io, found);
  const configPath = found ?? DEFAULT_CONFIG;
  return flags.action === "init"
    ? await init(audience, configPath)
    : await list(audience, configPath);
}

async function list(
  { flags, io, terminal }: Audience,
  configPath: string,
): Promise<number> {
  const file = await readSettingsFile(flags, io, configPath);
  const keys = await readKeys(flags, io, configPath, file);
  const providers = listProviders(keys, file);
  terminal.data(
    flags.json ? jsonText(listJson(providers)) : listText(providers),
  );
  return ExitCode.done;
}

async function init(
  { flags, io, terminal }: Audience,
  configPath: string,
): Promise<number> {
  // One that a run finds elsewhere would count no more beside a new one.
  for (const there of settingsPaths(flags, io, configPath)) {
    if (!await io.store.exists(there)) continue;
    throw new SettingsError(
      `settings "${there}": already there`,
      "it stays as it is; name another file with --settings",
    );
  }
  const path = flags.settings ?? besideConfig(configPath, SETTINGS_NAME);
  const keys = await readKeys(flags, io, configPath);
  const text = initFileText(listProviders(keys, undefined));
  await io.store.writeOutput(path, new TextEncoder().encode(text));
  terminal.note(`wrote ${path}`);
  return ExitCode.done;
}
