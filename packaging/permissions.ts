/**
 * What the program may touch, as one table: the permission set `discover` in
 * `deno.json`, which `deno compile` builds in, must equal it (a test holds
 * that). Only builds and tests need it: the program itself reads the variables
 * of `lib/providers/variables.ts`.
 *
 * @module
 */

import { handoffVariables, litellmPrograms } from "../lib/litellm/litellm.ts";
import { PROVIDERS } from "../lib/providers/table.ts";
import { VARIABLE_PATTERNS, VARIABLES } from "../lib/providers/variables.ts";

/** Loopback and private ranges, for servers of the user's own. */
const OWN_NETWORK: readonly string[] = [
  "localhost",
  "127.0.0.0/8",
  "[::1]",
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
];

/** The hosts of the table; servers of the user's own are in the ranges above. */
const PROVIDER_HOSTS: readonly string[] = PROVIDERS.flatMap(
  ({ defaultBase }) => {
    const { protocol, host } = new URL(defaultBase);
    return protocol === "https:" ? [`${host}:443`] : [];
  },
);

/** The permission set under which the program runs. */
export const PERMISSIONS = {
  read: true,
  write: true,
  net: [...PROVIDER_HOSTS, ...OWN_NETWORK],
  env: [...VARIABLES, ...VARIABLE_PATTERNS, ...handoffVariables].toSorted(),
  run: litellmPrograms,
} as const;
