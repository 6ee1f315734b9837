/**
 * Anthropic itself comes first where OpenRouter has the same Claude: it has the
 * names, and LiteLLM turns to OpenRouter's while Anthropic's fails.
 *
 * @module
 */

import type { Section } from "../block/format.ts";
import { claudeName, datedNames, undatedName } from "../providers/claude.ts";
import { idIn } from "../providers/provider.ts";
import type { CatalogInput } from "./input.ts";
import type { NameRegistry } from "./names.ts";

/** Its models have their names before all that stand in for them. */
export const FIRST_CHOICE = "anthropic";
/** Its Claudes stand in. */
export const STAND_IN = "openrouter";

/** The ids with Anthropic in front, so that its models get their names first. */
export function firstChoiceFirst(ids: readonly string[]): string[] {
  return ids.toSorted((a, b) =>
    Number(b === FIRST_CHOICE) - Number(a === FIRST_CHOICE)
  );
}

/**
 * The names with a day in Anthropic's own list, by those without: the list of an
 * earlier run where there is no answer, and none where Anthropic is off.
 */
export function datedByAnthropic(
  { offers, previous, off }: CatalogInput,
): Map<string, string> {
  if (off.has(FIRST_CHOICE)) return new Map();
  const offer = offers.find(({ provider }) => provider === FIRST_CHOICE);
  const before = previous.sections.get(FIRST_CHOICE)?.entries ?? [];
  const ids = offer?.listed ??
    before.map(({ model }) => idIn(model));
  return datedNames(ids);
}

/**
 * Anthropic's entries of an older version have no order, so that nothing can
 * stand in for them, and other names. Until it answers, nobody else gets theirs.
 */
export function reserveForOlder(
  { entries }: Section,
  registry: NameRegistry,
): void {
  for (const { model, displayName } of entries) {
    const own = claudeName(model);
    // Every entry has had one since there is an order.
    if (displayName !== undefined || own === undefined) continue;
    registry.reserve(own);
    registry.reserve(undatedName(own) ?? own);
  }
}
