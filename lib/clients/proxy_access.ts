/**
 * How a client on this machine reaches the proxy, and where it finds the key.
 *
 * @module
 */

import { UsageError } from "../errors.ts";
import { proxyHost, usesTls } from "../litellm/litellm.ts";
import { variableIn } from "../litellm/references.ts";
import { MASTER_KEY } from "../providers/variables.ts";
import { type JsonObject, objectField, textField } from "../text/fields.ts";
import { looksLikeKey, quoted } from "../text/key_look.ts";

/** What every client needs to know of the proxy. */
export interface ProxyAccess {
  /** Such as `http://127.0.0.1:4000`, without a slash at the end. */
  readonly url: string;
  /** The variable that holds the proxy's key; the key itself is never shown. */
  readonly keyVariable: string;
}

/** Hosts that mean all addresses of the machine, to which nobody can connect. */
const ANY_HOST: readonly string[] = ["0.0.0.0", "[::]"];

/**
 * The address for which LiteLLM's arguments are, else its variable `HOST`, at
 * `port`. Throws {@linkcode UsageError} for what is no host or no port.
 */
export function proxyUrl(
  litellmArgs: readonly string[],
  port: number | undefined,
  variable?: string,
): string {
  if (port === undefined) {
    throw new UsageError(
      "the proxy's port: not a number from 1 to 65535",
      "it is what follows -- --port, or the variable PORT",
    );
  }
  const argument = proxyHost(litellmArgs);
  const given = (argument ?? variable) || "0.0.0.0";
  const host = looksLikeKey(given) ? undefined : hostIn(given);
  if (host === undefined) {
    const where = argument !== undefined ? '--host X after "--"' : "HOST";
    throw new UsageError(
      `${where.replace("X", quoted(given))}: not a host`,
      "expected a name or an address, such as 192.168.1.5",
    );
  }
  const scheme = usesTls(litellmArgs) ? "https" : "http";
  return `${scheme}://${ANY_HOST.includes(host) ? "127.0.0.1" : host}:${port}`;
}

/** The host as a URL has it: an IPv6 address in brackets, `0` as `0.0.0.0`. */
function hostIn(given: string): string | undefined {
  const bare = given.replace(/^\[(.*)\]$/, "$1");
  if (!/^[\w.:-]+$/.test(bare)) return undefined;
  const url = URL.parse(`http://${bare.includes(":") ? `[${bare}]` : bare}`);
  return url?.hostname;
}

/** The variable that the config names for its key, else LiteLLM's own. */
export function keyVariableIn(config: JsonObject): string {
  const general = objectField(config, "general_settings");
  const named = variableIn(textField(general, "master_key")) ?? "";
  return /^[A-Za-z_]\w*$/.test(named) && !looksLikeKey(named)
    ? named
    : MASTER_KEY;
}
