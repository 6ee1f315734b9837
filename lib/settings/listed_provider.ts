/**
 * All providers that there are: which variable holds the key, whether one was
 * found, and whether the provider is on.
 *
 * @module
 */

import type { KeyRing } from "../keys/key_ring.ts";
import type { Provider } from "../providers/provider.ts";
import { byTable, PROVIDERS } from "../providers/table.ts";
import type { DiscoverFile } from "./file.ts";
import { keyOf } from "./provider_key.ts";
import {
  defaultSettings,
  enabledProviders,
  needsKey,
} from "./provider_settings.ts";
import { type ThisProxy, UNKNOWN_PROXY } from "./this_proxy.ts";

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
export function listedProviders(
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
