/**
 * Host and port of an address, as connections and permissions name them.
 *
 * @module
 */

/** The port, which is that of the scheme where the URL names none. */
export function portIn({ port, protocol }: URL): string {
  return port || (protocol === "https:" ? "443" : "80");
}

/** `api.x.ai:443`. */
export function hostPort(url: URL): string {
  return `${url.hostname}:${portIn(url)}`;
}
