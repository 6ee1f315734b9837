/**
 * The middle of the summary: which names came and went, where the aliases
 * point, and which names were found and are not written.
 *
 * @module
 */

import {
  displayWidth,
  type Line,
  listLines,
  padEnd,
  type RenderOptions,
  span,
  truncate,
  wrap,
} from "./layout.ts";
import type { Skipped } from "../catalog/names.ts";
import type { AliasReport, RunReport } from "../report/report.ts";

/** Names that came and went. */
export function changeLines(
  report: RunReport,
  options: RenderOptions,
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
    return wrap([span(MARK)], [text], options);
  }
  const width = Math.max(0, ...rows.map(({ label }) => label.length));
  return rows.flatMap(({ mark, label, names }) => {
    const lead = [mark, span(padEnd(label, width + 2))];
    return listLines(lead, names, 2, options);
  });
}

/** A change that no name shows: limits, an older form of the block. */
function isOnlyDetails({ result, aliases }: RunReport): boolean {
  return (result === "updated" || result === "would-change") &&
    aliases.every(({ formerTarget }) => formerTarget === null);
}

/** The mark of what is no news. */
const MARK = "  ";

/** An alias and its twins, which stand for the same model. */
interface AliasGroup {
  readonly first: string;
  readonly names: string;
  readonly target: string;
  readonly former: string | null;
}

/** A row for each alias that moved; the others, no news, on one line. */
export function aliasLines(
  { aliases, result }: RunReport,
  options: RenderOptions,
): Line[] {
  const groups = groupAliases(aliases, options);
  const areNews = options.isVerbose || result === "created";
  const [rows = [], rest = []] = areNews ? [groups] : [
    groups.filter(({ former }) => former !== null),
    groups.filter(({ former }) => former === null),
  ];
  const { arrow } = options.symbols;
  const others = rest.map(({ first, target }) => `${first} ${arrow} ${target}`);
  const line = [span(MARK), span(others.join(", "), "dim")];
  return [
    ...aliasRows(rows, options),
    ...(others.length > 0 ? [truncate(line, options)] : []),
  ];
}

/** The last part of an upstream model says enough, unless all is asked for. */
function groupAliases(
  aliases: readonly AliasReport[],
  { isVerbose }: RenderOptions,
): AliasGroup[] {
  const short = (model: string): string =>
    isVerbose ? model : model.slice(model.lastIndexOf("/") + 1);
  const groups = Map.groupBy(
    aliases,
    ({ target, formerTarget }) => JSON.stringify([target, formerTarget]),
  );
  return [...groups.values()].flatMap((twins) =>
    twins.slice(0, 1).map(({ name, target, formerTarget }) => ({
      first: name,
      names: twins.map((twin) => twin.name).join(", "),
      target: short(target),
      former: formerTarget === null ? null : short(formerTarget),
    }))
  );
}

/** Arrows under each other, if all rows have room for that. */
function aliasRows(
  groups: readonly AliasGroup[],
  options: RenderOptions,
): Line[] {
  const width = Math.max(0, ...groups.map(({ names }) => names.length));
  const rowsFor = (cells: number): Line[] =>
    groups.map((group) => aliasRow(group, cells, options));
  const isRoom = rowsFor(width).every((row) =>
    displayWidth(row) + MARK.length <= options.width
  );
  return rowsFor(isRoom ? width : 0).flatMap((row, at) => {
    const hasMoved = groups[at]?.former !== null;
    const mark = hasMoved ? span("~ ", "attention") : span(MARK);
    return wrap([mark], row, options, 4);
  });
}

function aliasRow(
  { names, target, former }: AliasGroup,
  cells: number,
  { symbols: { arrow } }: RenderOptions,
): Line {
  return [
    span(`${padEnd(names, cells)} `),
    span(`${arrow} `, "dim"),
    ...(former === null ? [span(target)] : [
      span(target, "attention"),
      span(` (was ${former})`, "dim"),
    ]),
  ];
}

const SKIPPED: Readonly<Record<Skipped["reason"], string>> = {
  "hand-written": "skipped, already in your config:",
  "wildcard": "left to your wildcards:",
  "repeated": "skipped, the name is taken:",
};

/** Names that were found and not written; on a quiet day they are no news. */
export function skippedLines(
  { result, skipped }: RunReport,
  options: RenderOptions,
): Line[] {
  if (result === "unchanged" && !options.isVerbose) return [];
  const groups = Map.groupBy(skipped, ({ reason }) => reason);
  return [...groups].flatMap(([reason, found]) => {
    const [first, ...others] = found.map(({ name }) => name);
    const names = [`${SKIPPED[reason]} ${first}`, ...others];
    return listLines([span(MARK)], names, 2, options);
  });
}
