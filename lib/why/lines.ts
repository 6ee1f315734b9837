/**
 * Where a name comes from, in a few lines: the answer, each reason with what to
 * do, and what was probably meant. Never more than a screen.
 *
 * @module
 */

import type { WhyReport } from "./reasons.ts";
import type { ReasonWords } from "./word_parts.ts";
import { wordsOf } from "./words.ts";
import { shown } from "../text/key_look.ts";
import { type Layout, type Line, type Span, span } from "../terminal/layout.ts";
import { hintLines } from "../terminal/warnings.ts";

/** So many reasons are shown, unless all are asked for. */
const SHOWN = 5;

/** The lines for stdout. */
export function explanationLines(report: WhyReport, layout: Layout): Line[] {
  const reasons = report.reasons.map(wordsOf);
  const listed = layout.isVerbose ? reasons : reasons.slice(0, SHOWN);
  const more = reasons.length - listed.length;
  const rest = `and ${more} more; --verbose shows all`;
  return [
    ...layout.wrap([], verdict(report, layout), 2),
    ...listed.flatMap((reason, at) =>
      reasonLines(reason, listed[at + 1]?.hint, layout)
    ),
    ...(more > 0 ? layout.wrap([span("  ")], [span(rest, "dim")]) : []),
    ...nearestLines(report, layout),
  ];
}

/** A hint that several in a row have is said once. */
function reasonLines(
  { text, hint }: ReasonWords,
  nextHint: string | undefined,
  layout: Layout,
): Line[] {
  const isSaidBelow = hint === nextHint;
  return [
    ...layout.wrap([span("  ")], [span(text)], 4),
    ...(hint === undefined || isSaidBelow ? [] : hintLines(hint, layout)),
  ];
}

function verdict(
  { name, names, isInBlock, isOnDisk, config }: WhyReport,
  { symbols }: Layout,
): Span[] {
  const subject = span(shown(name), "strong");
  const [first] = names;
  const called = first === undefined || names.includes(name)
    ? ""
    : ` as ${names.map((one) => shown(one)).join(", ")}`;
  if (!isInBlock) {
    const state = isOnDisk
      ? `is still in the block of ${config}; a run would remove it`
      : `is not in the block of ${config}`;
    return [span(`${symbols.failed} `, "bad"), subject, span(` ${state}`)];
  }
  return isOnDisk
    ? [
      span(`${symbols.done} `, "good"),
      subject,
      span(` is in the block of ${config}${called}`),
    ]
    : [
      span(`${symbols.attention} `, "attention"),
      subject,
      span(
        ` is not in the block of ${config} yet; a run would add it${called}`,
      ),
    ];
}

function nearestLines({ nearest }: WhyReport, layout: Layout): Line[] {
  if (nearest.length === 0) return [];
  const names = nearest.map((name) => shown(name));
  const last = names.at(-1) ?? "";
  const all = names.length === 1
    ? last
    : `${names.slice(0, -1).join(", ")} or ${last}`;
  return hintLines(`did you mean ${all}?`, layout);
}
