/**
 * Why aliases of an earlier run are in the block no more.
 *
 * @module
 */

import { ALIAS_SECTION } from "../block/format.ts";
import { aliasNames, type AliasRule, familiesNamed } from "./aliases.ts";
import type { CatalogInput } from "./input.ts";
import type { Skipped } from "./names.ts";

/** An alias that was in the block and is not any more. */
export interface DroppedAlias {
  readonly name: string;
  readonly reason:
    /** Nothing asks for it any more. */
    | "no-rule"
    /** None of its providers is enabled. */
    | "provider-off"
    /** No model of its families is offered. */
    | "no-model"
    /** Its name is taken, see {@linkcode Skipped}. */
    | Skipped["reason"];
}

/** What an alias could have been kept by. */
export interface KeptAliases {
  readonly rules: readonly AliasRule[];
  readonly skipped: readonly Skipped[];
  /** The names that the block has. */
  readonly names: ReadonlySet<string>;
}

/** Those of the earlier block that are not among the kept ones, and why. */
export function droppedAliases(
  input: CatalogInput,
  { rules, skipped, names }: KeptAliases,
): DroppedAlias[] {
  const before = input.previous.sections.get(ALIAS_SECTION)?.entries ?? [];
  return before.filter(({ name }) => !names.has(name)).map(({ name }) => ({
    name,
    reason: skipped.find((one) => one.name === name)?.reason ??
      reasonFor(name, rules, input),
  }));
}

function reasonFor(
  name: string,
  rules: readonly AliasRule[],
  { sources, ownAliases, claudeCodeNames }: CatalogInput,
): DroppedAlias["reason"] {
  const rule = rules.find((one) =>
    aliasNames(one, claudeCodeNames).includes(name)
  );
  if (!rule) {
    // The rules for families of Claudes are made from what OpenRouter lists.
    const isOfFamily = familiesNamed([name]).length > 0;
    return isOfFamily && !ownAliases.has(name) ? "no-model" : "no-rule";
  }
  const isEnabled = rule.families.some((family) =>
    sources.some(({ provider }) => provider.id === family.provider)
  );
  return isEnabled ? "no-model" : "provider-off";
}
