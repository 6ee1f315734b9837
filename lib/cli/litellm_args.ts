/**
 * Looks over what is after `--`, where LiteLLM's arguments are.
 *
 * @module
 */

import { UsageError } from "../errors.ts";
import { optionsOf } from "../litellm/litellm.ts";
import { quoted } from "../text/key_look.ts";
import { TABLE } from "./flags.ts";

/**
 * LiteLLM takes no words and not our flags. Without `--start` it would not get to
 * say so, and a run that should have been dry would write. Throws
 * {@linkcode UsageError}.
 */
export function refuseOurs(args: readonly string[]): void {
  const [first] = args;
  if (first !== undefined && !first.startsWith("-")) {
    throw new UsageError(
      `unexpected argument ${quoted(first)} after "--": litellm takes flags`,
      "name the config with --config FILE",
    );
  }
  const flags = optionsOf(args).map((arg) => arg.split("=", 1)[0] ?? "");
  const ours = flags.find((flag) => OURS_ALONE.includes(flag));
  if (ours === undefined) return;
  throw new UsageError(
    `"${ours}" after "--": litellm has no such flag`,
    `write it before --: discover ${ours} -- ...`,
  );
}

/** Flags that LiteLLM has as well, in its own sense (`litellm --help`). */
const SHARED: readonly string[] = ["config", "version", "help"];

const OURS_ALONE: readonly string[] = TABLE
  .filter(({ name }) => !SHARED.includes(name))
  .flatMap(({ name, short }) => [
    `--${name}`,
    ...(short && short !== "v" ? [`-${short}`] : []),
  ]);
