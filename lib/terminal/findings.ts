/**
 * What the doctor found, as compilers say it: each begins with its path and line,
 * grouped by weight.
 *
 * @module
 */

import type { Diagnosis } from "../report/diagnosis.ts";
import { counted } from "../text/plural.ts";
import { type Finding, FINDINGS, type Weight, WEIGHTS } from "../warning.ts";
import { type Layout, type Line, span } from "./layout.ts";
import type { Tone } from "./style.ts";
import { hintLines } from "./warnings.ts";

const HEADINGS: Readonly<Record<Weight, readonly [string, Tone]>> = {
  "will-not-start": ["LiteLLM will not start", "bad"],
  "answers-wrongly": ["Fails or answers wrongly", "attention"],
  "ending": ["Ends soon", "attention"],
  "note": ["Worth knowing", "accent"],
};

/** A heading for each weight, and its findings. */
export function findingLines(
  { config, findings }: Diagnosis,
  layout: Layout,
): Line[] {
  const groups = WEIGHTS.map((weight) => ({
    heading: HEADINGS[weight],
    group: findings.filter(({ code }) => FINDINGS[code] === weight),
  })).filter(({ group }) => group.length > 0);
  return groups.flatMap(({ heading: [title, tone], group }, at) => [
    ...(at > 0 ? [[]] : []),
    [span(title, tone)],
    ...group.flatMap((one, at) => {
      const isSaidBelow = group[at + 1]?.hint === one.hint;
      return oneFinding(one, isSaidBelow, config, layout);
    }),
  ]);
}

/**
 * A place that editors and terminals can open begins the line. A hint that several
 * in a row have is said once.
 */
function oneFinding(
  { file, line = 1, text, hint }: Finding,
  isSaidBelow: boolean,
  config: string,
  layout: Layout,
): Line[] {
  const place = span(`${file ?? config}:${line}: `, "strong");
  return [
    ...layout.wrap([], [place, span(text)], 4),
    ...(hint === undefined || isSaidBelow ? [] : hintLines(hint, layout)),
  ];
}

/** What could not be judged, and how many findings there are. */
export function diagnosisLines(
  { config, findings, notes }: Diagnosis,
  layout: Layout,
): Line[] {
  const { symbols } = layout;
  const total = findings.length === 0
    ? [span(`${symbols.done} `, "good"), span(`Nothing to do in ${config}`)]
    : [
      span(`${symbols.attention} `, "attention"),
      span(`${counted(findings.length, "finding")} in ${config}`),
    ];
  return [
    ...notes.flatMap((note) => layout.wrap([span("  ")], [span(note, "dim")])),
    ...layout.wrap([], total, 2),
  ];
}
