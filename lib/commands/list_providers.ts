/**
 * `--list-providers`: all providers, which are on, and which have a key. Nobody
 * is asked.
 *
 * @module
 */

import type { RunFlags } from "../cli/args.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import { jsonText, SCHEMA_VERSION } from "../report/json.ts";
import type { DiscoverFile } from "../settings/file.ts";
import {
  type ListedProvider,
  listedProviders,
} from "../settings/listed_provider.ts";
import { knownConfig, wholeConfig } from "./config_version.ts";
import type { RunContext } from "./context.ts";
import { readSettingsFile } from "./inputs.ts";
import { readKeys } from "./key_files.ts";
import { keysAndProxy } from "./keys_and_proxy.ts";

/** Prints the list; returns the exit code. */
export async function listProviders(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<ExitCode> {
  const { io, output, terminal } = context;
  const file = await readSettingsFile(flags, io, configPath);
  const providers = await providersFor(context, flags, configPath, file);
  const data = output.json
    ? jsonText(listJson(providers))
    : listText(providers);
  terminal.data(data);
  return ExitCode.done;
}

/** All providers with their state; the config need not be sound for that. */
export async function providersFor(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
  file?: DiscoverFile,
): Promise<ListedProvider[]> {
  const { io } = context;
  const known = await wholeConfig(io, configPath).catch((error: unknown) => {
    if (error instanceof ConfigError) return undefined;
    throw error;
  });
  const apart = await readKeys(flags, io, configPath, file);
  const { keys, proxy } = keysAndProxy(
    context,
    apart,
    known && knownConfig(known, configPath),
  );
  return listedProviders(keys, file, proxy);
}

/** The list as a table for a person. */
function listText(providers: readonly ListedProvider[]): string {
  const rows = providers.map((provider) => [
    provider.id,
    provider.isOn ? "on" : "off",
    keyWord(provider),
    provider.keyVariables.join(" or ") || "-",
  ]);
  const all = [["provider", "state", "key", "variable"], ...rows];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0))
  );
  return all.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")
      .trimEnd() + "\n"
  ).join("");
}

function keyWord({ keyFound, needsKey }: ListedProvider): string {
  if (keyFound !== undefined) return "found";
  return needsKey ? "not found" : "not needed";
}

/** The list as the object of `--json`. */
export function listJson(
  providers: readonly ListedProvider[],
): Record<string, unknown> {
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "providers",
    providers: providers.map((provider) => ({
      id: provider.id,
      title: provider.title,
      on: provider.isOn,
      keyVariables: provider.keyVariables,
      keyFound: provider.keyFound ?? null,
      keyNeeded: provider.needsKey,
    })),
  };
}
