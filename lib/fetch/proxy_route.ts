/**
 * Which proxy a request goes through, so that a connection that fails can name
 * it. Deno itself decides and tells nobody; this follows its rules, which are
 * the same in Deno 2.6 and 2.9.
 *
 * @module
 */

import { isExcepted } from "./excepted_host.ts";
import { shown } from "../text/key_look.ts";
import { goesDirectly } from "./no_proxy.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Deno asks the first of these that names a proxy of a kind it knows. */
const PROXY_VARIABLES = [
  "ALL_PROXY",
  "all_proxy",
  "HTTPS_PROXY",
  "https_proxy",
] as const;

/** A proxy of which nothing can be shown. */
const UNSHOWN = "[not shown]";

/** By scheme; those of `http` may be in capitals. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  socks5: 1080,
  socks5h: 1080,
};

/**
 * The proxy for `url`, as `host:port` without its user and password; nothing
 * where the host is reached directly.
 */
export function proxyFor(
  url: URL,
  environment: Environment,
): string | undefined {
  if (goesDirectly(url)) return undefined;
  const { NO_PROXY, no_proxy } = environment;
  if (isExcepted(url.hostname, NO_PROXY ?? no_proxy ?? "")) return undefined;
  return namedProxy(environment);
}

/** The proxy for what is not excepted, as `host:port`. */
export function namedProxy(environment: Environment): string | undefined {
  for (const variable of PROXY_VARIABLES) {
    const proxy = proxyIn(environment[variable] ?? "");
    if (proxy !== undefined) return proxy;
  }
  return undefined;
}

/** The first variable that is set while none names a proxy that Deno knows. */
export function unusableProxy(environment: Environment): string | undefined {
  return namedProxy(environment) === undefined
    ? PROXY_VARIABLES.find((variable) => environment[variable])
    : undefined;
}

/** A value in another form names no proxy, and Deno says nothing of it. */
function proxyIn(value: string): string | undefined {
  const [, scheme, authority = "", rest] =
    /^(?:([^:/?#@]+):\/\/)?([^/?#]+)(.*)$/.exec(value) ?? [];
  if (scheme === undefined && rest !== "") return undefined;
  const port = defaultPort(scheme ?? "http");
  const host = withoutUser(authority);
  if (port === undefined || host === undefined) return undefined;
  const [, name, given] =
    /^(\[[0-9A-Fa-f:.]+\]|[\w!$&'()*+,.;=~-]+)(?::(\d*))?$/.exec(host) ?? [];
  if (name === undefined) return undefined;
  // A password that goes on after the `/`: what is before it is no host.
  if (rest?.includes("@")) return UNSHOWN;
  const isPort = given !== undefined && given !== "" && Number(given) < 65_536;
  return shown(`${name}:${isPort ? Number(given) : port}`);
}

function defaultPort(scheme: string): number | undefined {
  const isHttp = /^https?$/i.test(scheme);
  return DEFAULT_PORTS[isHttp ? scheme.toLowerCase() : scheme];
}

/** Nothing where there is a user and no password, or what no URL can have. */
function withoutUser(authority: string): string | undefined {
  const at = authority.lastIndexOf("@");
  if (at < 0) return authority;
  const isUsable = /^[\w!$&'()*+,.;=~%-]*:[\w!$&'()*+,.:;=~%@-]*$/
    .test(authority.slice(0, at));
  return isUsable ? authority.slice(at + 1) : undefined;
}
