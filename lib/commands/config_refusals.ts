/**
 * What is said where no config can be told, or none is there.
 *
 * @module
 */

import type { RunFlags } from "../cli/command.ts";
import { ConfigError } from "../errors.ts";

/** Of several configs of a usual name, with the line that names one. */
export function severalError(
  found: readonly string[],
  { action, start }: RunFlags,
): ConfigError {
  const flag = `-c ${found[0]}`;
  const command = start ? `discover --start ${flag}` : `discover ${flag}`;
  return new ConfigError(`more than one found: ${found.join(", ")}`, {
    hint: action === "refresh"
      ? `name one with --config: ${command}`
      : `name one with --config, such as ${flag}`,
  });
}

/** Of no config at all. */
export function missingError(
  lookedFor: readonly string[],
  { start }: RunFlags,
): ConfigError {
  const state = start ? "not found, and litellm needs one" : "not found";
  return new ConfigError(state, {
    hint: `looked for ${lookedFor.join(", ")}; name it with --config`,
  });
}
