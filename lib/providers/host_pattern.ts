/**
 * Hosts as Deno's permissions name them, so that one table serves the built-in
 * permissions and the program's own check: a name, `*.` and a domain, an address
 * or a range of IPv4. Deno takes no range of IPv6.
 *
 * @module
 */

import { isInRange } from "../text/address_range.ts";

/**
 * Whether a `hostname`, as in a `URL`, is what the pattern names. As to Deno
 * (2.6.8 and 2.9.6), `*.lan` is `lan` and every name below it, a dot at the end
 * changes nothing, and neither do capitals.
 */
export function isHostOf(hostname: string, pattern: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  if (pattern.includes("/")) return isInRange(name, pattern);
  const domain = pattern.replace(/^\*\./, "");
  return name === domain ||
    domain !== pattern && name.endsWith(`.${domain}`);
}
