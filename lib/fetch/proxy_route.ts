/**
 * Which proxy a request goes through, so that a connection that fails can name
 * it. Deno itself decides and tells nobody; this follows its rules.
 *
 * @module
 */

import { goesDirectly } from "./no_proxy.ts";

/**
 * The proxy for `url`, as `host:port` without its user and password; nothing
 * where the host is reached directly.
 */
export function proxyFor(
  url: URL,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (goesDirectly(url)) return undefined;
  const { HTTPS_PROXY, https_proxy, ALL_PROXY, all_proxy } = environment;
  const named = HTTPS_PROXY || https_proxy || ALL_PROXY || all_proxy;
  const proxy = named ? URL.parse(named) : null;
  return proxy?.host || undefined;
}
