/**
 * The base URL of a provider's API, and whether it is allowed: a key must not go
 * to another host, the compiled program can only reach the hosts that it was
 * built for, and the proxy must not ask itself.
 *
 * @module
 */

import type { Failure } from "../fetch/outcome.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import { isInOwnNetwork, isLoopback } from "../providers/private_host.ts";
import type { Provider } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import { looksLikeKey, quoted } from "../text/key_look.ts";
import type { SettingsText } from "./errors.ts";
import type { ProviderSettings } from "./provider_settings.ts";
import { isItsAddress, type ThisProxy } from "./this_proxy.ts";
import { KEY_IN_BASE, urlProblem } from "./values.ts";

/** What decides, apart from the settings of the provider itself. */
export interface SettingsContext {
  readonly keys: KeyRing;
  readonly file: SettingsText | undefined;
  /** Whether the program was built with the permission to reach `host:port`. */
  readonly canConnect: (host: string) => boolean;
  readonly proxy: ThisProxy;
}

/** Where a provider is asked, or why it is not, and what was passed over. */
export type Place =
  | {
    readonly kind: "usable";
    readonly base: URL;
    readonly passedOver: readonly WrittenBase[];
  }
  | {
    readonly kind: "refused";
    readonly failure: Failure;
    /** The bases that are this proxy itself and do not count. */
    readonly passedOver: readonly WrittenBase[];
  };

/** A base as it was written, and where. */
interface WrittenBase {
  readonly text: string;
  /** Where, in words. */
  readonly source: string;
  /** Absent where it is in the settings. */
  readonly variable?: string;
  /** A mistake there ends the run; one in a variable fails its provider. */
  readonly file?: SettingsText | undefined;
}

interface Problem {
  readonly state: string;
  readonly hint: string;
}

/** Where the provider is asked. Throws `SettingsError` for a bad `base_url`. */
export function placeOf(
  { provider, baseUrl }: Pick<ProviderSettings, "provider" | "baseUrl">,
  { keys, file, canConnect, proxy }: SettingsContext,
): Place {
  const all = [
    ...basesInVariables(provider, keys),
    ...baseInFile(provider, baseUrl, file),
  ];
  // A local server has no other host to go to.
  const passedOver = provider.kind === "local"
    ? []
    : leadingToItself(all, proxy);
  const usual = { text: provider.defaultBase, source: "its usual address" };
  const written: WrittenBase = all[passedOver.length] ?? usual;
  const problem = isItself(written, proxy)
    ? OWN_ADDRESS
    : problemWith(written.text, provider, canConnect);
  if (!problem) {
    return { kind: "usable", base: new URL(written.text), passedOver };
  }
  const { state, hint } = problem;
  if (written.file && problem !== OWN_ADDRESS) {
    const path = ["providers", provider.id, "base_url"];
    throw written.file.errorAt(path, state, hint);
  }
  const text = `${written.source}: ${state}`;
  const failure = { reason: "bad-base", state: text, hint } as const;
  return { kind: "refused", failure, passedOver };
}

const OWN_ADDRESS: Problem = {
  state: "this proxy's own address",
  hint:
    "name the other server's address; if LiteLLM listens on another port, " +
    "say so: discover -- --port N",
};

/** The `api_base` with which LiteLLM calls a provider at `base`. */
export function apiBaseOf(provider: Provider, base: URL): string {
  const apiBase = provider.apiBase?.(base) ?? base;
  return apiBase.href.replace(/\/+$/, "");
}

/** LiteLLM reads them, so they win; none is for a server that the user named. */
function basesInVariables(provider: Provider, keys: KeyRing): WrittenBase[] {
  if (!PROVIDERS.some(({ id }) => id === provider.id)) return [];
  return provider.baseVariables.flatMap((name) => keys.find([name]) ?? [])
    .map(({ variable, from, value }) => ({
      text: value.reveal(),
      source: `${variable} from ${from}`,
      variable,
    }));
}

function baseInFile(
  { id }: Provider,
  text: string | undefined,
  file: SettingsText | undefined,
): WrittenBase[] {
  if (text === undefined) return [];
  return [{ text, source: `base_url of "${id}"`, file }];
}

/** Those before the first that is another server; LiteLLM uses the first. */
function leadingToItself(
  all: readonly WrittenBase[],
  proxy: ThisProxy,
): readonly WrittenBase[] {
  const first = all.findIndex((written) => !isItself(written, proxy));
  return first === -1 ? all : all.slice(0, first);
}

function isItself({ text }: WrittenBase, proxy: ThisProxy): boolean {
  const base = URL.parse(text);
  return base !== null && isItsAddress(proxy, base);
}

function problemWith(
  text: string,
  provider: Provider,
  canConnect: (host: string) => boolean,
): Problem | undefined {
  const state = urlProblem(text);
  const hint = `write it as ${provider.defaultBase}`;
  if (state !== undefined) return { state, hint };
  const base = new URL(text);
  if (provider.isAtRoot && /\/v1\/?$/.test(base.pathname)) {
    return { state: "its API is at the root, not under /v1", hint };
  }
  return provider.kind === "local"
    ? problemWithLocal(base, text, canConnect)
    : problemWithHosted(base, text, provider);
}

function problemWithHosted(
  base: URL,
  text: string,
  { title, defaultBase }: Provider,
): Problem | undefined {
  const own = new URL(defaultBase);
  if (base.origin === own.origin || isLoopback(base.hostname)) return undefined;
  if (base.protocol === "http:" && base.hostname === own.hostname) {
    return {
      state: `plain http would show ${title}'s key to everyone on the way`,
      hint: `write it with https, as ${defaultBase}`,
    };
  }
  const host = quoted(base.host, text);
  return {
    state: `the host ${host} is not one that ${title}'s key may go to`,
    hint: `expected ${own.origin} or this machine's loopback; for another ` +
      "host, change its entry in lib/providers/ and build again",
  };
}

function problemWithLocal(
  base: URL,
  text: string,
  canConnect: (host: string) => boolean,
): Problem | undefined {
  if (looksLikeKey(text)) {
    return { state: "a part of it looks like a key", hint: KEY_IN_BASE };
  }
  const port = base.port || (base.protocol === "https:" ? "443" : "80");
  const host = `${base.hostname}:${port}`;
  if (
    isLoopback(base.hostname) || isInOwnNetwork(base.hostname) ||
    canConnect(host)
  ) return undefined;
  const name = quoted(host, text);
  return {
    state: `this program was not built to reach the host ${name}`,
    hint: "loopback and private addresses are allowed; for this one, add " +
      `${name} to permissions.discover.net in deno.json and build with: ` +
      "deno task compile",
  };
}
