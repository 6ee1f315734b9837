/**
 * Friendly names that follow the newest model of a family, so that a name typed
 * into a client, or a hand-written fallback, stays right for years.
 *
 * @module
 */

import { matches } from "./glob.ts";
import type { Model } from "./provider.ts";
import { compareAge } from "./select.ts";

/** One family: the models of a provider whose ids match a glob. */
export interface Family {
  readonly provider: string;
  readonly glob: string;
}

/** An alias and its families; the first that has a match decides. */
export interface AliasRule {
  readonly name: string;
  readonly families: readonly Family[];
}

/** The aliases that are written without any configuration. */
export const DEFAULT_ALIASES: readonly AliasRule[] = [
  rule("claude-fallback", "openrouter", "anthropic/claude-*sonnet*"),
  rule("claude-opus-fallback", "openrouter", "anthropic/claude-*opus*"),
  rule("claude-haiku-fallback", "openrouter", "anthropic/claude-*haiku*"),
  rule("grok", "xai", "grok-[0-9]*"),
  rule("gemini-pro", "gemini", "gemini-[0-9]*-pro", "gemini-[0-9]*-pro-*"),
  rule(
    "gemini-flash",
    "gemini",
    "gemini-[0-9]*-flash",
    "gemini-[0-9]*-flash-preview*",
  ),
];

function rule(name: string, provider: string, ...globs: string[]): AliasRule {
  return { name, families: globs.map((glob) => ({ provider, glob })) };
}

/**
 * Ids that are not a family's plain model: previews, snapshots with a date or a
 * running number, faster or reduced editions, variants behind a colon.
 */
const NOT_PLAIN =
  /preview|beta|[-.]exp|customtools|latest|fast|non-reasoning|:|-\d{3,}(?:-|$)|-\d{2}-\d{2}/;

/** The newest of the family; plain ids win over all others. */
export function newestOf(
  models: readonly Model[],
  glob: string,
): Model | undefined {
  const family = models.filter((model) => matches(glob, model.id));
  const plain = family.filter((model) => !NOT_PLAIN.test(model.id));
  const [newest] = (plain.length > 0 ? plain : family).toSorted((a, b) =>
    compareAge(b, a) || a.id.length - b.id.length || (a.id < b.id ? -1 : 1)
  );
  return newest;
}
