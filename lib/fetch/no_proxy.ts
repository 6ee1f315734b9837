/**
 * Which requests of a run go past the proxy that the environment names. Deno
 * hands a proxy the whole of a plain-http request, the key with it, and none
 * of its options prevents that: only `NO_PROXY` does, with each host in it.
 *
 * @module
 */

import { isPrivate } from "../providers/private_host.ts";

/**
 * The value that `NO_PROXY` must have while these bases are asked; nothing
 * where it need not be set. What the owner of the environment excepted stays
 * so: Deno reads `NO_PROXY`, and `no_proxy` only where that is not set.
 */
export function noProxyFor(
  bases: readonly URL[],
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const direct = bases.filter(goesDirectly).map(({ hostname }) =>
    // In brackets Deno takes it for a name, and no address matches.
    hostname.replace(/^\[(.*)\]$/, "$1")
  );
  const { NO_PROXY, no_proxy } = environment;
  if (direct.length === 0) return NO_PROXY;
  const owners = NO_PROXY ?? no_proxy;
  return [...(owners ? [owners] : []), ...new Set(direct)].join(",");
}

/** In clear, or where no proxy is on the way; all else is a tunnel of TLS. */
export function goesDirectly({ protocol, hostname }: URL): boolean {
  return protocol === "http:" || isPrivate(hostname);
}
