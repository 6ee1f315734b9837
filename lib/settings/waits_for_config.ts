/**
 * Which requests must wait until the config is parsed: what it says of keys and
 * bases may change whom they go to, or show that a key is the proxy's own.
 *
 * @module
 */

import { resolved, type ValueOf } from "../litellm/references.ts";
import type { ProviderRequest } from "../fetch/fetch.ts";
import { byteText } from "../yaml/encoding.ts";

/**
 * While a piece of a config is parsed, requests stand still and the deadline
 * runs. All of it takes 0.5 ms a kilobyte (38 ms for 64 KiB, 116 ms for 256 KiB):
 * a twentieth of the timeout is given to that.
 */
const MAX_BYTES_PER_TIMEOUT_MS = 100;

/**
 * Sections that set variables, or lead to files that may; escapes hide both, and
 * so do more bytes than one a character.
 */
const MAY_CHANGE_ALL =
  /\b(?:environment_variables|include)\b|\\(?:[xuU]|[^ -~]|[ \t]*$)|\0/m;

/** A master key that is stated in the plainest way, on one line of its own. */
const PLAIN_MASTER_KEY =
  /^[ \t#]*(["']?)master_key\1[ \t]*:[ \t]+(["']?)([\w.~+\/=-]+)\2[ \t\r]*(?: #.*)?$/;

/**
 * Whether a request must wait, judged by the config's bytes alone: in doubt it
 * waits. A key that the config may name as the proxy's own is sent to nobody
 * before that is known.
 */
export function waitsForConfig(
  bytes: Uint8Array,
  valueOf: ValueOf,
  timeoutMs: number,
): (request: ProviderRequest) => boolean {
  const takesLong = bytes.length > timeoutMs * MAX_BYTES_PER_TIMEOUT_MS;
  if (takesLong) return () => true;
  const text = byteText(bytes);
  const stated = [...text.matchAll(/^.*master_key.*/gm)]
    .map(([line]) => PLAIN_MASTER_KEY.exec(line)?.[3]);
  if (MAY_CHANGE_ALL.test(text) || stated.includes(undefined)) {
    return () => true;
  }
  const masterKeys = stated.map((word = "") => resolved(word, valueOf)?.trim());
  return ({ key }) => {
    const value = key?.reveal().trim();
    return value !== undefined &&
      (text.includes(value) || masterKeys.includes(value));
  };
}
