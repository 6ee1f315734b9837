/**
 * The proxy that the config is for: at which address it will listen and which
 * keys are its own. One file of variables often serves the proxy and a client
 * of it (Claude Code: `ANTHROPIC_BASE_URL`, `ANTHROPIC_API_KEY`; Codex:
 * `OPENAI_BASE_URL`), and then the proxy would call itself with its own key.
 *
 * @module
 */

import { resolved, type ValueOf, variableIn } from "../litellm/references.ts";
import { namesIn } from "../keys/env_file.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import { proxyPort } from "../litellm/litellm.ts";
import { isLoopback } from "../providers/private_host.ts";
import { type JsonObject, objectField, textField } from "../text/fields.ts";
import { Secret } from "../text/secret.ts";
import { byteText } from "../yaml/encoding.ts";
import { isReadable, MASTER_KEY } from "../providers/variables.ts";

/** What is known of it without any request. */
export interface ThisProxy {
  /** Absent where the port is given as something else: LiteLLM will say so. */
  readonly port?: number | undefined;
  /** The keys that its clients use. */
  readonly masterKeys: readonly Secret[];
  /** Texts with keys of which any may be one of its own. */
  readonly doubtful?: readonly Secret[];
  /** The variable of its key, where that is not to be read. */
  readonly unreadable?: string | undefined;
}

/** For where nothing is known of the proxy. */
export const UNKNOWN_PROXY: ThisProxy = { masterKeys: [] };

/**
 * What is known of it from the files and the arguments for LiteLLM. Its keys are
 * all values of `LITELLM_MASTER_KEY`, wherever that is set, and
 * `general_settings.master_key`; either may name a variable (`os.environ/NAME`),
 * as far as `valueOf` knows that. `config` is the whole, its includes merged; of
 * those that LiteLLM may read otherwise the bytes (`doubtful`) decide, and of a
 * file that may set `LITELLM_MASTER_KEY` the text.
 */
export function thisProxy(
  litellmArgs: readonly string[],
  keys: KeyRing,
  { config, valueOf, doubtful = [] }: {
    readonly config: JsonObject;
    readonly valueOf: ValueOf;
    readonly doubtful?: readonly Uint8Array[] | undefined;
  },
): ThisProxy {
  const stated = [
    textField(objectField(config, "general_settings"), "master_key"),
    ...keys.valuesOf(MASTER_KEY).map((value) => value.reveal()),
  ];
  const unread = doubtful.map((bytes) => unescaped(byteText(bytes)));
  const texts = keys.masterKeyTexts().map((text) => text.reveal());
  const named = [...unread.flatMap(masterKeyLines), ...texts].flatMap(namesIn);
  const values = [
    ...stated.map((text) => resolved(text, valueOf)),
    ...named.map(valueOf),
  ];
  const secrets = (all: readonly (string | undefined)[]): Secret[] =>
    all.flatMap((value) => value ? new Secret(value) : []);
  return {
    port: portOf(litellmArgs, keys),
    masterKeys: secrets(values),
    doubtful: secrets([...unread, ...texts]),
    unreadable: stated.map(variableIn).find((name) =>
      name !== undefined && valueOf(name) === undefined && !isReadable(name)
    ),
  };
}

/** What follows each `master_key` of a YAML text, on its line or below. */
function masterKeyLines(text: string): string[] {
  return text.match(/master_key(?:["']?\s*:\s*)?.*/g) ?? [];
}

/** The text, and what it says where its escapes are such. */
function unescaped(text: string): string {
  const escapes = /\\(?:(?:x|u00|U000000)([\da-f]{2})|\r?\n[ \t]*|(?=\/))/gi;
  const plain = text.replaceAll("\0", "");
  return `${plain}\n${
    plain.replace(
      escapes,
      (_, hex) => hex ? String.fromCharCode(parseInt(hex, 16)) : "",
    )
  }`;
}

/** The port that LiteLLM is about to take, if what names one is a port. */
export function portOf(
  litellmArgs: readonly string[],
  keys: KeyRing,
): number | undefined {
  return proxyPort(litellmArgs, keys.find(["PORT"])?.value.reveal());
}

/**
 * Whether the value is a key of this proxy, or may be. `set NAME=value &
 * litellm` leaves a blank at the end, which is never part of a key.
 */
export function isItsKey(
  { masterKeys, doubtful = [] }: ThisProxy,
  value: Secret,
): boolean {
  const key = value.reveal().trim();
  return masterKeys.some((own) => own.reveal().trim() === key) ||
    key !== "" && doubtful.some((text) => text.reveal().includes(key));
}

/**
 * Whether `base` leads to it: its port on this machine. Other names of this
 * machine are not looked up, for which a permission would be needed.
 */
export function isItsAddress({ port }: ThisProxy, base: URL): boolean {
  const usual = base.protocol === "https:" ? 443 : 80;
  return Number(base.port || usual) === port && isHere(base.hostname);
}

/** Loopback, and the addresses that mean all of this machine. */
function isHere(hostname: string): boolean {
  const name = hostname.replace(/\.$/, "");
  return isLoopback(name) || name.endsWith(".localhost") ||
    name === "0.0.0.0" || name === "[::]" || MAPPED_LOOPBACK.test(name);
}

/** `::ffff:127.0.0.1` and `::ffff:0.0.0.0` as a `URL` writes them. */
const MAPPED_LOOPBACK = /^\[::ffff:(?:7f[0-9a-f]{2}:[0-9a-f]+|0:0)\]$/;
