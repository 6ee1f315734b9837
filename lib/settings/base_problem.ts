/**
 * What is wrong with the base of a provider: a key must not go to another host,
 * the compiled program reaches no others than it was built for, and the config
 * must show no key. Each hint is for somebody who has the program alone.
 *
 * @module
 */

import { isOwnBase, isOwnHost, ownHostsOf } from "../providers/own_hosts.ts";
import { isInOwnNetwork, isLoopback } from "../providers/private_host.ts";
import type { Provider } from "../providers/provider.ts";
import { hostPort, portIn } from "../text/host_port.ts";
import { looksLikeKey, quoted, shown } from "../text/key_look.ts";

/** What is wrong, and what to do about it. */
export interface Problem {
  readonly state: string;
  readonly hint: string;
}

/** What the judgement of a base rests on. */
export interface BaseUse {
  readonly provider: Provider;
  /** What takes the base back, as `unset XAI_API_BASE`. */
  readonly undo: string;
  /** It would be written into the config, as `api_base`. */
  readonly isStated: boolean;
  /** Whether the program was built with the permission to reach `host:port`. */
  readonly canConnect: (host: string) => boolean;
}

/** It leads to the proxy that the config is for. */
export const OWN_ADDRESS: Problem = {
  state: "this proxy's own address",
  hint:
    "name the other server's address; if LiteLLM listens on another port, " +
    "say so: discover -- --port N",
};

/** Why no part of a base that is written into the config may look like a key. */
const KEY_IN_BASE: Problem = {
  state: "a part of it looks like a key",
  hint:
    "the config would show it; key: in discover.yaml names the variable that holds one",
};

/** What is wrong with the base, if anything is. No key in it is quoted. */
export function problemWith(text: string, use: BaseUse): Problem | undefined {
  const { provider } = use;
  if (text === "") {
    const hint = `say where it is, as ${provider.defaultBase}`;
    return { state: "no base_url", hint };
  }
  // A URL decodes its host: `%2D` may hide a key's hyphen.
  const spelled = `${text} ${URL.parse(text)?.href ?? ""}`;
  if (use.isStated && looksLikeKey(spelled)) return KEY_IN_BASE;
  if (hasKeyInHost(text)) return keyInHost(use);
  const state = urlProblem(text);
  if (state !== undefined) {
    return { state, hint: `write it as ${provider.defaultBase}` };
  }
  const base = new URL(text);
  if (provider.isAtRoot && /\/v1\/?$/.test(base.pathname)) {
    return {
      state: "its API is at the root, not under /v1",
      hint: `leave out /v1, as in ${provider.defaultBase}`,
    };
  }
  return provider.kind === "local"
    ? problemWithLocal(base, use)
    : problemWithHosted(base, spelled, use);
}

/** Whoever looks the host up would tell it to others. */
function hasKeyInHost(text: string): boolean {
  const host = URL.parse(text)?.hostname ?? "";
  const [, written = ""] = /^[a-z]+:\/\/([^/?#]*)/i.exec(text) ?? [];
  return [...host.split("."), ...written.split(".")].some(looksLikeKey);
}

function keyInHost({ provider: { keyVariables }, undo }: BaseUse): Problem {
  const [variable = "a DISCOVER_ variable that key: names"] = keyVariables;
  return {
    state: "a part of its host looks like a key",
    hint: `${undo}; a key belongs in ${variable}`,
  };
}

function urlProblem(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return "not an http(s) URL";
  if (url.username || url.password || url.search || url.hash) {
    return "more than a host and a path";
  }
  return HOST.test(url.hostname)
    ? undefined
    : "its host is neither a name nor an address";
}

/** A URL may have others, such as `*.lan` or `a..lan`, at which Deno throws. */
const HOST = /^(?:\[[\da-f:.]+\]|(?:[\w-]+\.)*[\w-]+\.?)$/;

function problemWithHosted(
  base: URL,
  spelled: string,
  { provider, undo }: BaseUse,
): Problem | undefined {
  if (isOwnBase(provider, base) || isLoopback(base.hostname)) return undefined;
  const { title } = provider;
  if (base.protocol === "http:" && isOwnHost(provider, base)) {
    const secure = `https://${base.hostname}${base.pathname}`;
    return {
      state: `plain http would show ${title}'s key to everyone on the way`,
      hint: `write it with https, as ${shown(secure, spelled)}`,
    };
  }
  const own = ownHostsOf(provider).map((host) => `https://${host}`).join(", ");
  const host = quoted(base.host, spelled);
  return {
    state: `the host ${host} is not one that ${title}'s key may go to`,
    hint: `expected ${own} or this machine's loopback; ${undo}; for ` +
      "a gateway in your own network, use kind: openai-compatible in " +
      "discover.yaml",
  };
}

function problemWithLocal(
  base: URL,
  { canConnect }: BaseUse,
): Problem | undefined {
  const port = portIn(base);
  const host = hostPort(base);
  if (isInOwnNetwork(base.hostname) || canConnect(host)) return undefined;
  const path = base.pathname.replace(/\/$/, "");
  if (ANY_ADDRESS.includes(base.hostname)) {
    return {
      state: `"${base.hostname}" is where a server listens, not its address`,
      hint: `on this machine write ${base.protocol}//127.0.0.1:${port}${path}`,
    };
  }
  const addressed = `${base.protocol}//192.168.1.20:${port}${path}`;
  return {
    state: `this program was not built to reach the host "${host}"`,
    hint: `write its private address, as ${addressed}, or a private name ` +
      "such as gpu.local, gpu.lan, ollama or host.docker.internal" +
      (base.protocol === "http:" ? tunnel(host, path) : ""),
  };
}

/** What servers are told to listen at, to be reached at every address. */
const ANY_ADDRESS: readonly string[] = ["0.0.0.0", "[::]"];

/** Over https the certificate would not fit. */
function tunnel(host: string, path: string): string {
  return `; or forward a port (ssh -L 8000:${host} USER@HOST) and write ` +
    `http://127.0.0.1:8000${path}`;
}
