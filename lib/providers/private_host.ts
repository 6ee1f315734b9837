/**
 * Which hosts are this machine or in a private network, judged by address or
 * name alone: nothing is looked up. A few patterns are enough; a library for
 * addresses does not cover names, nor what the permissions allow.
 *
 * @module
 */

/** Whether `hostname`, as in a `URL`, is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether it is an address in the private ranges of the permission table. */
export function isInOwnNetwork(hostname: string): boolean {
  return /^(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+$/
    .test(hostname);
}

/** Link-local addresses and, of IPv6, unique local ones: RFC 3927, 4291, 4193. */
const OTHER_PRIVATE_ADDRESS =
  /^(?:169\.254\.\d+\.\d+|\[f(?:e[89ab]|[cd]).*\])$/;

/**
 * A name without a dot, or under a domain that is in no public DNS: RFC 6761,
 * RFC 8375, and RFC 6762 with its appendix G.
 */
const PRIVATE_NAME =
  /^[^.:]+\.?$|\.(?:localhost|local|home\.arpa|internal|intranet|private|corp|home|lan)\.?$/;

/** Whether it is any address or name that means nothing outside. */
export function isPrivate(hostname: string): boolean {
  return isLoopback(hostname) || isInOwnNetwork(hostname) ||
    OTHER_PRIVATE_ADDRESS.test(hostname) || PRIVATE_NAME.test(hostname);
}
