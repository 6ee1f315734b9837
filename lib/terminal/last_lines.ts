/**
 * The lines of the providers that stay: what came of each, what it said about its
 * failure, and what may help.
 *
 * @module
 */

import { displayWidth, type Layout, type Line, span } from "./layout.ts";
import {
  digitsOf,
  type Finished,
  labelFor,
  type Progress,
  rowFor,
  titleOf,
} from "./progress.ts";
import { hintLines } from "./warnings.ts";

/** Room for the counts of those that are still to come. */
const LIKELY_DIGITS = 3;

/**
 * A provider's line for good, as soon as it is done: wrapped, so that nothing is
 * lost. What it says about its failure is below, and what may help, unless an
 * earlier one had the same hint.
 */
export function lastLines(
  progress: Progress,
  id: string,
  layout: Layout,
): Line[] {
  const hint = progress.finished.get(id)?.hint;
  const [first] = sharing(hint, [...progress.finished.keys()], progress);
  const digits = Math.max(LIKELY_DIGITS, digitsOf(progress));
  return finalLines(progress, id, layout, {
    digits,
    hint: first === id ? hint : undefined,
  });
}

/**
 * The lines of all, be it that the run ended before an answer. A hint that several
 * have is below the last of them, with their names.
 */
export function allLastLines(progress: Progress, layout: Layout): Line[] {
  const ids = progress.asked.map(({ id }) => id);
  return ids.flatMap((id) => {
    const hint = progress.finished.get(id)?.hint;
    const those = sharing(hint, ids, progress);
    const titles = those.map((one) => titleOf(progress, one)).join(", ");
    const shown = those.length > 1 ? `${titles}: ${hint}` : hint;
    return finalLines(progress, id, layout, {
      digits: digitsOf(progress),
      hint: those.at(-1) === id ? shown : undefined,
    });
  });
}

/** Those of the providers that have a hint. */
function sharing(
  hint: string | undefined,
  ids: readonly string[],
  { finished }: Progress,
): string[] {
  if (hint === undefined) return [];
  return ids.filter((id) => finished.get(id)?.hint === hint);
}

function finalLines(
  progress: Progress,
  id: string,
  layout: Layout,
  { digits, hint }: {
    readonly digits: number;
    readonly hint: string | undefined;
  },
): Line[] {
  const [label, body] = rowFor(progress, id, layout, { digits }) ??
    [labelFor(progress, id, span("-", "dim")), [span("stopped", "dim")]];
  const cells = displayWidth(label);
  const indent = cells < layout.width / 2 ? cells : 4;
  return [
    ...layout.wrap(label, body),
    ...saidLines(progress.finished.get(id), indent, layout),
    ...(hint === undefined ? [] : hintLines(hint, layout, indent)),
  ];
}

/** Below the words of its row. */
function saidLines(
  finished: Finished | undefined,
  indent: number,
  layout: Layout,
): Line[] {
  const { outcome } = finished ?? {};
  if (outcome?.kind !== "failed") return [];
  const { said } = outcome.failure;
  if (said === undefined) return [];
  return layout.wrap([span(" ".repeat(indent))], [span(`"${said}"`)], indent);
}
