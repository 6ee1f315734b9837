/**
 * Friendly names that follow the newest model of a family, so that a name typed
 * into a client, or used as a fallback, stays right for years.
 *
 * @module
 */

import type { OwnSettings } from "../block/entry.ts";
import { claudeFamily } from "../providers/claude.ts";
import { titleOf } from "../providers/display_name.ts";

/** One family: the models of a provider whose ids match a glob. */
export interface Family {
  readonly provider: string;
  readonly glob: string;
}

/** An alias and its families; the first that has a match decides. */
export interface AliasRule {
  readonly name: string;
  /** What it follows, in words; the alias itself where it says nothing else. */
  readonly title?: string;
  readonly families: readonly Family[];
  /** Asked for in `discover.yaml`, so that a miss is a warning. */
  readonly isExplicit?: boolean;
  /** What the user sets on its entries, besides what its provider's have. */
  readonly own?: OwnSettings;
}

/** The aliases that are written without any configuration. */
export const DEFAULT_ALIASES: readonly AliasRule[] = [
  claudeRule("sonnet"),
  rule("grok", "Grok", "xai", "grok-[0-9]*"),
  // Since Gemini 4 the names are no longer those of Pro and Flash.
  rule("gemini", "Gemini", "gemini", "gemini-[0-9]*"),
  rule(
    "gemini-pro",
    "Gemini Pro",
    "gemini",
    "gemini-[0-9]*-pro",
    "gemini-[0-9]*-pro-*",
  ),
  rule(
    "gemini-flash",
    "Gemini Flash",
    "gemini",
    "gemini-[0-9]*-flash",
    "gemini-[0-9]*-flash-preview*",
  ),
];

function rule(
  name: string,
  title: string,
  provider: string,
  ...globs: string[]
): AliasRule {
  return { name, title, families: globs.map((glob) => ({ provider, glob })) };
}

/** The family follows `claude-`, or, as it was before 4, the version. */
function claudeRule(family: string): AliasRule {
  return rule(
    claudeAlias(family),
    `Claude ${titleOf(family)}`,
    "openrouter",
    `anthropic/claude-${family}-*`,
    `anthropic/claude-${family}`,
    `anthropic/claude-[0-9]*-${family}`,
    `anthropic/claude-[0-9]*-${family}-*`,
  );
}

/** The alias of a family of Claudes; Sonnet's is the shortest. */
export function claudeAlias(family: string): string {
  return family === "sonnet" ? "claude-fallback" : `claude-${family}-fallback`;
}

/** The families of the Claudes that OpenRouter lists. */
export function familiesOf(ids: readonly string[]): string[] {
  return ids.filter((id) => id.startsWith("anthropic/"))
    .flatMap((id) => claudeFamily(id) ?? []);
}

/** The families of aliases in an earlier block. */
export function familiesNamed(aliases: readonly string[]): string[] {
  return aliases.flatMap((name) =>
    /^claude-([a-z]+)-fallback$/.exec(name)?.[1] ?? []
  );
}

/** An alias for every other family: a new one needs no new release. */
export function familyAliases(families: readonly string[]): AliasRule[] {
  return [...new Set(families)].toSorted()
    .filter((family) => family !== "sonnet")
    .map(claudeRule);
}

/** The alias of that name that there is without any configuration. */
export function defaultAlias(name: string): AliasRule | undefined {
  return [...DEFAULT_ALIASES, ...familyAliases(familiesNamed([name]))]
    .find((one) => one.name === name);
}

/** The names that an alias has. */
export function aliasNames(
  { name }: Pick<AliasRule, "name">,
  claudeCodeNames: boolean,
): string[] {
  const twin = claudeCodeNames ? claudeTwin(name) : undefined;
  return twin === undefined ? [name] : [name, twin];
}

/** The second name that Claude Code shows, for an alias that it would hide. */
export function claudeTwin(name: string): string | undefined {
  return /claude|anthropic/.test(name) ? undefined : `claude/${name}`;
}
