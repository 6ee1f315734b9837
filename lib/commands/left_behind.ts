/**
 * What an `--output` file in another folder leaves behind: LiteLLM looks for
 * included files next to the config that it is started with
 * (`proxy/common_utils/config_includes.py`, read in 1.108.7), and does not
 * start without them.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import { pathNextTo } from "../files/paths.ts";
import type { Io } from "../io.ts";
import { quotedFew } from "../text/key_look.ts";
import { listField } from "../text/fields.ts";
import type { Warning } from "../warning.ts";

/** Warns of files that are next to the config and not next to the output. */
export async function leftBehind(
  { userConfig }: Pick<Config, "userConfig">,
  { config, output }: { readonly config: string; readonly output: string },
  store: Pick<Io["store"], "exists">,
): Promise<Warning[]> {
  const missing: string[] = [];
  for (const name of listField(userConfig, "include")) {
    if (typeof name !== "string") continue;
    if (await store.exists(pathNextTo(output, name))) continue;
    // One that is not there either is a finding of its own.
    if (await store.exists(pathNextTo(config, name))) missing.push(name);
  }
  if (missing.length === 0) return [];
  return [{
    code: "include-left-behind",
    text: `LiteLLM will not start with "${output}": it looks for ` +
      `${quotedFew(missing)} next to that file`,
    hint: "write it into the config's folder, or copy what the config " +
      "includes next to it",
  }];
}
