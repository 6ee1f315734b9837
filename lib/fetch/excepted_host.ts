/**
 * Which hosts a `NO_PROXY` excepts, as Deno reads it: other programs read it in
 * other ways.
 *
 * @module
 */

import { isAddress, isInRange } from "../text/address_range.ts";

/**
 * Whether a list such as `NO_PROXY` has the host of a URL. `gpu.example` and
 * `.gpu.example` match that name and all below it, `*` every name but no address;
 * letters count as they are written, a port matches nothing.
 */
export function isExcepted(hostname: string, list: string): boolean {
  if (list === "") return false;
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const hasAddress = isAddress(host);
  return list.split(",").map((one) => one.trim()).some((pattern) => {
    if (hasAddress) return isInRange(host, pattern);
    const name = pattern.replace(/^\./, "");
    // Of an empty one, only what ends with a dot is below it.
    return pattern === "*" || host === name || host.endsWith(`.${name}`);
  });
}
