/**
 * The last line of a run: what became of the file, or would. What was asked for
 * decides the words: a refresh, a removal, a repair, or the way back.
 *
 * @module
 */

import { displayWidth, type Layout, type Line, span } from "./layout.ts";
import type { RunReport } from "../report/report.ts";
import { counted } from "../text/plural.ts";
import { fileName } from "../files/paths.ts";

/** What became of the file; below it why a run still counts as failed. */
export function closingLines(report: RunReport, layout: Layout): Line[] {
  const mark = MARKS[markOf(report)];
  const lead = [span(`${layout.symbols[mark.symbol]} `, mark.tone)];
  const lines = sentenceLines(lead, sentenceOf(report, "-n"), layout);
  return [...lines, ...missedLines(report, layout)];
}

/** The same as the answer to `--stat`, and nothing else. */
export function statLines(report: RunReport, layout: Layout): Line[] {
  return sentenceLines([], sentenceOf(report, "--stat"), layout);
}

/** Why a run that wrote something, or may have, has exit code 1. */
export function missedLines(report: RunReport, layout: Layout): Line[] {
  if (report.exitCode !== 1 || report.result === "nothing-written") return [];
  const mark = span(`${layout.symbols.failed} `, "bad");
  const hasAnswer = report.providers.some(({ outcome }) =>
    outcome === "answered"
  );
  const text = hasAnswer
    ? `Not every provider returned ${listIn(report)}, which counts as a ` +
      "failure with --strict and --check"
    : `No ${unmet(report)}`;
  return layout.wrap([mark], [span(text)]);
}

/** Why there is nothing to write, after "no". */
export function unmet(report: RunReport): string {
  return report.providers.some(({ outcome }) => outcome === "failed")
    ? `provider returned ${listIn(report)}`
    : "provider was asked";
}

/** A list that is doubted was returned, and kept out. */
function listIn({ providers }: RunReport): string {
  const isDoubted = providers.some(({ failure }) =>
    failure?.reason === "shrunk"
  );
  return `a model list${isDoubted ? " that was accepted" : ""}`;
}

const MARKS = {
  done: { symbol: "done", tone: "good" },
  stale: { symbol: "attention", tone: "attention" },
  failed: { symbol: "failed", tone: "bad" },
} as const;

function markOf({ result }: RunReport): keyof typeof MARKS {
  if (result === "would-change") return "stale";
  return result === "nothing-written" ? "failed" : "done";
}

/** The words around the path; the aside only where there is room on the line. */
interface Sentence {
  readonly before: string;
  readonly path: string;
  readonly after?: string | undefined;
  readonly aside?: string | undefined;
}

/** Of a path at least the name of the file is shown, whole. */
function leastCells(path: string): number {
  const name = path.replace(/^.*[\\/](?=.)/s, "");
  const cells = displayWidth([span(name)]);
  return name === path ? cells : cells + 2;
}

/** One line where the path can give way; words are wrapped, and never cut. */
function sentenceLines(
  lead: Line,
  { before, path, after = "", aside = "" }: Sentence,
  layout: Layout,
): Line[] {
  const bodyFor = (path: string): Line => [
    span(before, "strong"),
    span(path),
    span(after, "strong"),
  ];
  const room = layout.width - displayWidth([...lead, ...bodyFor("")]);
  const least = leastCells(path);
  if (room < least) {
    const cells = layout.width - displayWidth(lead) - 1;
    const shown = layout.shortenPath(path, Math.max(least, cells));
    return layout.wrap(lead, bodyFor(shown));
  }
  const line = [...lead, ...bodyFor(layout.shortenPath(path, room))];
  const whole = [...line, span(aside, "dim")];
  return [displayWidth(whole) <= layout.width ? whole : line];
}

function sentenceOf(report: RunReport, dryFlag: string): Sentence {
  const { action, result, config: path, output } = report;
  if (result === "nothing-written") {
    return { before: `No ${unmet(report)}; `, path, after: " is unchanged" };
  }
  if (result === "would-change") return wouldChange(report, dryFlag);
  if (output !== null) return outputSentence(report, output);
  switch (action) {
    case "refresh":
      return refreshed(report);
    case "remove":
      return result === "unchanged"
        ? { before: "Nothing to remove: ", path, after: " has no block" }
        : { before: "Removed the block from ", path, aside: savedAs(report) };
    case "repair":
      return repaired(report);
    case "undo":
      return result === "unchanged"
        ? { before: "Nothing to undo in ", path }
        : { before: "Restored ", path, aside: savedAs(report) };
    default:
      return action satisfies never;
  }
}

function refreshed(report: RunReport): Sentence {
  const { config: path, result, providers } = report;
  if (result !== "unchanged") {
    const before = result === "created" ? "Added the block to " : "Updated ";
    return { before, path, aside: savedAs(report) };
  }
  // As the lines above count: a model may have two names.
  const total = providers.reduce((sum, { models }) => sum + models, 0);
  const aside = `  ${counted(total, "model")}`;
  return { before: "Already up to date: ", path, aside };
}

/** A repair refreshes as well, and says what came of both. */
function repaired(report: RunReport): Sentence {
  const { config: path, result, repaired } = report;
  const aside = savedAs(report);
  if (repaired !== null && repaired > 0) {
    const entries = counted(repaired, "entry", "entries");
    const after = `; ${changesIn(report) ?? "the models are as before"}`;
    return { before: `Repaired ${entries} in `, path, after, aside };
  }
  const done = {
    "created": "added the block",
    "unchanged": "its models are up to date",
  };
  const after = result === "created" || result === "unchanged"
    ? done[result]
    : `updated its models: ${changesIn(report) ?? DETAILS}`;
  return { before: "Nothing to repair in ", path, after: `; ${after}`, aside };
}

function outputSentence(report: RunReport, path: string): Sentence {
  const { result, repaired } = report;
  const after = repaired === null || repaired === 0
    ? ""
    : ` with ${counted(repaired, "repaired entry", "repaired entries")}`;
  if (path === "-") return { before: "Wrote the new text to ", path: "stdout" };
  return result === "unchanged"
    ? { before: "Already up to date: ", path }
    : { before: "Wrote ", path, after };
}

/** What a run without `--dry-run`, `--stat` or `--check` would do. */
function wouldChange(report: RunReport, dryFlag: string): Sentence {
  const { action, config: path, diff, repaired } = report;
  const changed = changesIn(report);
  const changes = changed ?? DETAILS;
  if (diff === null) {
    return { before: "", path, after: ` is out of date: ${changes}` };
  }
  const apply = `. Run without ${dryFlag} to apply`;
  const before = {
    refresh: "Would update ",
    remove: "Would remove the block from ",
    repair: repaired === null || repaired === 0
      ? "Nothing to repair; would update "
      : `Would repair ${counted(repaired, "entry", "entries")} in `,
    undo: "Would restore ",
  }[action];
  // What else comes back may be more than details: markers, or an older form.
  const isOfBlock = action === "remove" || action === "undo";
  const counts = isOfBlock && changed === undefined ? "" : `: ${changes}`;
  return { before, path, after: counts + apply };
}

/** Limits, display names, an older form of the block. */
const DETAILS = "only details of its models";

/** `2 names added, 1 removed`; of the aliases where no name of a model changes. */
function changesIn(report: RunReport): string | undefined {
  const { models, aliases, addedAliases, removedAliases } = report;
  const { added, removed, renamed, rerouted } = models;
  const moved = aliases.filter(({ formerTarget }) => formerTarget !== null);
  return joined("name", [
    [added.length, "added"],
    [removed.length, "removed"],
    [renamed.length, "renamed"],
    [rerouted.length, "changed"],
  ]) ?? joined("alias", [
    [moved.length, "moved"],
    [addedAliases.length, "added"],
    [removedAliases.length, "removed"],
  ]);
}

function joined(
  noun: "name" | "alias",
  counts: readonly (readonly [count: number, word: string])[],
): string | undefined {
  const plural = noun === "name" ? "names" : "aliases";
  const texts = counts.filter(([count]) => count > 0)
    .map(([count, word], at) =>
      `${at === 0 ? counted(count, noun, plural) : count} ${word}`
    );
  return texts.length === 0 ? undefined : texts.join(", ");
}

function savedAs({ backup }: RunReport): string {
  return backup === null ? "" : `  (backup: ${fileName(backup)})`;
}
