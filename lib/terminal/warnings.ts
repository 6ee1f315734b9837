/**
 * Warnings as lines: what needs attention, with its line in the config, and
 * what to do about it. Many of one kind are cut short, so that none hides the
 * others.
 *
 * @module
 */

import { type Line, type Look, span, wrap } from "./layout.ts";
import type { Warning } from "../warning.ts";

/** How many warnings of one code are shown, unless all are asked for. */
const SHOWN = 3;

/** The warnings of a run; those of one kind stand together. */
export function warningListLines(
  warnings: readonly Warning[],
  look: Look,
): Line[] {
  const kinds = Map.groupBy(warnings, ({ code }) => code);
  return [...kinds.values()].flatMap((kind) => kindLines(kind, look));
}

function kindLines(warnings: readonly Warning[], look: Look): Line[] {
  const isLong = warnings.length > SHOWN + 1 && !look.isVerbose;
  const shown = isLong ? warnings.slice(0, SHOWN) : warnings;
  const lines = shown.flatMap((warning, at) => {
    const { hint: _, ...bare } = warning;
    const isSaidBelow = shown[at + 1]?.hint === warning.hint;
    return warningLines(isSaidBelow ? bare : warning, look);
  });
  if (!isLong) return lines;
  const rest = `and ${warnings.length - SHOWN} more; --verbose shows all`;
  return [...lines, ...wrap([span("  ")], [span(rest, "dim")], look)];
}

/** A warning and, on lines of its own, what to do about it. */
export function warningLines(
  { file, line, text, hint }: Warning,
  look: Look,
): Line[] {
  const mark = span(`${look.symbols.attention} `, "attention");
  const at = [file, line === undefined ? undefined : `line ${line}`]
    .filter((part) => part !== undefined);
  const place = at.length === 0 ? "" : `${at.join(" ")}: `;
  return [
    ...wrap([mark], [span(place + text)], look),
    ...(hint === undefined ? [] : hintLines(hint, look)),
  ];
}

/** The first line says what to do; lines to paste may follow. */
export function hintLines(hint: string, look: Look): Line[] {
  const [first = "", ...paste] = hint.split("\n");
  const arrow = span(`  ${look.symbols.arrow} `, "accent");
  return [
    ...wrap([arrow], [span(first)], look),
    ...paste.flatMap((text) =>
      wrap([span("      ")], [span(text, "strong")], look)
    ),
  ];
}
