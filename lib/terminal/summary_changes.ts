/**
 * The middle of the summary: which names came and went, where the aliases
 * point, and which names were found and are not written.
 *
 * @module
 */

import { type Layout, type Line, padEnd, span } from "./layout.ts";
import type { Skipped } from "../catalog/names.ts";
import type { PassedOver } from "../catalog/catalog.ts";
import type { AliasReport, RunReport } from "../report/report.ts";

/** Names that came and went. */
export function changeLines(
  report: RunReport,
  layout: Layout,
): Line[] {
  const { models: { added, removed }, removedAliases } = report;
  const aliases = removedAliases.length === 1 ? "alias" : "aliases";
  const groups = [
    [span("+ ", "good"), "added", added],
    [span("- ", "bad"), "removed", removed],
    [span("- ", "bad"), `${aliases} removed`, removedAliases],
  ] as const;
  const rows = groups.filter(([, , names]) => names.length > 0)
    .map(([mark, what, names]) => ({
      mark,
      label: `${names.length} ${what}`,
      names,
    }));
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

/** A change that no name shows: limits, an older form of the block. */
function isOnlyDetails({ result, aliases }: RunReport): boolean {
  return (result === "updated" || result === "would-change") &&
    aliases.every(({ formerTarget }) => formerTarget === null);
}

/** Aliases of the same model. */
interface AliasRow {
  readonly names: readonly string[];
  readonly target: string;
  readonly former: string | null;
  readonly passedOver: PassedOver | null;
}

/** A row for each alias that moved; the others, no news, in a list. */
export function aliasLines(
  { aliases, result }: RunReport,
  layout: Layout,
): Line[] {
  const { isVerbose, symbols: { arrow } } = layout;
  const all = aliasRows(aliases, isVerbose);
  const isNews = ({ former }: AliasRow): boolean =>
    isVerbose || result === "created" || former !== null;
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

/** The last part of an upstream model says enough, unless all is asked for. */
function aliasRows(
  aliases: readonly AliasReport[],
  isVerbose: boolean,
): AliasRow[] {
  const shown = (model: string): string =>
    isVerbose ? model : model.slice(model.lastIndexOf("/") + 1);
  const rows = Map.groupBy(
    aliases,
    ({ target, formerTarget, passedOver }) =>
      JSON.stringify([target, formerTarget, passedOver]),
  );
  return [...rows.values()].flatMap((twins) =>
    twins.slice(0, 1).map(({ target, formerTarget, passedOver }) => ({
      names: twins.map(({ name }) => name),
      target: shown(target),
      former: formerTarget === null ? null : shown(formerTarget),
      passedOver: passedOver &&
        { ...passedOver, model: shown(passedOver.model) },
    }))
  );
}

/** What it was before, and which newer model it does not follow, and why. */
function reasonOf({ former, passedOver }: AliasRow): string {
  const was = former === null ? [] : [`was ${former}`];
  if (!passedOver) return was.join("");
  const { model, endsOn } = passedOver;
  const end = endsOn === null ? "shut down" : `last day ${endsOn}`;
  return model === former
    ? `was ${former}, ${end}`
    : [...was, `not ${model}, ${end}`].join("; ");
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
  const mark = isMoved ? span("~ ", "attention") : span("  ");
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
