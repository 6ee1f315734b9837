/**
 * The variables that the program may read, by name and by how they begin;
 * `packaging/permissions.ts` lets it read no others.
 *
 * @module
 */

import { PROVIDERS } from "./table.ts";

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

/** The key that the proxy's clients use; no provider gets its value. */
export const MASTER_KEY = "LITELLM_MASTER_KEY";

/** What `fetch` itself goes by, and what the program sets for it while it asks. */
export type NetworkVariable =
  | "NO_PROXY"
  | "DENO_CERT"
  | "DENO_TLS_CA_STORE"
  | "SSL_CERT_FILE";

/** Proxies, the hosts that are reached without one, and certificates. */
const NETWORK_VARIABLES: readonly string[] = [
  "HTTPS_PROXY",
  "https_proxy",
  "ALL_PROXY",
  "all_proxy",
  // Deno reads both, the first one first.
  "NO_PROXY",
  "no_proxy",
  "DENO_CERT",
  "DENO_TLS_CA_STORE",
  "SSL_CERT_FILE",
  "NODE_EXTRA_CA_CERTS",
  "REQUESTS_CA_BUNDLE",
];

/** Every variable that is read by name. */
export const VARIABLES: readonly string[] = [
  ...new Set([
    ...PROVIDERS.flatMap((provider) => [
      ...provider.keyVariables,
      ...provider.tokenVariables ?? [],
      ...provider.baseVariables,
    ]),
    MASTER_KEY,
    ...TERMINAL_VARIABLES,
    ...NETWORK_VARIABLES,
    "DISCOVER_CONFIG",
    "HOST",
    "PORT",
    "PYTHONIOENCODING",
    "PYTHONUTF8",
  ]),
].toSorted();

/**
 * The prefixes of LiteLLM's variables that users put into a `.env`. Without
 * permission to read them, it could not be known whether the environment, which
 * wins over a `.env`, has them already; they are read only if a file assigns
 * them or the config names them. Together with {@linkcode VARIABLES} they are
 * 514 of the 1,284 names that LiteLLM 1.106.2 reads in its sources; most of the
 * others set limits of single features. `HTTP` is for the proxies of its HTTP client.
 */
const LITELLM_FAMILIES: readonly string[] = [
  "ANTHROPIC_",
  "AWS_",
  "AZURE_",
  "DATABASE_",
  "DD_",
  "DEFAULT_",
  "GCS_",
  "GENERIC_",
  "GOOGLE_",
  "HTTP",
  "LANGFUSE_",
  "LANGSMITH_",
  "LITELLM_",
  "MAX_",
  "MICROSOFT_",
  "OPENAI_",
  "OTEL_",
  "PROXY_",
  "REDIS_",
  "SLACK_",
  "SMTP_",
  "SSL_",
  "STORE_",
  "UI_",
  "VERTEX",
];

/** How all variables begin that are read without being in the table. */
const FAMILIES: readonly string[] = ["DISCOVER_", ...LITELLM_FAMILIES];

/** The same as permissions have it. */
export const VARIABLE_PATTERNS: readonly string[] = FAMILIES
  .map((start) => `${start}*`);

/** Whether the program may read a variable; on Windows, ask in capitals. */
export function isReadable(name: string): boolean {
  return VARIABLES.includes(name) ||
    FAMILIES.some((start) => name.startsWith(start));
}
