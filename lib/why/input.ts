/**
 * What an explanation of a name is made from, and the few questions that all of
 * its parts ask.
 *
 * @module
 */

import type { Entry } from "../block/entry.ts";
import type { Section } from "../block/format.ts";
import type { PreviousBlock } from "../block/previous.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { sourceOf } from "../catalog/offer.ts";
import type { Config } from "../config/config.ts";
import type { Lines, Location } from "../config/lines.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { ValueOf } from "../litellm/references.ts";
import type { Provider } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import type { SettingsText } from "../settings/errors.ts";
import type { Settings } from "../settings/settings.ts";
import { shown } from "../text/key_look.ts";
import type { Path } from "../yaml/positions.ts";

/** All that is known when a name is asked about. */
export interface WhyInput {
  /** As clients send it, a provider's own id, or LiteLLM's name. */
  readonly name: string;
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
  sections: readonly Pick<Section, "id" | "entries">[],
): Held[] {
  return sections.flatMap(({ id: section, entries }) =>
    entries.map((entry) => ({ section, entry }))
  );
}

/** What the block calls a provider's model, if a run would leave it there. */
export function nameOf(
  { id, prefix }: Pick<Provider, "id" | "prefix">,
  model: string,
  input: WhyInput,
): string | undefined {
  return heldAfter(input).find(({ section, entry }) =>
    section === id && entry.model === prefix + model
  )?.entry.name;
}

/** A provider, and how its models are named: also one that is not on. */
export interface NamedSource {
  readonly provider: Pick<
    Provider,
    "id" | "title" | "kind" | "prefix" | "keyVariables"
  >;
  readonly nameTemplate: string;
}

/** The source of a section; of a server no more than its id may be known. */
export function namedSource(id: string, input: WhyInput): NamedSource {
  const provider = PROVIDERS.find((one) => one.id === id) ??
    { id, title: id, kind: "local", prefix: `${id}/`, keyVariables: [] };
  return sourceOf(id, input.settings.sources) ??
    { provider, nameTemplate: "{provider}/{id}" };
}

/** A provider by its id. */
export function providerOf(
  id: string,
  input: WhyInput,
): NamedSource["provider"] {
  return namedSource(id, input).provider;
}

/** A provider's id in a sentence about the name. */
export function itOr(id: string, { name }: WhyInput): string {
  return id === name ? "it" : shown(id);
}

/** Why a run found the name and does not write it, if it did. */
export function skippedAs(
  name: string,
  { catalog }: WhyInput,
): string | undefined {
  return catalog?.skipped.find((one) => one.name === name)?.reason;
}

/** Where a path of `discover.yaml` is. */
export function settingAt({ settingsFile }: WhyInput, path: Path): Location {
  if (!settingsFile) return {};
  const line = settingsFile.lineOf(path);
  return { file: settingsFile.path, ...(line !== undefined && { line }) };
}

/** Settings of a provider, as lines to paste after what they do. */
export function pasteHint(what: string, id: string, settings = ""): string {
  const value = settings === "" ? "{}" : `{ ${settings} }`;
  return `${what}:\nproviders:\n  ${id}: ${value}`;
}
