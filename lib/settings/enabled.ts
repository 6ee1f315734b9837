/**
 * Which providers are on: the default three, and those that `discover.yaml`
 * names.
 *
 * @module
 */

import { PROVIDERS } from "../providers/table.ts";
import type { DiscoverFile } from "./file.ts";
import type { ProviderSettings } from "./provider_settings.ts";

/** A provider that is on. */
export interface EnabledProvider extends ProviderSettings {
  readonly isExplicit: boolean;
}

/** The providers that are on: the default three, and those that the file names. */
export function enabledProviders(
  file: DiscoverFile | undefined,
): EnabledProvider[] {
  const providerSettings = file?.providerSettings ?? [];
  const known = PROVIDERS.flatMap((provider): EnabledProvider[] => {
    const settings = providerSettings.find((one) =>
      one.provider.id === provider.id
    );
    if (settings) return [{ ...settings, isExplicit: true }];
    const isOn = provider.kind === "default" && !file?.off.has(provider.id);
    return isOn ? [{ provider, rules: {}, isExplicit: false }] : [];
  });
  const own = providerSettings.filter(({ provider }) =>
    !PROVIDERS.some(({ id }) => id === provider.id)
  ).map((settings) => ({ ...settings, isExplicit: true }));
  return [...known, ...own].map(withKeyVariable);
}

function withKeyVariable(candidate: EnabledProvider): EnabledProvider {
  const { provider, keyVariable } = candidate;
  return keyVariable === undefined ? candidate : {
    ...candidate,
    provider: { ...provider, keyVariables: [keyVariable] },
  };
}

/** A local server needs a key only where the file names one. */
export function needsKey({ provider, keyVariable }: EnabledProvider): boolean {
  return provider.kind !== "local" || keyVariable !== undefined;
}
