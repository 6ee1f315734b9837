/**
 * Which providers are on: the default three, and those that `discover.yaml`
 * names.
 *
 * @module
 */

import { DEFAULT_PROVIDERS } from "../providers/default.ts";
import { byTable } from "../providers/table.ts";
import type { DiscoverFile } from "./file.ts";
import { defaultSettings, type ProviderSettings } from "./provider_settings.ts";

/** A provider that is on. */
export interface EnabledProvider extends ProviderSettings {
  /** Named in `discover.yaml`, so that a missing key is a failure. */
  readonly isExplicit: boolean;
}

/** The providers that are on, in the order of the table. */
export function enabledProviders(
  file: DiscoverFile | undefined,
): EnabledProvider[] {
  const named = file?.providerSettings ?? [];
  const isNamed = (id: string): boolean =>
    named.some(({ provider }) => provider.id === id);
  const others = DEFAULT_PROVIDERS
    .filter(({ id }) => !isNamed(id) && !file?.off.has(id));
  return [
    ...named.map((settings) => ({ ...settings, isExplicit: true })),
    ...others.map((provider) => ({
      ...defaultSettings(provider),
      isExplicit: false,
    })),
  ].toSorted((a, b) => byTable(a.provider, b.provider));
}

/** A local server needs a key only where the file names one. */
export function needsKey({ provider, keyVariable }: ProviderSettings): boolean {
  return provider.kind !== "local" || keyVariable !== undefined;
}
