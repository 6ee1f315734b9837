/**
 * Under which name of the config an upstream model is called.
 *
 * @module
 */

import { ALIAS_SECTION, type Section } from "../block/format.ts";
import type { Config } from "../config/config.ts";
import { userModels } from "../config/user_models.ts";

/**
 * The `model_name` of an upstream model: of the block's entries, the aliases not
 * among them, or of the user's own; nothing where no entry has that model.
 */
export function writtenName(
  model: string,
  sections: Iterable<Section>,
  config: Pick<Config, "merged">,
): string | undefined {
  for (const { id, entries } of sections) {
    const entry = entries.find((one) => one.model === model);
    if (entry && id !== ALIAS_SECTION) return entry.name;
  }
  const own = userModels(config).find((one) =>
    one.model === model && one.name !== "" && !one.name.includes("*")
  );
  return own?.name;
}
