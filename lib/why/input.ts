/**
 * What an explanation of a name is made from, and the few questions that all of
 * its parts ask.
 *
 * @module
 */

import type { Entry } from "../block/entry.ts";
import type { PreviousBlock } from "../block/previous.ts";
import {
  type AliasRule,
  claudeTwin,
  familiesNamed,
  familyAliases,
} from "../catalog/aliases.ts";
import { aliasRules } from "../catalog/alias_section.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { nameIn, type Source } from "../catalog/offer.ts";
import type { Config } from "../config/config.ts";
import type { Lines, Location } from "../config/lines.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { ValueOf } from "../litellm/references.ts";
import { claudeName, undatedName } from "../providers/claude.ts";
import { PROVIDERS } from "../providers/table.ts";
import type { ProviderName } from "./reasons.ts";
import type { SettingsText } from "../settings/errors.ts";
import type { Settings } from "../settings/settings.ts";
import type { Path } from "../yaml/positions.ts";

/** All that is known when a name is asked about. */
export interface WhyInput {
  readonly config: Config;
  /** Of the config as it is. */
  readonly lines: Lines;
  readonly settings: Settings;
  readonly settingsFile: Pick<SettingsText, "path" | "lineOf"> | undefined;
  readonly previous: PreviousBlock;
  readonly outcomes: readonly Outcome[];
  /** What a run would write; absent where it would write nothing. */
  readonly catalog: Catalog | undefined;
  readonly valueOf: ValueOf;
}

/** An entry of the block, and the provider or the aliases that it is under. */
export interface Held {
  readonly section: string;
  readonly entry: Entry;
}

/** The entries of the block as a run would leave it. */
export function heldAfter({ catalog, previous }: WhyInput): Held[] {
  return entriesIn(catalog?.sections ?? [...previous.sections.values()]);
}

/** The entries of the block as it is. */
export function heldBefore({ previous }: WhyInput): Held[] {
  return entriesIn([...previous.sections.values()]);
}

function entriesIn(
  sections: readonly {
    readonly id: string;
    readonly entries: readonly Entry[];
  }[],
): Held[] {
  return sections.flatMap(({ id: section, entries }) =>
    entries.map((entry) => ({ section, entry }))
  );
}

/** A provider as people call it; by its id where nothing else is known. */
export function providerName(id: string, { settings }: WhyInput): ProviderName {
  const found = settings.sources.map(({ provider }) => provider)
    .concat(PROVIDERS).find((one) => one.id === id);
  return { id, title: found?.title ?? id };
}

/** Where a path of `discover.yaml` is. */
export function settingAt({ settingsFile }: WhyInput, path: Path): Location {
  if (!settingsFile) return {};
  const line = settingsFile.lineOf(path);
  return { file: settingsFile.path, ...(line !== undefined && { line }) };
}

/**
 * The rule of an alias, be it under its second name. Every family of Claudes has
 * one as soon as it has a model.
 */
export function aliasRule(
  name: string,
  { settings, previous, catalog, config: { userEntries } }: WhyInput,
): AliasRule | undefined {
  const input = { ...settings, offers: [], previous, userEntries };
  const rules = aliasRules(input, catalog?.selections ?? new Map());
  const found = rules.find((rule) =>
    rule.name === name ||
    settings.claudeCodeNames && claudeTwin(rule.name) === name
  );
  if (found || settings.ownAliases.has(name)) return found;
  return familyAliases(familiesNamed([name])).find((rule) =>
    rule.name === name
  );
}

/** Whether a model of a provider may be meant by a name. */
export function isCalled(
  name: string,
  source: Pick<Source, "provider" | "nameTemplate">,
  id: string,
): boolean {
  const spelled = spellingsOf(source, id).map((one) => one.toLowerCase());
  return [name, claudeName(name) ?? name]
    .some((one) => spelled.includes(one.toLowerCase()));
}

/** `openrouter/anthropic/claude-…`, `claude-…`, with its day and without it. */
function spellingsOf(
  source: Pick<Source, "provider" | "nameTemplate">,
  id: string,
): string[] {
  const { provider } = source;
  const plain = id.replace(/^~/, "");
  const claude = claudeName(id);
  return [
    ...[id, plain, provider.prefix + id, `${provider.id}/${id}`],
    ...[`discover:${provider.id}/${id}`, nameIn(source, id)],
    plain.slice(plain.lastIndexOf("/") + 1),
    ...(claude === undefined ? [] : [claude, undatedName(claude) ?? claude]),
  ];
}
