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
/**
 * Nothing goes out on the wire while a config is parsed, and the deadline runs:
 * 10 ms for so much, 350 ms for a hundred thousand lines.
 */
const MAX_EARLY_BYTES = 64 * 1024;

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
): (request: ProviderRequest) => boolean {
  if (bytes.length > MAX_EARLY_BYTES) return () => true;
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
