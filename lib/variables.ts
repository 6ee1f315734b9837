/**
 * The variables that the program reads by name; `permissions.ts` lets it read
 * no others but those that start with `DISCOVER_`.
 *
 * @module
 */

import { PROVIDERS } from "./providers.ts";

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

/** Which hosts no proxy gets to see; Deno reads both, the first one first. */
const PROXY_EXCEPTIONS: readonly string[] = ["NO_PROXY", "no_proxy"];

/** Every variable that is read by name. */
export const VARIABLES: readonly string[] = [
  ...new Set([
    ...PROVIDERS.flatMap(({ keyVariables, baseVariable }) => [
      ...keyVariables,
      baseVariable,
    ]),
    ...TERMINAL_VARIABLES,
    ...PROXY_EXCEPTIONS,
    "DISCOVER_CONFIG",
    "PORT",
    "PYTHONUTF8",
  ]),
].toSorted();
