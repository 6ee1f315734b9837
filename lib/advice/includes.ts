/**
 * Warnings about the files that a config includes.
 *
 * @module
 */

import { blockElsewhere, type Config } from "../config/config.ts";
import type { Warning } from "../warning.ts";
import type { Lines } from "./lines.ts";

/** Includes that LiteLLM refuses, and a block in one of them. */
export function includeWarnings(config: Config, lines: Lines): Warning[] {
  const broken = config.includes.broken.map(
    ({ declaredIn, path, text, isRefused, bytes }): Warning => ({
      code: "broken-include",
      text,
      hint: isRefused
        ? "LiteLLM will not start until this is fixed"
        : `this run does not know the names${
          bytes ? " and fallbacks" : ", fallbacks and keys"
        } in it`,
      ...lines.in(declaredIn, path),
    }),
  );
  const block = blockElsewhere(config);
  if (block === undefined) return broken;
  return [...broken, {
    code: "included-block",
    text: `the included file "${block}" also has a block`,
    hint: `--config "${block}" --remove removes it`,
  }];
}
