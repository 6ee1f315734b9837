/**
 * What the answer of one provider offers: its wanted models, each as an entry.
 * Made when the answer comes, so that little is left to do after the last one.
 *
 * @module
 */

import { type Entry, type EntryFacts, renderEntry } from "../block/entry.ts";
import { countModels } from "../block/format.ts";
import type { UserEntries } from "../config/user_entries.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { claudeName, CLIENT_NAME, undatedName } from "../providers/claude.ts";
import { lastingSuccessor } from "../providers/lifecycle.ts";
import type { Model, Provider } from "../providers/provider.ts";
import { displayNameOf } from "./display_names.ts";
import { modeOf } from "./mode.ts";
import { NameRegistry } from "./names.ts";
import { ownSettingsOf, type ProviderOwn } from "./own_settings.ts";
import { type Selection, type SelectionRules, selectModels } from "./select.ts";

/** A provider that may have a section; how its models are chosen and named. */
export interface Source {
  readonly provider: Provider;
  readonly rules: SelectionRules;
  /**
   * How a model is named: `{id}` and `{provider}` are filled in, and `{name}`,
   * which is Anthropic's own name of a Claude, and the id of another model.
   */
  readonly nameTemplate: string;
  /** The variable that LiteLLM takes the key from. */
  readonly keyVariable?: string;
  /** Where that is set: `the environment`, or a file's path and line. */
  readonly keyFrom?: string;
  /** Written into every entry of a server whose base LiteLLM does not know. */
  readonly apiBase?: string;
  /** Its turn where another provider has the same Claude. */
  readonly claudeOrder?: number;
  /** Whether a list that lost most of its models is accepted. */
  readonly acceptsShrink?: boolean;
  /** What the user sets on its entries. */
  readonly own?: ProviderOwn;
}

/** A model under its name, and under others where it has or needs one. */
interface OfferedModel {
  readonly model: Model;
  readonly entry: Entry;
  /** Where the name is taken. */
  readonly substitute: () => Entry;
  /** Under one more name. */
  readonly called: (name: string) => Entry;
}

/** The wanted models of one answer. */
export interface Offer {
  readonly provider: string;
  /** The ids of all its chat models, wanted or not. */
  readonly listed: readonly string[];
  readonly selection: Selection;
  readonly models: readonly OfferedModel[];
  /** Whether its Claudes have the names that clients send. */
  readonly hasClientNames: boolean;
}

/** What an outcome offers; nothing where there was no answer. */
export function offerOf(
  outcome: Outcome,
  sources: readonly Source[],
  userEntries: UserEntries,
  today: string,
): Offer | undefined {
  const source = sourceOf(outcome.provider, sources);
  if (!source || outcome.kind !== "answered") return undefined;
  const selection = selectModels(outcome.models, source.rules, today);
  return {
    provider: source.provider.id,
    listed: outcome.models.map(({ id }) => id),
    selection,
    models: selection.models.toSorted(byId)
      .map((model) => offeredModel(source, model, userEntries)),
    hasClientNames: source.nameTemplate === CLIENT_NAME,
  };
}

function byId(a: Model, b: Model): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function offeredModel(
  source: Source,
  model: Model,
  userEntries: UserEntries,
): OfferedModel {
  const { provider, claudeOrder } = source;
  const claude = claudeName(model.id);
  const order = claude === undefined ? undefined : claudeOrder;
  const entryAs = (name: string, deployment: string): Entry => {
    const displayName = displayNameOf(provider, model, name);
    const called = { name, deployment, displayName, order };
    return entryFor(source, model, called, userEntries);
  };
  const deployment = `${provider.id}/${model.id}`;
  return {
    model,
    entry: entryAs(nameIn(source, model.id), deployment),
    substitute: () => entryAs(deployment, deployment),
    called: (name) => entryAs(name, `${provider.id}/${name}`),
  };
}

/** What a model of the source is called. */
export function nameIn(
  { provider, nameTemplate }: Pick<Source, "nameTemplate"> & {
    readonly provider: Pick<Provider, "id">;
  },
  id: string,
): string {
  return nameTemplate.replaceAll("{provider}", () => provider.id)
    .replaceAll("{name}", () => claudeName(id) ?? id)
    .replaceAll("{id}", () => id);
}

/** What all outcomes offer. */
export function offersOf(
  outcomes: readonly Outcome[],
  sources: readonly Source[],
  userEntries: UserEntries,
  today: string,
): Offer[] {
  return outcomes.flatMap((outcome) =>
    offerOf(outcome, sources, userEntries, today) ?? []
  );
}

/** How many of its models the user's own names and wildcards leave room for. */
export function countOffered(
  offer: Offer | undefined,
  userEntries: UserEntries,
  overWildcards: boolean,
): number {
  const registry = new NameRegistry(userEntries, overWildcards);
  return countModels(entriesOf(offer, registry));
}

/**
 * The entries of an offer, as far as the names are to be had. `dated` has the
 * names with a day that Anthropic's list has, by those without it.
 */
export function entriesOf(
  offer: Offer | undefined,
  registry: NameRegistry,
  dated: ReadonlyMap<string, string> = new Map(),
): Entry[] {
  const ids = new Set(offer?.listed);
  return offer?.models.flatMap(({ model, entry, substitute, called }) => {
    const other = offer.hasClientNames
      ? otherName(model, entry.name, dated)
      : undefined;
    return [
      ...registry.claim(entry, substitute),
      ...(other === undefined || ids.has(other)
        ? []
        : registry.claimAnother(called(other))),
    ];
  }) ?? [];
}

/**
 * Up to 4.5 a Claude has two names, with a day and without: the other one. Of
 * several days, the newest has the name without.
 */
function otherName(
  { datedName }: Model,
  name: string,
  dated: ReadonlyMap<string, string>,
): string | undefined {
  const undated = undatedName(name);
  if (undated === undefined) return dated.get(name) ?? datedName;
  return dated.get(undated) === name ? undated : undefined;
}

/** The source of a provider; nothing where no setting mentions it. */
export function sourceOf(
  id: string,
  sources: readonly Source[],
): Source | undefined {
  return sources.find(({ provider }) => provider.id === id);
}

/** What an entry has besides its model. */
type Called = Pick<
  EntryFacts,
  "name" | "deployment" | "displayName" | "order" | "own"
>;

/** The entry of a model under a name; `own` is what is set for that alone. */
export function entryFor(
  source: Source,
  model: Model,
  called: Called,
  userEntries: UserEntries,
): Entry {
  const { provider, keyVariable, apiBase } = source;
  const upstream = provider.prefix + model.id;
  const limits = userEntries.limited.has(upstream) ? undefined : model;
  const mode = modeOf(model, source, userEntries);
  const { endsOn } = model;
  const next = lastingSuccessor(provider.id, model);
  const successor = next === undefined ? undefined : nameIn(source, next);
  const own = ownSettingsOf(source.own, model.id, called.own);
  const facts = { model: upstream, keyVariable, apiBase, limits, own };
  return renderEntry({ ...called, ...facts, mode, endsOn, successor });
}
