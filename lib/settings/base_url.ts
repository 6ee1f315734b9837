/**
 * Where a provider's API lives, and whether it may: a key must not be led to
 * another host, the compiled program reaches no other than it was built for,
 * and the proxy must not take itself for a provider.
 *
 * @module
 */

import { isInOwnNetwork, isLoopback } from "../providers/private_host.ts";
import { looksLikeKey, quoted } from "../text/key_look.ts";
import type { DiscoverFile } from "./file.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import type { Failure } from "../fetch/outcome.ts";
import type { Provider } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import { isItsAddress, type ThisProxy } from "./this_proxy.ts";
import { KEY_IN_BASE, type ProviderSettings } from "./provider_settings.ts";

/** Whether the program was built with the permission to reach `host:port`. */
export type CanConnect = (host: string) => boolean;

/** What decides beside the provider's own settings. */
interface SettingsContext {
  readonly file: DiscoverFile | undefined;
  readonly canConnect: CanConnect;
  readonly proxy: ThisProxy;
}

/** Where a provider is asked, or why it is not. */
export type Place =
  & {
    /** What leads to this proxy itself and does not count. */
    readonly passedOver: readonly Origin[];
  }
  & (
    | { readonly kind: "usable"; readonly base: URL }
    | { readonly kind: "refused"; readonly failure: Failure }
  );

/** Where a base stands. */
interface Origin {
  /** In words. */
  readonly source: string;
  /** Absent where it stands in the settings. */
  readonly variable?: string;
}

/** A base, and where it stands. */
interface Named extends Origin {
  /** As it was written. */
  readonly text: string;
  /** A fault is the file's; what a variable says is its provider's failure. */
  readonly file?: DiscoverFile;
}

/** What is wrong with a base, and what to do about it. */
interface Complaint {
  readonly state: string;
  readonly hint: string;
}

/** The provider's place. Throws `SettingsError` for what the file says of it. */
export function placeOf(
  { provider, baseUrl }: ProviderSettings,
  keys: KeyRing,
  { file, canConnect, proxy }: SettingsContext,
): Place {
  const all = [
    ...inVariables(provider, keys),
    ...inFile(provider, baseUrl, file),
  ];
  // A local server has no other host to go to.
  const passedOver = provider.kind === "local"
    ? []
    : leadingToItself(all, proxy);
  const usual = { text: provider.defaultBase, source: "its usual address" };
  const named = all[passedOver.length] ?? usual;
  const complaint = isItself(named, proxy)
    ? ITSELF
    : complaintAbout(named.text, provider, canConnect);
  if (complaint) {
    const failure = failureOf(named, provider, complaint);
    return { kind: "refused", failure, passedOver };
  }
  return { kind: "usable", base: new URL(named.text), passedOver };
}

/** Those before the first that leads elsewhere; LiteLLM follows no later one. */
function leadingToItself(
  all: readonly Named[],
  proxy: ThisProxy,
): readonly Named[] {
  const first = all.findIndex((named) => !isItself(named, proxy));
  return first === -1 ? all : all.slice(0, first);
}

function isItself({ text }: Named, proxy: ThisProxy): boolean {
  const base = URL.parse(text);
  return base !== null && isItsAddress(proxy, base);
}

/** What LiteLLM must be told in order to call a provider below `base`. */
export function apiBaseOf(provider: Provider, base: URL): string {
  const told = provider.apiBase?.(base) ?? base;
  return told.href.replace(/\/+$/, "");
}

const ITSELF: Complaint = {
  state: "this proxy's own address",
  hint:
    "name the other server's address; if LiteLLM listens on another port, " +
    "say so: discover -- --port N",
};

function failureOf(
  { source, file }: Named,
  { id }: Provider,
  { state, hint }: Complaint,
): Failure {
  const text = `${source}: ${state}`;
  if (file && state !== ITSELF.state) {
    throw file.fault(["providers", id, "base_url"], text, hint);
  }
  return { reason: "bad-base", state: text, hint };
}

/** They are LiteLLM's own, so they win; they mean no server with a name. */
function inVariables(provider: Provider, keys: KeyRing): Named[] {
  if (!PROVIDERS.some(({ id }) => id === provider.id)) return [];
  return provider.baseVariables.flatMap((name) => keys.find([name]) ?? [])
    .map(({ variable, from, value }) => ({
      text: value.reveal(),
      source: `${variable} from ${from}`,
      variable,
    }));
}

function inFile(
  { id }: Provider,
  base: URL | undefined,
  file: DiscoverFile | undefined,
): Named[] {
  if (!base || !file) return [];
  return [{ text: base.href, source: `base_url of "${id}"`, file }];
}

function complaintAbout(
  text: string,
  provider: Provider,
  canConnect: CanConnect,
): Complaint | undefined {
  const base = URL.parse(text);
  const hint = `write it as ${provider.defaultBase}`;
  if (!base || !/^https?:$/.test(base.protocol)) {
    return { state: "not a URL", hint };
  }
  if (base.username || base.password || base.search || base.hash) {
    return { state: "more than a host and a path", hint };
  }
  if (provider.isAtRoot && /\/v1\/?$/.test(base.pathname)) {
    return { state: "its API is at the root, not under /v1", hint };
  }
  return provider.kind === "local"
    ? complaintAboutOwn(base, text, canConnect)
    : complaintAboutHosted(base, text, provider);
}

function complaintAboutHosted(
  base: URL,
  text: string,
  { title, defaultBase }: Provider,
): Complaint | undefined {
  const own = new URL(defaultBase);
  if (base.origin === own.origin || isLoopback(base.hostname)) return undefined;
  if (base.protocol === "http:" && base.hostname === own.hostname) {
    return {
      state: `plain http would show ${title}'s key to all on the way`,
      hint: `write it with https, as ${defaultBase}`,
    };
  }
  return {
    state: `the host ${
      quoted(base.host, text)
    } is not one that ${title}'s key may go to`,
    hint:
      `allowed are ${own.origin} and this machine's loopback; for another host, change lib/providers/table.ts and build again`,
  };
}

function complaintAboutOwn(
  base: URL,
  text: string,
  canConnect: CanConnect,
): Complaint | undefined {
  if (looksLikeKey(text)) {
    return { state: "a part of it looks like a key", hint: KEY_IN_BASE };
  }
  if (isLoopback(base.hostname) || isInOwnNetwork(base.hostname)) {
    return undefined;
  }
  const port = base.port || (base.protocol === "https:" ? "443" : "80");
  const host = `${base.hostname}:${port}`;
  if (canConnect(host)) return undefined;
  return {
    state: `this program was not built to reach the host ${quoted(host, text)}`,
    hint: `loopback and private addresses are allowed; for this one, add ${
      quoted(host, text)
    } to permissions.discover.net in deno.json and build with: deno task compile`,
  };
}
