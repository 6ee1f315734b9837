/**
 * What the answer of one provider offers: its wanted models, each as an entry.
 * Made when the answer comes, so that little is left to do after the last one.
 *
 * @module
 */

import { type Entry, renderEntry } from "../block/entry.ts";
import type { UserEntries } from "../config/user_entries.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Model, Provider } from "../providers/provider.ts";
import { NameRegistry } from "./names.ts";
import { type Selection, type SelectionRules, selectModels } from "./select.ts";

/** A provider that may have a section; how its models are chosen and named. */
export interface Source {
  readonly provider: Provider;
  readonly rules: SelectionRules;
  /** How a model is named: `{id}` and `{provider}` are filled in. */
  readonly nameTemplate: string;
  /** The variable that LiteLLM takes the key from. */
  readonly keyVariable?: string;
  /** Written into every entry of a server whose base LiteLLM does not know. */
  readonly apiBase?: string;
}

/** A model under its name, and under another where that one is taken. */
interface OfferedModel {
  readonly entry: Entry;
  readonly substitute: () => Entry;
}

/** The wanted models of one answer. */
export interface Offer {
  readonly provider: string;
  readonly selection: Selection;
  readonly models: readonly OfferedModel[];
}

/** What an outcome offers; nothing where there was no answer. */
export function offerOf(
  outcome: Outcome,
  sources: readonly Source[],
  userEntries: UserEntries,
): Offer | undefined {
  const source = sourceOf(outcome.provider, sources);
  if (!source || outcome.kind !== "answered") return undefined;
  const selection = selectModels(outcome.models, source.rules);
  const { id } = source.provider;
  const models = selection.models.map((model): OfferedModel => {
    const deployment = `${id}/${model.id}`;
    const name = source.nameTemplate.replaceAll("{provider}", () => id)
      .replaceAll("{id}", () => model.id);
    const called = (name: string): Entry =>
      entryFor(source, model, { name, deployment }, userEntries);
    return { entry: called(name), substitute: () => called(deployment) };
  });
  return { provider: id, selection, models };
}

/** What all outcomes offer. */
export function offersOf(
  outcomes: readonly Outcome[],
  sources: readonly Source[],
  userEntries: UserEntries,
): Offer[] {
  return outcomes.flatMap((outcome) =>
    offerOf(outcome, sources, userEntries) ?? []
  );
}

/** How many of its models the user's own names and wildcards leave room for. */
export function countOffered(
  offer: Offer | undefined,
  userEntries: UserEntries,
  overWildcards: boolean,
): number {
  const registry = new NameRegistry(userEntries, overWildcards);
  return entriesOf(offer, registry).length;
}

/** The entries of an offer, as far as the names are to be had. */
export function entriesOf(
  offer: Offer | undefined,
  registry: NameRegistry,
): Entry[] {
  return offer?.models.flatMap(({ entry, substitute }) =>
    registry.claim(entry, substitute)
  ) ?? [];
}

/** The source of a provider; nothing where no setting mentions it. */
export function sourceOf(
  id: string,
  sources: readonly Source[],
): Source | undefined {
  return sources.find(({ provider }) => provider.id === id);
}

/** The entry of a model under a name. */
export function entryFor(
  { provider, keyVariable, apiBase }: Source,
  model: Model,
  called: Pick<Parameters<typeof renderEntry>[0], "name" | "deployment">,
  { limited }: UserEntries,
): Entry {
  const upstream = provider.prefix + model.id;
  return renderEntry({
    ...called,
    model: upstream,
    ...(keyVariable && { keyVariable }),
    ...(apiBase && { apiBase }),
    ...(!limited.has(upstream) && { limits: model }),
  });
}
