/**
 * All providers that there are: which variable holds the key and where that is
 * set, whether it can be used, and whether the provider is on.
 *
 * @module
 */

import type { KeyRing } from "../keys/key_ring.ts";
import type { Provider } from "../providers/provider.ts";
import { byTable, PROVIDERS } from "../providers/table.ts";
import { writtenBase } from "./base_url.ts";
import type { DiscoverFile } from "./file.ts";
import { keyOf, type ProviderKey } from "./provider_key.ts";
import {
  defaultSettings,
  enabledProviders,
  needsKey,
  type ProviderSettings,
} from "./provider_settings.ts";
import { type ThisProxy, UNKNOWN_PROXY } from "./this_proxy.ts";

/** What is known of one provider before any request. */
export interface ListedProvider {
  readonly id: string;
  readonly title: string;
  readonly kind: Provider["kind"];
  readonly keyVariables: readonly string[];
  /** The variable that has a value that can be used. */
  readonly keyFound: string | undefined;
  /** Where that is set: `the environment`, or a file's path and line. */
  readonly keyFrom: string | undefined;
  /** Where a script computes another value, which counts once it has run. */
  readonly computedOver: string | undefined;
  readonly keyProblem: KeyProblem | undefined;
  /** Where another base than the usual one is set, in words. */
  readonly baseFrom: string | undefined;
  readonly needsKey: boolean;
  readonly isOn: boolean;
}

/** A key that somebody has set and that is not used. */
interface KeyProblem {
  /** What it is instead of a usable one. */
  readonly state: string;
  /** The variable, and where it is set. */
  readonly where: string;
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
    const found = key.kind === "usable" ? key.found : undefined;
    return {
      ...{ id, title, kind, keyVariables },
      keyFound: found?.variable,
      keyFrom: found?.from,
      computedOver: found && keys.computedOver(found),
      keyProblem: problemWith(key, keyVariables, keys),
      baseFrom: baseFrom(settings, { keys, proxy }),
      needsKey: needsKey(settings),
      isOn: isOn(id),
    };
  }).toSorted(byTable);
}

function problemWith(
  key: ProviderKey,
  variables: readonly string[],
  keys: KeyRing,
): KeyProblem | undefined {
  if (key.kind === "usable") return undefined;
  if (key.kind !== "none") {
    const { variable, from } = key.found;
    return { state: PROBLEMS[key.kind], where: `${variable} from ${from}` };
  }
  for (const variable of variables) {
    const code = keys.codeFor(variable);
    if (code === undefined) continue;
    return { state: "its value is computed", where: `${variable} in ${code}` };
  }
  return unresolvedProblem(variables, keys);
}

/** The config names another variable for it, which has no value. */
function unresolvedProblem(
  variables: readonly string[],
  keys: KeyRing,
): KeyProblem | undefined {
  for (const variable of variables) {
    const named = keys.unresolved(variable);
    if (named === undefined) continue;
    const state = named.isUnset ? "not set" : "not known here";
    return {
      state: `os.environ/${named.variable} is ${state}`,
      where: `${variable} in ${named.from}`,
    };
  }
  return undefined;
}

const PROBLEMS = {
  own: "this proxy's own key",
  late: "set too late for LiteLLM",
  token: "a client's token",
} as const;

/** A variable may well state the usual one; a file with settings would not. */
function baseFrom(
  settings: ProviderSettings,
  context: { readonly keys: KeyRing; readonly proxy: ThisProxy },
): string | undefined {
  const { written } = writtenBase(settings, context);
  if (written?.path) return "base_url in discover.yaml";
  const isUsual = written === undefined ||
    addressOf(written.text) === addressOf(settings.provider.defaultBase);
  return isUsual ? undefined : written.source;
}

/** Without a slash at the end, which means nothing here. */
function addressOf(base: string): string | undefined {
  return URL.parse(base)?.href.replace(/\/+$/, "");
}
