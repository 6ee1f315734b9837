/**
 * What a run came to, in the few lines under the providers: what was added and
 * removed, where the aliases point, what needs attention, and what became of
 * the file.
 *
 * @module
 */

import {
  displayWidth,
  type Line,
  listLines,
  type RenderOptions,
  shortenPath,
  type Span,
  span,
  truncate,
  wrap,
} from "./layout.ts";
import { formatMs } from "./progress.ts";
import { aliasLines, changeLines, skippedLines } from "./summary_changes.ts";
import type { ProviderReport, RunReport } from "../report/report.ts";
import { countOf } from "../text/count.ts";
import type { Warning } from "../warning.ts";
import { hintLines, warningListLines } from "./warnings.ts";

/** The end of a run, for a person. */
export function summaryLines(
  report: RunReport,
  options: RenderOptions,
): Line[] {
  const others = report.warnings.filter((warning) => !isFailure(warning));
  return [
    ...failureHints(report, options),
    ...providerLines(report, options),
    ...changeLines(report, options),
    ...aliasLines(report, options),
    ...skippedLines(report, options),
    ...warningListLines(others, options),
    ...closingLines(report, options),
  ];
}

function isFailure({ code }: Warning): boolean {
  return code === "provider-failed";
}

/** Under the lines of the providers, which say already that some failed. */
function failureHints(report: RunReport, options: RenderOptions): Line[] {
  const hints = report.warnings.filter(isFailure)
    .flatMap(({ hint }) => hint ?? []);
  return [...new Set(hints)].flatMap((hint) => hintLines(hint, options));
}

/** An error and its hint. Our own texts may have several lines. */
export function errorLines(
  text: string,
  hint: string | undefined,
  options: RenderOptions,
): Line[] {
  const paragraph = (label: Span, body: string): Line[] =>
    body.split("\n").flatMap((part, at) =>
      wrap([at === 0 ? label : span("  ")], [span(part)], options)
    );
  return [
    ...paragraph(span("error: ", "bad"), text),
    ...(hint === undefined ? [] : paragraph(span("hint: ", "accent"), hint)),
  ];
}

/** The reasons for exit code 1 where nothing but errors is shown. */
export function failureLines(
  report: RunReport,
  options: RenderOptions,
): Line[] {
  if (report.exitCode === 0 || report.exitCode === 5) return [];
  const lines = report.warnings.filter(isFailure)
    .flatMap(({ text, hint }) => errorLines(text, hint, options));
  if (report.result !== "nothing-written") return lines;
  const text = `${whoAnswered(report)}; the config is unchanged`;
  return [...lines, ...errorLines(text, undefined, options)];
}

function whoAnswered({ providers }: RunReport): string {
  return providers.some(({ outcome }) => outcome === "failed")
    ? "no provider returned a model list"
    : "no provider was asked";
}

function providerLines(
  { providers }: RunReport,
  options: RenderOptions,
): Line[] {
  if (options.isVerbose) {
    return providers.flatMap((provider) =>
      wrap([span(`  ${provider.title}: `)], [span(detailOf(provider))], options)
    );
  }
  const keyless = providers.flatMap(({ title, keyVariables, models }) => {
    if (!keyVariables) return [];
    const kept = models > 0 ? `; ${countOf(models, "earlier model")} kept` : "";
    return [`${title} (${keyVariables.join(" or ")}${kept})`];
  });
  if (keyless.length === 0) return [];
  return listLines([span("  no key for ", "dim")], keyless, 2, options, "dim");
}

function detailOf(provider: ProviderReport): string {
  const { outcome, models, elapsedMs, keyVariables } = provider;
  const kept = models > 0 ? `; ${countOf(models, "model")} kept` : "";
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
    `${countOf(rows?.listed ?? 0, "row")} in ${formatMs(elapsedMs ?? 0)}`,
    countOf(models, "model"),
    ...others.filter(([count]) => count).map((part) => part.join(" ")),
  ].join(", ");
}

function closingLines(report: RunReport, options: RenderOptions): Line[] {
  const line = closingLine(report, options);
  if (report.exitCode !== 1 || report.result === "nothing-written") {
    return [line];
  }
  const mark = span(`${options.symbols.failed} `, "bad");
  const text = "Not every provider returned a model list, which counts as " +
    "a failure with --strict and --check";
  return [line, ...wrap([mark], [span(text)], options)];
}

/** Fewer cells of a path would say nothing. */
const MIN_PATH_CELLS = 12;

/** What became of the file, always one line: the path gives way. */
function closingLine(report: RunReport, options: RenderOptions): Line {
  const { mark, before, after, aside } = closingWords(report, options);
  const file = report.output ?? report.config;
  const lineFor = (path: string): Line => [
    mark,
    span(` ${before}`, "strong"),
    span(path),
    span(after, "strong"),
  ];
  const room = options.width - displayWidth(lineFor(""));
  if (room < MIN_PATH_CELLS) return truncate(lineFor(file), options);
  const line = lineFor(shortenPath(file, room, options));
  const whole = [...line, span(aside, "dim")];
  return displayWidth(whole) <= options.width ? whole : line;
}

/** The words around the path. */
interface ClosingWords {
  readonly mark: Span;
  readonly before: string;
  readonly after: string;
  /** Left out where there is no room. */
  readonly aside: string;
}

function closingWords(
  report: RunReport,
  { symbols }: RenderOptions,
): ClosingWords {
  const { result, models: { added, kept }, backup } = report;
  const saved = {
    mark: span(symbols.done, "good"),
    after: "",
    aside: backup === null
      ? ""
      : `  (backup: ${backup.replace(/^.*[\\/]/, "")})`,
  };
  switch (result) {
    case "created":
      return { ...saved, before: "Added the block to " };
    case "updated":
      return { ...saved, before: "Updated " };
    case "removed":
      return { ...saved, before: "Removed the block from " };
    case "unchanged": {
      const aside = `  ${countOf(kept + added.length, "model")}`;
      return { ...saved, before: "Already up to date: ", aside };
    }
    case "would-change": {
      const mark = span(symbols.attention, "attention");
      const changes = countsOf(report);
      return report.diff === null
        ? { mark, before: "", after: " is out of date", aside: changes }
        : {
          mark,
          before: "Would update ",
          after: "",
          aside: `${changes}. Run without -n to apply`,
        };
    }
    case "nothing-written": {
      const mark = span(symbols.failed, "bad");
      const said = whoAnswered(report);
      const before = `${said.charAt(0).toUpperCase()}${said.slice(1)}; `;
      return { mark, before, after: " is unchanged", aside: "" };
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
      `${at === 0 ? countOf(count, "model") : count} ${word}`
    );
  return texts.length === 0 ? "" : `: ${texts.join(", ")}`;
}
