/**
 * Findings about the files that a config includes.
 *
 * @module
 */

import { blockElsewhere } from "../../config/config.ts";
import type { DoctorInput, Found } from "../input.ts";

/** Includes that LiteLLM refuses, and a block in one of them. */
export function includeFindings(
  { config }: Pick<DoctorInput, "config">,
): Found[] {
  const broken = config.includes.broken.map(
    ({ declaredIn, path, text, remedy, bytes }): Found => ({
      code: remedy === undefined ? "unread-include" : "broken-include",
      text: remedy === undefined ? text : `LiteLLM refuses ${text}`,
      hint: remedy ??
        `this run does not know the names${
          bytes ? " and fallbacks" : ", fallbacks and keys"
        } in it`,
      at: { file: declaredIn, path },
    }),
  );
  const block = blockElsewhere(config);
  if (block === undefined) return broken;
  return [...broken, {
    code: "included-block",
    text: `the included file "${block}" also has a block`,
    hint: `--config "${block}" --remove removes it`,
    at: { path: ["include"] },
  }];
}
