/**
 * Where a name comes from, in a few lines: the answer, each reason with what to
 * do, and what was probably meant. Never more than a screen.
 *
 * @module
 */

import { type Layout, type Line, type Span, span } from "../terminal/layout.ts";
import { hintLines } from "../terminal/warnings.ts";
import { shown } from "../text/key_look.ts";
import type { Explanation } from "./reasons.ts";

/** So many reasons are shown, unless all are asked for. */
const SHOWN = 5;

/** The lines for stdout: the first reason is part of the answer. */
export function explanationLines(
  explanation: Explanation,
  layout: Layout,
): Line[] {
  const { reasons } = explanation;
  const listed = layout.isVerbose ? reasons : reasons.slice(0, SHOWN);
  const more = reasons.length - listed.length;
  const rest = `and ${more} more; --verbose shows all`;
  return [
    ...listed.flatMap(({ message, hint }, at) => [
      ...at === 0
        ? layout.wrap([], [...verdict(explanation, layout), span(message)], 2)
        : layout.wrap([span("  ")], [span(message)], 4),
      // A hint that several in a row have is said once.
      ...hint === null || hint === listed[at + 1]?.hint
        ? []
        : hintLines(hint, layout),
    ]),
    ...(more > 0 ? layout.wrap([span("  ")], [span(rest, "dim")]) : []),
    ...nearestLines(explanation, layout),
  ];
}

function verdict(
  { name, names, inBlock, onDisk }: Explanation,
  { symbols: { done, attention, failed } }: Layout,
): Span[] {
  const called = !inBlock || names.includes(name)
    ? ""
    : ` as ${names.map((one) => shown(one)).join(", ")}`;
  const [mark, state] = inBlock
    ? onDisk ? [span(`${done} `, "good"), "is in the block"] : [
      span(`${attention} `, "attention"),
      "is not in the block yet, but a run would add it",
    ]
    : [
      span(`${failed} `, "bad"),
      onDisk
        ? "is still in the block, but a run would remove it"
        : "is not in the block",
    ];
  return [mark, span(shown(name), "strong"), span(` ${state}${called}: `)];
}

function nearestLines({ nearest }: Explanation, layout: Layout): Line[] {
  if (nearest.length === 0) return [];
  const names = nearest.map((name) => shown(name));
  const last = names.pop() ?? "";
  const all = names.length === 0 ? last : `${names.join(", ")} or ${last}`;
  return hintLines(`did you mean ${all}?`, layout);
}
