/**
 * What a plan changes in the block: which names came, went and are answered by
 * another, and what became of the aliases.
 *
 * @module
 */

import { deploymentOf, type Entry } from "../block/entry.ts";
import { ALIAS_SECTION, type Section } from "../block/format.ts";
import type { PreviousBlock } from "../block/previous.ts";
import { factsOf } from "../block/read_entry.ts";
import type { Alias } from "../catalog/catalog.ts";
import { writtenName } from "../catalog/written_name.ts";
import type {
  AliasReport,
  ModelChanges,
  PassedOverReport,
  RemovedAlias,
  RenamedModel,
  RunReport,
} from "../report/report.ts";
import type { Applied } from "./apply.ts";
import type { Plan } from "./plan.ts";

/** The part of a report that the block decides. */
export type Changes = Pick<
  RunReport,
  "models" | "aliases" | "addedAliases" | "removedAliases" | "skipped"
>;

/** The changes of a run that applied nothing. */
export function noChanges({ sections }: PreviousBlock): Changes {
  const kept = entriesByName([...sections.values()]).size;
  return {
    models: { added: [], removed: [], renamed: [], kept, rerouted: [] },
    aliases: [],
    addedAliases: [],
    removedAliases: [],
    skipped: [],
  };
}

/**
 * What an applied plan changes; without a catalog all goes. Where an `--output`
 * file has the text already, that is nothing, whatever the config's own block says.
 */
export function changesOf(
  { plan, result }: Pick<Applied, "plan" | "result">,
): Changes {
  const { catalog } = plan;
  const isSame = result === "unchanged" && catalog !== undefined;
  const sections = isSame
    ? new Map(catalog.sections.map((section) => [section.id, section]))
    : plan.previous.sections;
  const former = new Map(
    sections.get(ALIAS_SECTION)?.entries.map((entry) =>
      [entry.name, entry.model] as const
    ),
  );
  const aliases = catalog?.aliases ?? [];
  return {
    models: modelChanges([...sections.values()], catalog?.sections ?? []),
    aliases: aliases.map((alias) => aliasReport(alias, former, sections, plan)),
    addedAliases: aliases.map(({ name }) => name)
      .filter((name) => !former.has(name)),
    removedAliases: isSame ? [] : catalog?.droppedAliases ??
      [...former.keys()].map((name): RemovedAlias => ({
        name,
        reason: "block-removed",
      })),
    skipped: catalog?.skipped ?? [],
  };
}

function modelChanges(
  sectionsBefore: readonly Section[],
  sectionsAfter: readonly Section[],
): ModelChanges {
  const before = entriesByName(sectionsBefore);
  const after = entriesByName(sectionsAfter);
  const kept = [...after.keys()].filter((name) => before.has(name));
  const renamed = renamedIn(before, after);
  return {
    added: onlyIn(after, before, renamed.map(({ to }) => to)),
    removed: onlyIn(before, after, renamed.map(({ from }) => from)),
    renamed,
    kept: kept.length,
    rerouted: kept.filter((name) =>
      isRerouted(before.get(name) ?? [], after.get(name) ?? [])
    ),
  };
}

/** The names of the one that the other has not, but for those renamed. */
function onlyIn(
  one: EntriesByName,
  other: EntriesByName,
  renamed: readonly string[],
): string[] {
  const apart = new Set(renamed);
  return [...one.keys()].filter((name) => !other.has(name) && !apart.has(name));
}

/** Names that went, each with the one that came for the same model. */
function renamedIn(
  before: EntriesByName,
  after: EntriesByName,
): RenamedModel[] {
  const came = Map.groupBy(
    [...after].filter(([name]) => !before.has(name)),
    ([name]) => name.toLowerCase(),
  );
  return [...before].flatMap(([from, entries]) => {
    if (after.has(from)) return [];
    const alike = came.get(from.toLowerCase()) ?? [];
    const at = alike.findIndex(([, others]) =>
      entries.some((one) =>
        others.some((other) => isSameModel(one.model, other.model))
      )
    );
    // Taken out, as one that came stands for one that went.
    return alike.splice(at, at < 0 ? 0 : 1).map(([to]) => ({ from, to }));
  });
}

/** In whatever capitals. */
function isSameModel(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** One name may have several deployments. */
type EntriesByName = ReadonlyMap<string, readonly Entry[]>;

function entriesByName(sections: readonly Section[]): EntriesByName {
  const entries = sections.filter(({ id }) => id !== ALIAS_SECTION)
    .flatMap((section) => section.entries);
  return Map.groupBy(entries, ({ name }) => name);
}

function isRerouted(
  before: readonly Entry[],
  after: readonly Entry[],
): boolean {
  const isSame = before.length === after.length &&
    before.every(({ lines }, at) =>
      lines.join("\n") === after[at]?.lines.join("\n")
    );
  return !isSame && routeOf(before) !== routeOf(after);
}

/** Who answers, in which order. An order alone has nobody to come before. */
function routeOf(entries: readonly Entry[]): string {
  const isShared = entries.length > 1;
  const routes = entries.map((entry) => {
    const [provider] = deploymentOf(entry).split("/");
    const order = isShared ? entry.order ?? null : null;
    const base = factsOf(entry)?.apiBase ?? null;
    return JSON.stringify([order, provider, entry.model, base]);
  });
  return routes.toSorted().join();
}

function aliasReport(
  { name, target, passedOver }: Alias,
  formerTargets: ReadonlyMap<string, string>,
  before: PreviousBlock["sections"],
  { config, catalog }: Plan,
): AliasReport {
  const nameOf = (model: string): string | null =>
    writtenName(model, catalog?.sections ?? [], config) ?? null;
  const former = formerTargets.get(name) ?? null;
  const isMoved = former !== null && !isSameModel(former, target);
  const formerTarget = isMoved ? former : null;
  const passedOverReport: PassedOverReport | null = passedOver
    ? { ...passedOver, modelName: nameOf(passedOver.model) }
    : null;
  return {
    name,
    target,
    modelName: nameOf(target),
    formerTarget,
    formerModelName: formerTarget &&
      (writtenName(formerTarget, before.values(), config) ?? null),
    passedOver: passedOverReport,
  };
}
