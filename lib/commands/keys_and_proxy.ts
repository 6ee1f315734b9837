/**
 * The keys of a run and what is known of its own proxy: at first from the files
 * with keys and the arguments alone, and again once the config is read.
 *
 * @module
 */

import { withConfigVariables } from "../keys/config_variables.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import { type ThisProxy, thisProxy } from "../settings/this_proxy.ts";
import type { JsonObject } from "../text/fields.ts";
import type { RunContext } from "./context.ts";
import { litellmEnvironment, variableReader } from "./key_files.ts";

/** A config as far as keys are concerned. */
export interface KnownConfig {
  /** The whole, its includes merged. */
  readonly config: JsonObject;
  /** Where its `environment_variables` state one, in words. */
  readonly statedIn: (variable: string) => string;
  /** Included files that LiteLLM may read otherwise than this program. */
  readonly doubtful?: readonly Uint8Array[];
}

/** Both, with what the config adds where it is known. */
export function keysAndProxy(
  { io, litellmArgs }: Pick<RunContext, "io" | "litellmArgs">,
  apart: KeyRing,
  known?: KnownConfig,
): { readonly keys: KeyRing; readonly proxy: ThisProxy } {
  const { config = {}, doubtful } = known ?? {};
  const keys = known === undefined ? apart : withConfigVariables(apart, {
    ...known,
    ...litellmEnvironment(io, apart),
  });
  const valueOf = variableReader(io, keys);
  const proxy = thisProxy(litellmArgs, keys, { config, valueOf, doubtful });
  return { keys, proxy };
}
