/**
 * What a run came to, in the few lines under the providers: what was added and
 * removed, where the aliases point, what needs attention, and what became of
 * the file.
 *
 * @module
 */

import { closingLines, missedLines, unmet } from "./closing.ts";
import { type Layout, type Line, span } from "./layout.ts";
import { formatMs } from "./progress.ts";
import { aliasLines, changeLines, skippedLines } from "./summary_changes.ts";
import type { ProviderReport, RunReport } from "../report/report.ts";
import { counted } from "../text/plural.ts";
import type { Warning } from "../warning.ts";
import { errorLines, warningListLines } from "./warnings.ts";

/**
 * The end of a run, for a person. What a diff above it shows is not said again,
 * unless all is asked for; below `--stat` there is nothing but a failure.
 */
export function summaryLines(
  report: RunReport,
  layout: Layout,
  below?: "diff" | "stat",
): Line[] {
  if (below === "stat") return missedLines(report, layout);
  // Failures and their hints are said with the lines of the providers.
  const others = report.warnings.filter((warning) => !isFailure(warning));
  const ending = [
    ...warningListLines(others, report.config, layout),
    ...closingLines(report, layout),
  ];
  if (below === "diff" && !layout.isVerbose) return ending;
  return [
    ...providerLines(report, layout),
    ...changeLines(report, layout),
    ...aliasLines(report, layout),
    ...skippedLines(report, layout),
    ...ending,
  ];
}

function isFailure({ code }: Warning): boolean {
  return code === "provider-failed";
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

function providerLines(
  { providers, warnings }: RunReport,
  layout: Layout,
): Line[] {
  // What a warning below says of a provider's key is not said here as well.
  const warned = new Set(warnings.map(({ provider }) => provider));
  if (layout.isVerbose) {
    return providers.flatMap((provider) => {
      const { title } = provider;
      const detail = detailOf(provider, warned.has(title)) + keyOf(provider);
      return layout.wrap([span(`  ${title}: `)], [span(detail)]);
    });
  }
  if (warnings.some(isOfAllKeys)) return [];
  const keyless = providers.flatMap(({ title, keyVariables, models }) => {
    if (!keyVariables || warned.has(title)) return [];
    const kept = models > 0 ? `; ${counted(models, "earlier model")} kept` : "";
    return [`${title} (${keyVariables.join(" or ")}${kept})`];
  });
  if (keyless.length === 0) return [];
  return layout.list([span("  no key for ", "dim")], keyless, 2, "dim");
}

/** That none of all the keys was found. */
function isOfAllKeys({ code, provider }: Warning): boolean {
  return code === "no-key" && provider === undefined;
}

function keyOf({ key }: ProviderReport): string {
  return key === null ? "" : `; ${key.variable} from ${key.from}`;
}

function detailOf(provider: ProviderReport, isWarned: boolean): string {
  const { outcome, models, elapsedMs, keyVariables } = provider;
  const kept = models > 0 ? `; ${counted(models, "model")} kept` : "";
  switch (outcome) {
    case "answered":
      return answerOf(provider);
    case "failed":
      return `failed after ${formatMs(elapsedMs ?? 0)}${kept}`;
    case "no-key":
      return isWarned
        ? `skipped${kept}`
        : `skipped, no key in ${keyVariables?.join(" or ")}${kept}`;
    case "not-asked":
      return `skipped by --only${kept}`;
    default:
      return outcome satisfies never;
  }
}

function answerOf(
  { models, elapsedMs, rows, notForKey, plainList, ...others }: ProviderReport,
): string {
  const { retired, variants, filtered, overLimit, skipped } = others;
  const withheld = rows?.notForKey ?? 0;
  const unlisted = (notForKey ?? 0) - withheld;
  const named = retired?.length ? ` (${retired.join(", ")})` : "";
  const left: readonly (readonly [number | undefined, string])[] = [
    [rows?.ineligible, "of other kinds or makers"],
    [retired?.length, `shut down${named}`],
    [variants ?? 0, variants === 1 ? "variant" : "variants"],
    [filtered ?? 0, "filtered out"],
    [overLimit ?? 0, "over the limit"],
    [skipped ?? 0, "skipped (named below)"],
    [rows?.ambiguousMaker, "of an ambiguous maker"],
    [rows?.repeated, "repeated"],
    [rows?.malformed, "malformed"],
    [withheld, "not for this key"],
  ];
  const counts = [
    `${counted(rows?.listed ?? 0, "row")} in ${formatMs(elapsedMs ?? 0)}`,
    counted(models, "model"),
    ...left.filter(([count]) => count).map((part) => part.join(" ")),
  ].join(", ");
  return [
    counts,
    // They are no rows of this list.
    ...unlisted > 0 ? [`${unlisted} more not for this key`] : [],
    ...plainList
      ? ["plain list used, since the usual one is missing (HTTP 404)"]
      : [],
  ].join("; ");
}
