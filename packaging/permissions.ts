/**
 * What the program may touch, as one table: the permission set `discover` in
 * `deno.json`, which `deno compile` builds in, must equal it (a test holds
 * that). Only builds and tests need it: the program itself reads the variables
 * of `lib/providers/variables.ts`.
 *
 * @module
 */

import { handoffVariables, litellmPrograms } from "../lib/litellm/litellm.ts";
import { ownHostsOf } from "../lib/providers/own_hosts.ts";
import { OWN_NETWORK } from "../lib/providers/private_host.ts";
import { PROVIDERS } from "../lib/providers/table.ts";
import { VARIABLE_PATTERNS, VARIABLES } from "../lib/providers/variables.ts";

/** The providers' own hosts, at the port of https alone. */
const PROVIDER_HOSTS: readonly string[] = PROVIDERS
  .filter(({ kind }) => kind !== "local")
  .flatMap(ownHostsOf)
  .map((host) => `${host}:443`);

/** The permission set under which the program runs. */
export const PERMISSIONS = {
  read: true,
  write: true,
  net: [...PROVIDER_HOSTS, ...OWN_NETWORK],
  env: [...VARIABLES, ...VARIABLE_PATTERNS, ...handoffVariables].toSorted(),
  run: litellmPrograms,
} as const;
