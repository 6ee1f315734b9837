/**
 * What a run came to, in the few lines under the providers: what was added and
 * removed, where the aliases point, what needs attention, and what became of
 * the file.
 *
 * @module
 */

import {
  displayWidth,
  type Layout,
  type Line,
  type Span,
  span,
} from "./layout.ts";
import { formatMs } from "./progress.ts";
import { aliasLines, changeLines, skippedLines } from "./summary_changes.ts";
import type { ProviderReport, RunReport } from "../report/report.ts";
import { counted } from "../text/plural.ts";
import type { Warning } from "../warning.ts";
import { errorLines, hintLines, warningListLines } from "./warnings.ts";

/** The end of a run, for a person. */
export function summaryLines(
  report: RunReport,
  layout: Layout,
): Line[] {
  const others = report.warnings.filter((warning) => !isFailure(warning));
  return [
    ...failureHints(report, layout),
    ...providerLines(report, layout),
    ...changeLines(report, layout),
    ...aliasLines(report, layout),
    ...skippedLines(report, layout),
    ...warningListLines(others, report.config, layout),
    ...closingLines(report, layout),
  ];
}

function isFailure({ code }: Warning): boolean {
  return code === "provider-failed";
}

/**
 * Under the lines of the providers, which say already that some failed: whose
 * each hint is, and one that several have is said once.
 */
function failureHints(report: RunReport, layout: Layout): Line[] {
  const failures = report.warnings.filter(isFailure);
  return [...Map.groupBy(failures, ({ hint }) => hint)]
    .flatMap(([hint, those]) => {
      if (hint === undefined) return [];
      const titles = those.flatMap(({ provider }) => provider ?? []);
      return hintLines(`${titles.join(", ")}: ${hint}`, layout);
    });
}

/** The reasons for exit code 1 where nothing but errors is shown. */
export function failureLines(
  report: RunReport,
  layout: Layout,
): Line[] {
  if (report.exitCode === 0 || report.exitCode === 5) return [];
  const lines = report.warnings.filter(isFailure)
    .flatMap(({ text, hint }) => errorLines(text, hint, layout));
  if (report.result !== "nothing-written") return lines;
  const text = `no ${unmet(report)}; the config is unchanged`;
  return [...lines, ...errorLines(text, undefined, layout)];
}

function unmet({ providers }: RunReport): string {
  return providers.some(({ outcome }) => outcome === "failed")
    ? "provider returned a model list"
    : "provider was asked";
}

function providerLines(
  { providers }: RunReport,
  layout: Layout,
): Line[] {
  if (layout.isVerbose) {
    return providers.flatMap((provider) =>
      layout.wrap([span(`  ${provider.title}: `)], [
        span(detailOf(provider) + keyOf(provider)),
      ])
    );
  }
  const keyless = providers.flatMap(({ title, keyVariables, models }) => {
    if (!keyVariables) return [];
    const kept = models > 0 ? `; ${counted(models, "earlier model")} kept` : "";
    return [`${title} (${keyVariables.join(" or ")}${kept})`];
  });
  if (keyless.length === 0) return [];
  return layout.list([span("  no key for ", "dim")], keyless, 2, "dim");
}

function keyOf({ key }: ProviderReport): string {
  return key === null ? "" : `; ${key.variable} from ${key.from}`;
}

function detailOf(provider: ProviderReport): string {
  const { outcome, models, elapsedMs, keyVariables } = provider;
  const kept = models > 0 ? `; ${counted(models, "model")} kept` : "";
  switch (outcome) {
    case "answered":
      return answerOf(provider);
    case "failed":
      return `failed after ${formatMs(elapsedMs ?? 0)}${kept}`;
    case "no-key":
      return `skipped, no key in ${keyVariables?.join(" or ")}${kept}`;
    case "not-asked":
      return `skipped by --only${kept}`;
    default:
      return outcome satisfies never;
  }
}

function answerOf(
  { models, elapsedMs, rows, retired, variants }: ProviderReport,
): string {
  const named = retired?.length ? ` (${retired.join(", ")})` : "";
  const others: readonly (readonly [number | undefined, string])[] = [
    [rows?.ineligible, "of other kinds or makers"],
    [retired?.length, `shut down${named}`],
    [variants ?? 0, variants === 1 ? "variant" : "variants"],
    [rows?.ambiguousMaker, "of an ambiguous maker"],
    [rows?.repeated, "repeated"],
    [rows?.malformed, "malformed"],
  ];
  return [
    `${counted(rows?.listed ?? 0, "row")} in ${formatMs(elapsedMs ?? 0)}`,
    counted(models, "model"),
    ...others.filter(([count]) => count).map((part) => part.join(" ")),
  ].join(", ");
}

function closingLines(report: RunReport, layout: Layout): Line[] {
  const line = closingLine(report, layout);
  if (report.exitCode !== 1 || report.result === "nothing-written") {
    return [line];
  }
  const mark = span(`${layout.symbols.failed} `, "bad");
  const hasAnswer = report.providers.some(({ outcome }) =>
    outcome === "answered"
  );
  const text = hasAnswer
    ? "Not every provider returned a model list, which counts as a failure " +
      "with --strict and --check"
    : `No ${unmet(report)}`;
  return [line, ...layout.wrap([mark], [span(text)])];
}

/** Fewer cells of a path would say nothing. */
const MIN_PATH_CELLS = 12;

/** What became of the file, always one line: the path gives way. */
function closingLine(report: RunReport, layout: Layout): Line {
  const [mark, before, after, aside] = closingWords(report, layout);
  const file = report.output ?? report.config;
  const lineFor = (path: string): Line => [
    mark,
    span(` ${before}`, "strong"),
    span(path),
    span(after, "strong"),
  ];
  const room = layout.width - displayWidth(lineFor(""));
  if (room < MIN_PATH_CELLS) return layout.truncate(lineFor(file));
  const line = lineFor(layout.shortenPath(file, room));
  const whole = [...line, span(aside, "dim")];
  return displayWidth(whole) <= layout.width ? whole : line;
}

/** The words around the path; the aside only where there is room. */
type ClosingWords = readonly [
  mark: Span,
  before: string,
  after: string,
  aside: string,
];

function closingWords(
  report: RunReport,
  { symbols }: Layout,
): ClosingWords {
  const { result, providers, backup, diff } = report;
  const done = span(symbols.done, "good");
  const stale = span(symbols.attention, "attention");
  const copy = backup?.replace(/^.*[\\/]/, "");
  const saved = copy === undefined ? "" : `  (backup: ${copy})`;
  const changes = countsOf(report);
  switch (result) {
    case "created":
      return [done, "Added the block to ", "", saved];
    case "updated":
      return [done, "Updated ", "", saved];
    case "removed":
      return [done, "Removed the block from ", "", saved];
    case "restored":
      return [done, "Restored ", "", saved];
    case "unchanged": {
      if (report.action === "undo") {
        return [done, "Nothing to undo: ", " is the same as its backup", ""];
      }
      // As the lines above count: a model may have two names.
      const total = providers.reduce((sum, { models }) => sum + models, 0);
      return [done, "Already up to date: ", "", `  ${counted(total, "model")}`];
    }
    case "would-change":
      if (report.action === "undo") {
        const how = `${changes}. Run without -n to apply`;
        return [stale, "Would restore ", "", how];
      }
      return diff === null
        ? [stale, "", " is out of date", changes]
        : [stale, "Would update ", "", `${changes}. Run without -n to apply`];
    case "nothing-written": {
      const failed = span(symbols.failed, "bad");
      return [failed, `No ${unmet(report)}; `, " is unchanged", ""];
    }
    default:
      return result satisfies never;
  }
}

/** `: 2 models added, 1 removed`. */
function countsOf({ models: { added, removed } }: RunReport): string {
  const counts = [[added.length, "added"], [
    removed.length,
    "removed",
  ]] as const;
  const texts = counts.filter(([count]) => count > 0)
    .map(([count, word], at) =>
      `${at === 0 ? counted(count, "model") : count} ${word}`
    );
  return texts.length === 0 ? "" : `: ${texts.join(", ")}`;
}
