/**
 * Warnings as lines: what needs attention, with its line in the config, and
 * what to do about it. Many of one kind are cut short, so that none hides the
 * others.
 *
 * @module
 */

import { type Line, type RenderOptions, span, wrap } from "./layout.ts";
import type { Warning } from "../warning.ts";

/** How many warnings of one code are shown, unless all are asked for. */
const SHOWN = 3;

/** The warnings of a run; those of one kind stand together. */
export function warningListLines(
  warnings: readonly Warning[],
  options: RenderOptions,
): Line[] {
  const kinds = Map.groupBy(warnings, ({ code }) => code);
  return [...kinds.values()].flatMap((kind) => kindLines(kind, options));
}

function kindLines(
  warnings: readonly Warning[],
  options: RenderOptions,
): Line[] {
  const isLong = warnings.length > SHOWN + 1 && !options.isVerbose;
  const shown = isLong ? warnings.slice(0, SHOWN) : warnings;
  const lines = shown.flatMap((warning, at) => {
    const { hint: _, ...bare } = warning;
    const isSaidBelow = shown[at + 1]?.hint === warning.hint;
    return warningLines(isSaidBelow ? bare : warning, options);
  });
  if (!isLong) return lines;
  const rest = `and ${warnings.length - SHOWN} more; --verbose shows all`;
  return [...lines, ...wrap([span("  ")], [span(rest, "dim")], options)];
}

/** A warning and, on lines of its own, what to do about it. */
export function warningLines(
  { file, line, text, hint }: Warning,
  options: RenderOptions,
): Line[] {
  const mark = span(`${options.symbols.attention} `, "attention");
  const at = [file, line === undefined ? undefined : `line ${line}`]
    .filter((part) => part !== undefined);
  const place = at.length === 0 ? "" : `${at.join(" ")}: `;
  return [
    ...wrap([mark], [span(place + text)], options),
    ...(hint === undefined ? [] : hintLines(hint, options)),
  ];
}

/** The first line says what to do; lines to paste may follow. */
export function hintLines(hint: string, options: RenderOptions): Line[] {
  const [first = "", ...paste] = hint.split("\n");
  const arrow = span(`  ${options.symbols.arrow} `, "accent");
  return [
    ...wrap([arrow], [span(first)], options),
    ...paste.flatMap((text) =>
      wrap([span("      ")], [span(text, "strong")], options)
    ),
  ];
}
