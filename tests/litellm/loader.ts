/**
 * What LiteLLM makes of configs, told by its own loader.
 *
 * @module
 */

import { isJsonObject, type JsonObject } from "../../lib/text/fields.ts";
import { fromRepository } from "../support/repository.ts";
import { LITELLM_ENV, VENV } from "./litellm.ts";

/**
 * Loads every config of the folders; the answer is by folder and file name, as
 * `loader.py` says. `home` is where LiteLLM may write.
 */
export async function loadConfigs(
  folders: readonly string[],
  home: string,
): Promise<JsonObject> {
  const { stdout, stderr } = await new Deno.Command(`${VENV}/bin/python`, {
    args: [fromRepository("tests/litellm/loader.py"), ...folders],
    clearEnv: true,
    env: { ...LITELLM_ENV, HOME: home },
  }).output();
  const decoder = new TextDecoder();
  try {
    const loaded: unknown = JSON.parse(decoder.decode(stdout));
    return isJsonObject(loaded) ? loaded : {};
  } catch {
    throw new Error(`no answer of LiteLLM:\n${decoder.decode(stderr)}`);
  }
}
