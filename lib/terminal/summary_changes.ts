/**
 * The middle of the summary: which names came and went, where the aliases
 * point, and which names were found and are not written.
 *
 * @module
 */

import { type Layout, type Line, padEnd, type Span, span } from "./layout.ts";
import type { Skipped } from "../catalog/names.ts";
import type { PassedOver } from "../catalog/catalog.ts";
import type { AliasReport, RemovedAlias, RunReport } from "../report/report.ts";
import { counted } from "../text/plural.ts";

/** A list of names under a label, and what happened to them. */
interface ChangeRow {
  readonly mark: Span;
  readonly label: string;
  readonly names: readonly string[];
}

/** Names that came and went, and those that another model answers now. */
export function changeLines(
  report: RunReport,
  layout: Layout,
): Line[] {
  const rows = [...nameRows(report, layout), ...removedAliasRows(report)];
  if (rows.length === 0 && isOnlyDetails(report)) {
    const text = span("the same names; only their details changed", "dim");
    return layout.wrap([span("  ")], [text]);
  }
  const width = Math.max(0, ...rows.map(({ label }) => label.length));
  return rows.flatMap(({ mark, label, names }) => {
    const lead = [mark, span(padEnd(label, width + 2))];
    return layout.list(lead, names, 2);
  });
}

function nameRows(
  { models }: RunReport,
  { symbols: { arrow } }: Layout,
): ChangeRow[] {
  const { added, removed, renamed, rerouted } = models;
  const label = (names: readonly unknown[], what: string): string =>
    `${counted(names.length, "name")} ${what}`;
  const rows: ChangeRow[] = [
    {
      mark: span("+ ", "good"),
      label: label(added, "added"),
      names: added,
    },
    {
      mark: span("- ", "bad"),
      label: label(removed, "removed"),
      names: removed,
    },
    {
      mark: span("~ ", "attention"),
      label: label(renamed, "renamed"),
      names: renamed.map(({ from, to }, at) => {
        const lead = at > 0 ? "" : "clients must use the new spelling: ";
        return `${lead}${from} ${arrow} ${to}`;
      }),
    },
    {
      mark: span("~ ", "attention"),
      label: label(rerouted, "changed"),
      names: rerouted.map((name, at) => at > 0 ? name : `who answers: ${name}`),
    },
  ];
  return rows.filter(({ names }) => names.length > 0);
}

const REMOVED: Readonly<Record<RemovedAlias["reason"], string>> = {
  "block-removed": "",
  "no-rule": "no longer configured: ",
  "provider-off": "provider not enabled: ",
  "no-model": "no model left for: ",
  "hand-written": "already in your config: ",
  "wildcard": "left to your wildcards: ",
  "repeated": "the name is taken: ",
};

/** A row for each reason. */
function removedAliasRows({ removedAliases }: RunReport): ChangeRow[] {
  const groups = Map.groupBy(removedAliases, ({ reason }) => reason);
  return [...groups].map(([reason, dropped]) => {
    const [first = "", ...others] = dropped.map(({ name }) => name);
    return {
      mark: span("- ", "bad"),
      label: `${counted(dropped.length, "alias", "aliases")} removed`,
      names: [REMOVED[reason] + first, ...others],
    };
  });
}

/** A change that no name shows: limits, an older form of the block. */
function isOnlyDetails(
  { result, output, repaired, aliases, addedAliases, action }: RunReport,
): boolean {
  return output === null && action !== "undo" && !repaired &&
    (result === "updated" || result === "would-change") &&
    addedAliases.length === 0 &&
    aliases.every(({ formerTarget }) => formerTarget === null);
}

/** Aliases of the same model. */
interface AliasRow {
  readonly names: readonly string[];
  readonly target: string;
  /** With `--verbose`: what the target's entry calls, where that says more. */
  readonly upstream: string | null;
  readonly former: string | null;
  readonly passedOver: PassedOver | null;
  readonly isNew: boolean;
}

/** A row for each alias that is new or moved; the others, no news, in a list. */
export function aliasLines(
  { aliases, addedAliases, result }: RunReport,
  layout: Layout,
): Line[] {
  const { isVerbose, symbols: { arrow } } = layout;
  const isFirst = result === "created";
  const all = aliasRows(aliases, isFirst ? [] : addedAliases, isVerbose);
  const isNews = ({ former, isNew }: AliasRow): boolean =>
    isVerbose || isFirst || isNew || former !== null;
  const rows = all.filter(isNews);
  const width = Math.max(0, ...rows.map(({ names }) => listOf(names).length));
  const others = all.filter((row) => !isNews(row))
    .map(({ names, target }) => `${names[0]} ${arrow} ${target}`);
  return [
    ...rows.flatMap((row) => aliasLine(row, width, layout)),
    ...(others.length > 0 ? layout.list([span("  ")], others, 1, "dim") : []),
  ];
}

function listOf(names: readonly string[]): string {
  return names.join(", ");
}

/** A model by its name in the config; by the last part of its id without one. */
function shown(model: string, name: string | null): string {
  return name ?? model.slice(model.lastIndexOf("/") + 1);
}

function aliasRows(
  aliases: readonly AliasReport[],
  added: readonly string[],
  isVerbose: boolean,
): AliasRow[] {
  const rows = Map.groupBy(
    aliases,
    ({ target, formerTarget, passedOver, name }) =>
      JSON.stringify([target, formerTarget, passedOver, added.includes(name)]),
  );
  return [...rows.values()].flatMap((twins) =>
    twins.slice(0, 1).map((alias) => ({
      ...rowOf(alias, isVerbose),
      names: twins.map(({ name }) => name),
      isNew: added.includes(alias.name),
    }))
  );
}

function rowOf(
  { target, modelName, formerTarget, formerModelName, passedOver }: AliasReport,
  isVerbose: boolean,
): Omit<AliasRow, "names" | "isNew"> {
  const name = shown(target, modelName);
  return {
    target: name,
    upstream: isVerbose && name !== target ? target : null,
    former: formerTarget && shown(formerTarget, formerModelName),
    passedOver: passedOver && {
      model: shown(passedOver.model, passedOver.modelName),
      endsOn: passedOver.endsOn,
    },
  };
}

/** What it was before, and which newer model it does not follow, and why. */
function reasonOf({ upstream, former, passedOver }: AliasRow): string {
  const called = upstream === null ? [] : [upstream];
  const was = former === null ? [] : [`was ${former}`];
  if (!passedOver) return [...called, ...was].join("; ");
  const { model, endsOn } = passedOver;
  const end = endsOn === null ? "shut down" : `last day ${endsOn}`;
  const reasons = model === former
    ? [`was ${former}, ${end}`]
    : [...was, `not ${model}, ${end}`];
  return [...called, ...reasons].join("; ");
}

/** Arrows are aligned; a row that must be wrapped loses its padding. */
function aliasLine(
  row: AliasRow,
  width: number,
  layout: Layout,
): Line[] {
  const { names, target, former } = row;
  const isMoved = former !== null;
  const reason = reasonOf(row);
  const plain = row.isNew ? span("+ ", "good") : span("  ");
  const mark = isMoved ? span("~ ", "attention") : plain;
  const body = [
    span(`${padEnd(listOf(names), width)} `),
    span(`${layout.symbols.arrow} `, "dim"),
    span(target, isMoved ? "attention" : undefined),
    span(reason && ` (${reason})`, "dim"),
  ];
  return layout.wrap([mark], body, 4);
}

const SKIPPED: Readonly<Record<Skipped["reason"], string>> = {
  "hand-written": "skipped, already in your config:",
  "wildcard": "left to your wildcards:",
  "repeated": "skipped, the name is taken:",
};

/** Names that were found and not written; on a quiet day they are no news. */
export function skippedLines(
  { result, skipped }: RunReport,
  layout: Layout,
): Line[] {
  if (result === "unchanged" && !layout.isVerbose) return [];
  const groups = Map.groupBy(skipped, ({ reason }) => reason);
  return [...groups].flatMap(([reason, found]) => {
    const [first, ...others] = found.map(({ name }) => name);
    const names = [`${SKIPPED[reason]} ${first}`, ...others];
    return layout.list([span("  ")], names, 2);
  });
}
