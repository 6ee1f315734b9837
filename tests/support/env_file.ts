/**
 * What a file of variables comes to, in a form that tests can compare.
 *
 * @module
 */

import type { EnvFile } from "../../lib/keys/env_file.ts";

/** Name to value; a computed one shows as `null`. */
export function summary({ assignments, computed }: EnvFile): Record<
  string,
  string | null
> {
  return Object.fromEntries([
    ...assignments.map(({ name, value }) => [name, value] as const),
    ...computed.map(({ name }) => [name, null] as const),
  ]);
}
