/**
 * A key of Anthropic's without the provider, which could be the first choice.
 *
 * @module
 */

import { wildcardFor } from "../config/wildcards.ts";
import type { Warning } from "../warning.ts";
import type { AdviceInput } from "./input.ts";

/** A name as Anthropic's are; wildcards that answer it answer all of them. */
const ANY_CLAUDE = "claude-any-1";

/** How to turn it on, unless wildcards leave nothing to add. */
export function idleKeyWarnings(
  { settings: { idleKey, overWildcards }, config }: AdviceInput,
): Warning[] {
  const { wildcards } = config.userEntries;
  const isCovered = !overWildcards &&
    wildcardFor(wildcards, ANY_CLAUDE) !== undefined;
  if (idleKey === undefined || isCovered) return [];
  return [{
    code: "idle-key",
    text: `${idleKey} is set, but Anthropic is not enabled`,
    hint:
      "add anthropic: {} under providers in discover.yaml, and its models " +
      "come before OpenRouter's; anthropic: false hides this",
  }];
}
