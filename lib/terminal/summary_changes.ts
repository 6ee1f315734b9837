/**
 * The middle of the summary: which names came and went, where the aliases
 * point, and which names were found and are not written.
 *
 * @module
 */

import {
  displayWidth,
  type Line,
  padEnd,
  type RenderOptions,
  type Span,
  span,
  wrap,
} from "./layout.ts";
import type { Skipped } from "../catalog/names.ts";
import type { AliasReport, RunReport } from "../report/report.ts";
import type { Tone } from "./style.ts";

/** Names that came and went. */
export function changeLines(report: RunReport, options: RenderOptions): Line[] {
  if (isSilent(report)) {
    return wrap([span("  ")], [span(ONLY_DETAILS, "dim")], options);
  }
  const { added, removed, removedAliases } = report;
  const groups: [string, string, readonly string[], Tone][] = [
    ["+ ", `${added.length} new  `, added, "good"],
    ["- ", `${removed.length} gone  `, removed, "bad"],
  ];
  const shown = groups.filter(([, , names]) => names.length > 0);
  const width = Math.max(0, ...shown.map(([, label]) => label.length));
  return [
    ...shown.flatMap(([mark, label, names, tone]) =>
      nameLines([span(mark, tone), span(padEnd(label, width))], names, options)
    ),
    ...(removedAliases.length === 0 ? [] : nameLines(
      [
        span("- ", "bad"),
        span(removedAliases.length === 1 ? "alias gone  " : "aliases gone  "),
      ],
      removedAliases,
      options,
    )),
  ];
}

const ONLY_DETAILS = "the same names, only details of them changed";

/** A change that no name shows: limits, an older form of the block. */
function isSilent(report: RunReport): boolean {
  const { result, added, removed, removedAliases, aliases } = report;
  return (result === "updated" || result === "would-change") &&
    added.length + removed.length + removedAliases.length === 0 &&
    aliases.every(({ formerTarget }) => formerTarget === undefined);
}

/** As many names as fit on two lines, then how many more there are. */
function nameLines(
  lead: Line,
  names: readonly string[],
  options: RenderOptions,
): Line[] {
  const all = wrap(lead, listOf(names), options);
  if (options.isVerbose || all.length <= 2) return all;
  for (let count = Math.min(names.length - 1, 12); count > 1; count--) {
    const lines = wrap(lead, listOf(names, count), options);
    if (lines.length <= 2) return lines;
  }
  return wrap(lead, listOf(names, 1), options);
}

function listOf(names: readonly string[], count = names.length): Line {
  const text = names.slice(0, count).join(", ");
  const more = names.length - count;
  return [
    span(text),
    ...(more > 0 ? [span(`, and ${more} more`, "dim")] : []),
  ];
}

/** Names that stand for the same model, an alias and its twins. */
interface AliasGroup {
  readonly names: string[];
  readonly target: string;
  readonly formerTarget?: string;
}

/** Moved aliases one by one; the others on one line, if they are no news. */
export function aliasLines(report: RunReport, options: RenderOptions): Line[] {
  const groups = groupAliases(report.aliases);
  if (options.isVerbose || report.result === "created") {
    return aliasTable(groups, options);
  }
  const moved = groups.filter(({ formerTarget }) => formerTarget !== undefined);
  const rest = groups.filter(({ formerTarget }) => formerTarget === undefined);
  return [...aliasTable(moved, options), ...restLine(rest, options)];
}

function groupAliases(aliases: readonly AliasReport[]): AliasGroup[] {
  const groups = new Map<string, AliasGroup>();
  for (const { name, target, formerTarget } of aliases) {
    const key = JSON.stringify([target, formerTarget]);
    const group = groups.get(key);
    if (group) group.names.push(name);
    else {
      const former = formerTarget === undefined ? {} : { formerTarget };
      groups.set(key, { names: [name], target, ...former });
    }
  }
  return [...groups.values()];
}

/** Arrows under each other if all rows have room for that. */
function aliasTable(
  groups: readonly AliasGroup[],
  options: RenderOptions,
): Line[] {
  const names = groups.map((group) => group.names.join(", "));
  const width = Math.max(0, ...names.map((name) => name.length));
  const rows = groups.map((group) => aliasLine(group, width, options));
  if (rows.every((row) => displayWidth(row) <= options.width)) return rows;
  return groups.flatMap((group) => {
    const row = aliasLine(group, 0, options);
    return displayWidth(row) <= options.width
      ? [row]
      : brokenAlias(group, options);
  });
}

function aliasLine(
  group: AliasGroup,
  width: number,
  options: RenderOptions,
): Line {
  return [
    aliasMark(group),
    span(`${padEnd(group.names.join(", "), width)} `),
    span(`${options.symbols.arrow} `, "dim"),
    ...targetOf(group, options),
    ...formerOf(group, options),
  ];
}

/** The alias, its target and its former target on lines of their own. */
function brokenAlias(group: AliasGroup, options: RenderOptions): Line[] {
  const arrow = span(`    ${options.symbols.arrow} `, "dim");
  const former = formerOf(group, options);
  return [
    ...wrap([aliasMark(group)], [span(group.names.join(", "))], options),
    ...wrap([arrow], targetOf(group, options), options),
    ...(former.length > 0 ? wrap([span("     ")], former, options) : []),
  ];
}

function aliasMark({ formerTarget }: AliasGroup): Span {
  return formerTarget === undefined ? span("  ") : span("~ ", "attention");
}

function targetOf(
  { target, formerTarget }: AliasGroup,
  options: RenderOptions,
): Span[] {
  const tone = formerTarget === undefined ? undefined : "attention";
  return [span(modelOf(target, options), tone)];
}

function formerOf(
  { formerTarget }: AliasGroup,
  options: RenderOptions,
): Span[] {
  if (formerTarget === undefined) return [];
  return [span(` (was ${modelOf(formerTarget, options)})`, "dim")];
}

/** The last part of an upstream model says enough, unless all is asked for. */
function modelOf(target: string, { isVerbose }: RenderOptions): string {
  return isVerbose ? target : target.slice(target.lastIndexOf("/") + 1);
}

/** One line with as many aliases as fit, or one that does, or none. */
function restLine(
  groups: readonly AliasGroup[],
  options: RenderOptions,
): Line[] {
  const { arrow } = options.symbols;
  const texts = groups.map(({ names, target }) =>
    `${names[0] ?? ""} ${arrow} ${modelOf(target, options)}`
  );
  for (let count = texts.length; count > 0; count--) {
    const line = [span("  "), ...dim(listOf(texts, count))];
    if (displayWidth(line) <= options.width) return [line];
  }
  const more = texts.length > 1 ? `, ${options.symbols.ellipsis}` : "";
  const lines = texts.map((text) => [span(`  ${text}${more}`, "dim")]);
  return lines.filter((line) => displayWidth(line) <= options.width).slice(
    0,
    1,
  );
}

function dim(line: Line): Line {
  return line.map(({ text }) => span(text, "dim"));
}

/** Names that were found and not written; on a quiet day they are no news. */
export function skippedLines(
  report: RunReport,
  options: RenderOptions,
): Line[] {
  const isQuiet = report.result === "unchanged" && !options.isVerbose;
  if (report.skipped.length === 0 || isQuiet) return [];
  const names = (reason: Skipped["reason"]): string[] =>
    report.skipped.filter((one) => one.reason === reason).map(({ name }) =>
      name
    );
  return [
    ["not added, yours already:", names("hand-written")] as const,
    ["left to your wildcards:", names("wildcard")] as const,
    ["not added twice:", names("repeated")] as const,
  ].flatMap(([label, [first, ...others]]) =>
    first === undefined
      ? []
      : nameLines([span("  ")], [`${label} ${first}`, ...others], options)
  );
}
