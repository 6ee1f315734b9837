/**
 * `--list-providers`: all providers, which are on, and which have a key from
 * where. Nobody is asked.
 *
 * @module
 */

import type { RunFlags } from "../cli/command.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import { jsonText, SCHEMA_VERSION } from "../report/json.ts";
import type { DiscoverFile } from "../settings/file.ts";
import {
  type ListedProvider,
  listedProviders,
} from "../settings/listed_provider.ts";
import { type Layout, type Line, span } from "../terminal/layout.ts";
import { knownConfig, wholeConfig } from "./config_version.ts";
import type { RunContext } from "./context.ts";
import { readKeys } from "./key_files.ts";
import { keysAndProxy } from "./keys_and_proxy.ts";
import { readSettings } from "./settings_file.ts";
import { unreadSettings } from "./unread_settings.ts";

/** Prints the list; returns the exit code. */
export async function listProviders(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<ExitCode> {
  const { io, output, terminal } = context;
  const { file, place } = await readSettings(flags, io, configPath);
  const unread = await unreadSettings(io, configPath, place);
  for (const warning of unread) terminal.warn(warning);
  const providers = await providersFor(context, flags, configPath, file);
  if (output.json) terminal.data(jsonText(listJson(providers)));
  else terminal.show((layout) => listLines(providers, layout));
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

/**
 * The list as a table for a person: a row for each provider, and more below it
 * for a key that is not used and for a base that is not the usual one.
 */
export function listLines(
  providers: readonly ListedProvider[],
  layout: Layout,
): Line[] {
  const rows = providers.flatMap((provider): Row[] => [
    [provider.id, provider.isOn ? "on" : "off", keyText(provider)],
    ...[computedText(provider), provider.keyProblem?.where, provider.baseFrom]
      .flatMap((more): Row[] =>
        more === undefined ? [] : [["", "", shortened(more)]]
      ),
  ]);
  const all: readonly Row[] = [["provider", "state", "key"], ...rows];
  const idCells = Math.max(...all.map(([id]) => id.length));
  const stateCells = Math.max(...all.map(([, state]) => state.length));
  return all.flatMap(([id, state, key]) => {
    const lead = `${id.padEnd(idCells)}  ${state.padEnd(stateCells)}  `;
    // Where the last column is too narrow, its lines go on below the first.
    const isTight = id === "" && lead.length * 2 > layout.width;
    return layout.wrap([span(isTight ? "    " : lead)], [span(key)]);
  });
}

type Row = readonly [id: string, state: string, key: string];

function computedText({ computedOver }: ListedProvider): string | undefined {
  return computedOver && `${computedOver} computes another`;
}

/** A line of the config is enough for a person, and fits into 80 columns. */
function shortened(text: string): string {
  return text.replace(" environment_variables in ", " ");
}

function keyText(
  { keyVariables, keyFound, keyFrom, keyProblem, needsKey }: ListedProvider,
): string {
  if (keyFound !== undefined) return shortened(`${keyFound} from ${keyFrom}`);
  if (keyProblem !== undefined) return `not usable: ${keyProblem.state}`;
  const names = keyVariables.join(" or ");
  const state = needsKey ? "not found" : "not needed";
  return names === "" ? state : `${state}: ${names}`;
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
      keyFrom: provider.keyFrom ?? null,
      keyProblem: problemText(provider),
      keyNeeded: provider.needsKey,
      baseFrom: provider.baseFrom ?? null,
    })),
  };
}

function problemText({ keyProblem }: ListedProvider): string | null {
  return keyProblem ? `${keyProblem.where}: ${keyProblem.state}` : null;
}
