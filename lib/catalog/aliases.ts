/**
 * Friendly names that follow the newest model of a family, so that a name typed
 * into a client, or used as a fallback, stays right for years.
 *
 * @module
 */

import { claudeFamily } from "../providers/claude.ts";
import { titleOf } from "../providers/display_name.ts";
import { matches } from "../text/glob.ts";
import { newestFirst } from "./newest.ts";
import type { Model } from "../providers/provider.ts";

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
}

/** The aliases that are written without any configuration. */
export const DEFAULT_ALIASES: readonly AliasRule[] = [
  claudeRule("sonnet"),
  rule("grok", "Grok", "xai", "grok-[0-9]*"),
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

/** The second name that Claude Code shows, for an alias that it would hide. */
export function claudeTwin(name: string): string | undefined {
  return /claude|anthropic/.test(name) ? undefined : `claude/${name}`;
}

/** The newest of the family; plain ids win over all others. */
export function newestOf(
  models: readonly Model[],
  glob: string,
): Model | undefined {
  return newestFirst(models.filter(({ id }) => matches(glob, id)))[0];
}

/** What an alias resolves to, if anything; unknown where an answer is missing. */
export type Resolved =
  | { readonly provider: string; readonly model: Model }
  | undefined
  | "unknown";

/**
 * The newest model of the first family that has one. `offered` has the enabled
 * providers, without models if one gave no answer: then the families after it do
 * not count. A model past its announced end is only a last resort.
 */
export function resolveAlias(
  { families }: AliasRule,
  offered: ReadonlyMap<string, readonly Model[] | undefined>,
  today: string,
): Resolved {
  const enabled = families.filter(({ provider }) => offered.has(provider));
  const silent = enabled.findIndex(({ provider }) => !offered.get(provider));
  const newest = (isEligible: (model: Model) => boolean): Resolved[] =>
    enabled.slice(0, silent < 0 ? enabled.length : silent)
      .flatMap(({ provider, glob }) => {
        const models = offered.get(provider) ?? [];
        const model = newestOf(models.filter(isEligible), glob);
        return model ? [{ provider, model }] : [];
      });
  const [current] = newest(({ endsOn }) => !endsOn || endsOn > today);
  if (current || silent >= 0) return current ?? "unknown";
  return newest(() => true)[0];
}
