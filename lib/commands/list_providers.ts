/**
 * All providers that there are: which variable holds the key, whether one was
 * found, and whether the provider is on. For `--list-providers` and `--init`.
 *
 * @module
 */

import type { DiscoverFile } from "../settings/file.ts";
import { SCHEMA_VERSION } from "../report/json.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import type { Provider } from "../providers/provider.ts";
import { byTable, PROVIDERS } from "../providers/table.ts";
import {
  defaultSettings,
  enabledProviders,
  needsKey,
} from "../settings/provider_settings.ts";
import { keyOf } from "../settings/provider_key.ts";
import { type ThisProxy, UNKNOWN_PROXY } from "../settings/this_proxy.ts";

/** What is known of one provider before any request. */
export interface ListedProvider {
  readonly id: string;
  readonly title: string;
  readonly kind: Provider["kind"];
  readonly keyVariables: readonly string[];
  /** The variable that has a value. */
  readonly keyFound: string | undefined;
  readonly needsKey: boolean;
  readonly isOn: boolean;
}

/** The table, and the local servers that the file names. */
export function listProviders(
  keys: KeyRing,
  file: DiscoverFile | undefined,
  proxy: ThisProxy = UNKNOWN_PROXY,
): ListedProvider[] {
  const on = file?.enabled ?? enabledProviders();
  const isOn = (id: string): boolean =>
    on.some(({ provider }) => provider.id === id);
  const off = PROVIDERS.filter(({ id }) => !isOn(id)).map(defaultSettings);
  return [...on, ...off].map((settings): ListedProvider => {
    const { id, title, kind, keyVariables } = settings.provider;
    const key = keyOf(settings, { keys, proxy });
    return {
      id,
      title,
      kind,
      keyVariables,
      keyFound: key.kind === "usable" ? key.found.variable : undefined,
      needsKey: needsKey(settings),
      isOn: isOn(id),
    };
  }).toSorted(byTable);
}

/** The list as a table for a person. */
export function listText(providers: readonly ListedProvider[]): string {
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
