/**
 * What the program may touch, as one table: the permission set `discover` in
 * `deno.json`, which `deno compile` builds in, must equal it (a test holds
 * that), and `main.ts` reads no other variable.
 *
 * @module
 */

import { handoffVariables, litellmPrograms } from "./litellm.ts";
import { PROVIDERS } from "./providers.ts";

/** Loopback and private ranges, for servers of the user's own. */
const OWN_NETWORK: readonly string[] = [
  "localhost",
  "127.0.0.0/8",
  "[::1]",
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
];

/** What decides about colour, symbols and the live display. */
const TERMINAL_VARIABLES: readonly string[] = [
  "CI",
  "CLICOLOR_FORCE",
  "COLORTERM",
  "FORCE_COLOR",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "NO_COLOR",
  "TERM",
  "TERM_PROGRAM",
  "WT_SESSION",
];

/** The hosts of the table; servers of the user's own are in the ranges above. */
const PROVIDER_HOSTS: readonly string[] = PROVIDERS.flatMap(
  ({ defaultBase }) => {
    const { protocol, host } = new URL(defaultBase);
    return protocol === "https:" ? [`${host}:443`] : [];
  },
);

/** Every variable that is read by name. */
export const VARIABLES: readonly string[] = [
  ...new Set([
    ...PROVIDERS.flatMap(({ keyVariables, baseVariable }) => [
      ...keyVariables,
      baseVariable,
    ]),
    ...TERMINAL_VARIABLES,
    "DISCOVER_CONFIG",
    "PORT",
    "PYTHONUTF8",
  ]),
].toSorted();

/** The permission set under which the program runs. */
export const PERMISSIONS = {
  read: true,
  write: true,
  net: [...PROVIDER_HOSTS, ...OWN_NETWORK],
  env: [...VARIABLES, "DISCOVER_*", ...handoffVariables].toSorted(),
  run: litellmPrograms,
} as const;
