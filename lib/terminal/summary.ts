/**
 * What a run came to, in the few lines under the providers: what is new and
 * gone, where the aliases point, what needs attention, and what became of the
 * file.
 *
 * @module
 */

import {
  displayWidth,
  type Line,
  type RenderOptions,
  shortenPath,
  span,
  truncate,
  wrap,
} from "./layout.ts";
import { countOf, formatMs } from "./progress.ts";
import { aliasLines, changeLines, skippedLines } from "./summary_changes.ts";
import type { ProviderReport, RunReport } from "../report/report.ts";
import type { Warning } from "../warning.ts";
import type { Tone } from "./style.ts";
import { hintLines, warningListLines } from "./warnings.ts";

/** The end of a run, for a person. */
export function summaryLines(
  report: RunReport,
  options: RenderOptions,
): Line[] {
  const isFailure = ({ code }: Warning): boolean => code === "provider-failed";
  const failures = report.warnings.filter(isFailure);
  const others = report.warnings.filter((warning) => !isFailure(warning));
  return [
    ...adviceLines(failures, options),
    ...providerLines(report, options),
    ...changeLines(report, options),
    ...aliasLines(report, options),
    ...skippedLines(report, options),
    ...warningListLines(others, options),
    ...closingLines(report, options),
  ];
}

/** Under the lines of the providers, which say already that some failed. */
function adviceLines(
  failures: readonly Warning[],
  options: RenderOptions,
): Line[] {
  const hints = new Set(failures.flatMap(({ hint }) => hint ?? []));
  return [...hints].flatMap((hint) => hintLines(hint, options));
}

/** An error and its hint. Our own texts may have several lines. */
export function errorLines(
  text: string,
  hint: string | undefined,
  options: RenderOptions,
): Line[] {
  const lines = text.split("\n").flatMap((part, at) =>
    at === 0
      ? wrap([span("error: ", "bad")], [span(part)], options)
      : wrap([span("  ")], [span(part)], options)
  );
  const hints = hint?.split("\n").flatMap((part, at) =>
    at === 0
      ? wrap([span("hint: ", "accent")], [span(part)], options)
      : wrap([span("  ")], [span(part)], options)
  );
  return [...lines, ...hints ?? []];
}

/** The reasons for exit code 1 where nothing but errors is shown. */
export function failureLines(
  report: RunReport,
  options: RenderOptions,
): Line[] {
  if (report.exitCode === 0 || report.exitCode === 5) return [];
  const failed = report.warnings.filter(({ code }) =>
    code === "provider-failed"
  );
  const lines = failed.flatMap(({ text, hint }) =>
    errorLines(text, hint, options)
  );
  if (report.result !== "nothing-written") return lines;
  return [...lines, ...errorLines(NOTHING_WRITTEN, undefined, options)];
}

const NOTHING_WRITTEN = "no provider answered, the config is as it was";

function providerLines(report: RunReport, options: RenderOptions): Line[] {
  if (options.isVerbose) {
    return report.providers.flatMap((provider) =>
      detailLines(provider, options)
    );
  }
  const noKey = report.providers.flatMap((provider) =>
    provider.kind === "no-key" ? [describeNoKey(provider)] : []
  );
  if (noKey.length === 0) return [];
  const text = `no key for ${noKey.join(", ")}`;
  const line = [span("  "), span(text, "dim")];
  if (displayWidth(line) <= options.width) return [line];
  const titles = report.providers.filter(({ kind }) => kind === "no-key")
    .map(({ title }) => title);
  const short = span(`no key for ${titles.join(", ")}`, "dim");
  return wrap([span("  ")], [short], options);
}

function describeNoKey(
  { title, variables, models }: Extract<ProviderReport, { kind: "no-key" }>,
): string {
  const kept = models > 0 ? `; ${countOf(models, "earlier model")} kept` : "";
  return `${title} (${variables.join(" or ")}${kept})`;
}

function detailLines(provider: ProviderReport, options: RenderOptions): Line[] {
  const lead = [span(`  ${provider.title}: `)];
  const kept = countOf(provider.models, "model");
  switch (provider.kind) {
    case "answered":
      return wrap(lead, [span(describeRows(provider))], options);
    case "failed":
      return wrap(lead, [
        span(`failed after ${formatMs(provider.elapsedMs)}, ${kept} kept`),
      ], options);
    case "no-key":
      return wrap(lead, [
        span(`not asked, no key in ${provider.variables.join(" or ")}, `),
        span(`${kept} kept`),
      ], options);
    case "not-asked":
      return wrap(lead, [span(`not asked, ${kept} kept`)], options);
    default:
      return provider satisfies never;
  }
}

function describeRows(
  { models, elapsedMs, rows, retired, variants }: Extract<
    ProviderReport,
    { kind: "answered" }
  >,
): string {
  const parts: (string | false)[] = [
    `${countOf(rows.listed, "row")} in ${formatMs(elapsedMs)}`,
    countOf(models, "model"),
    rows.ineligible > 0 && `${rows.ineligible} of other kinds or makers`,
    retired.length > 0 &&
    `${retired.length} shut down (${retired.join(", ")})`,
    variants > 0 && countOf(variants, "variant"),
    rows.ambiguousMaker > 0 && `${rows.ambiguousMaker} of a doubtful maker`,
    rows.repeated > 0 && `${rows.repeated} repeated`,
    rows.malformed > 0 && `${rows.malformed} malformed`,
  ];
  return parts.filter((part) => part !== false).join(", ");
}

function closingLines(report: RunReport, options: RenderOptions): Line[] {
  const isPartial = report.exitCode === 1 &&
    report.result !== "nothing-written";
  return [
    closingLine(report, options),
    ...(isPartial
      ? wrap([span(`${options.symbols.failed} `, "bad")], [
        span("Not every provider answered, so this run counts as failed"),
      ], options)
      : []),
  ];
}

/** Fewer cells of a path would say nothing. */
const MIN_PATH_CELLS = 12;

/** What became of the file, always one line: the path gives way. */
function closingLine(report: RunReport, options: RenderOptions): Line {
  const { mark, tone, words, join, aside } = closingWords(report, options);
  const lead = [span(`${mark} `, tone), span(words, "strong")];
  const room = options.width - displayWidth(lead) - join.length;
  if (room < MIN_PATH_CELLS) return truncate(lead, options);
  const path = shortenPath(report.output ?? report.config, room, options);
  const line = [...lead, span(join + path)];
  const whole = [...line, span(aside, "dim")];
  return displayWidth(whole) <= options.width ? whole : line;
}

interface ClosingWords {
  readonly mark: string;
  readonly tone: Tone;
  readonly words: string;
  /** Between the words and the path. */
  readonly join: string;
  /** Left out where there is no room. */
  readonly aside: string;
}

function closingWords(
  report: RunReport,
  { symbols }: RenderOptions,
): ClosingWords {
  const good = { mark: symbols.done, tone: "good", join: " " } as const;
  const backup = report.backup === undefined
    ? ""
    : `  (backup: ${report.backup.replace(/^.*[\\/]/, "")})`;
  const total = `  ${countOf(report.kept + report.added.length, "model")}`;
  switch (report.result) {
    case "created":
      return { ...good, words: "Added the block to", aside: backup };
    case "updated":
      return { ...good, words: "Updated", aside: backup };
    case "unchanged":
      return { ...good, words: "Already up to date", join: ": ", aside: total };
    case "removed":
      return { ...good, words: "Took the block out of", aside: backup };
    case "would-change":
      return {
        mark: symbols.attention,
        tone: "attention",
        words: "Out of date",
        join: ": ",
        aside: "  (nothing written)",
      };
    case "nothing-written":
      return {
        mark: symbols.failed,
        tone: "bad",
        words: wasAnyAsked(report)
          ? "No provider answered, nothing written"
          : "No provider was asked, nothing written",
        join: ": ",
        aside: "",
      };
    default:
      return report.result satisfies never;
  }
}

function wasAnyAsked({ providers }: RunReport): boolean {
  return providers.some(({ kind }) => kind === "answered" || kind === "failed");
}
