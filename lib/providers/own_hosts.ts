/**
 * The hosts of a hosted provider: where its key may go, and where what is known
 * of its models holds.
 *
 * @module
 */

import { isHostOf } from "./host_pattern.ts";
import type { Provider } from "./provider.ts";

type Hosts = Pick<Provider, "defaultBase" | "ownHosts">;

/** Its hosts as patterns, the usual one first. */
export function ownHostsOf(
  { defaultBase, ownHosts = [] }: Hosts,
): readonly string[] {
  return [new URL(defaultBase).hostname, ...ownHosts];
}

/** Whether the base is the provider's own API, over https and at its port. */
export function isOwnBase(provider: Hosts, base: URL): boolean {
  return base.protocol === "https:" && base.port === "" &&
    isOwnHost(provider, base);
}

/** Whether the host is, whatever else the base says. */
export function isOwnHost(provider: Hosts, { hostname }: URL): boolean {
  return ownHostsOf(provider).some((pattern) => isHostOf(hostname, pattern));
}
