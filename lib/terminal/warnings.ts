/**
 * Warnings and errors as lines: what needs attention, with its line in the
 * config, and what to do about it. Many of one kind are cut short, so that none
 * hides the others.
 *
 * @module
 */

import { type Layout, type Line, type Span, span } from "./layout.ts";
import { type Finding, isFinding, type Warning } from "../warning.ts";

/** How many warnings of one code are shown, and findings, unless all are asked for. */
const SHOWN = 3;

/** The warnings of a run, those of one kind together; then what was found. */
export function warningListLines(
  warnings: readonly Warning[],
  config: string,
  layout: Layout,
): Line[] {
  const findings = warnings.filter(isFinding);
  const others = warnings.filter((warning) => !isFinding(warning));
  const kinds = Map.groupBy(others, ({ code }) => code);
  return [
    ...[...kinds.values()].flatMap((kind) => kindLines(kind, layout)),
    ...mostUrgentLines(findings, config, layout),
  ];
}

/** Findings come with the most urgent first. */
function mostUrgentLines(
  findings: readonly Finding[],
  config: string,
  layout: Layout,
): Line[] {
  const shown = layout.isVerbose ? findings : findings.slice(0, SHOWN);
  const more = findings.length - shown.length;
  const lines = sharedHintLines(shown, layout);
  if (more === 0) return lines;
  const rest = `and ${more} more: discover ${flagFor(config)}--doctor`;
  return [...lines, ...layout.wrap([span("  ")], [span(rest, "dim")])];
}

function kindLines(
  warnings: readonly Warning[],
  layout: Layout,
): Line[] {
  const isLong = warnings.length > SHOWN + 1 && !layout.isVerbose;
  const shown = isLong ? warnings.slice(0, SHOWN) : warnings;
  const lines = sharedHintLines(shown, layout);
  if (!isLong) return lines;
  const rest = `and ${warnings.length - SHOWN} more; --verbose shows all`;
  return [...lines, ...layout.wrap([span("  ")], [span(rest, "dim")])];
}

/** None for the one that is found without it. */
function flagFor(config: string): string {
  if (config === "config.yaml") return "";
  return `-c ${/\s/.test(config) ? `"${config}"` : config} `;
}

/** A hint that several in a row have is said once. */
function sharedHintLines(
  warnings: readonly Warning[],
  layout: Layout,
): Line[] {
  return warnings.flatMap((warning, at) => {
    const { hint: _, ...bare } = warning;
    const isSaidBelow = warnings[at + 1]?.hint === warning.hint;
    return warningLines(isSaidBelow ? bare : warning, layout);
  });
}

/** A warning and, on lines of its own, what to do about it. */
export function warningLines(
  { file, line, text, hint }: Warning,
  layout: Layout,
): Line[] {
  const mark = span(`${layout.symbols.attention} `, "attention");
  const at = [file, line === undefined ? undefined : `line ${line}`]
    .filter((part) => part !== undefined);
  const place = at.length === 0 ? "" : `${at.join(" ")}: `;
  return [
    ...layout.wrap([mark], [span(place + text)]),
    ...(hint === undefined ? [] : hintLines(hint, layout)),
  ];
}

/**
 * The first line says what to do. Lines to paste may follow, as they are: a copy
 * of an indented or broken one would be wrong YAML.
 */
export function hintLines(hint: string, layout: Layout, indent = 2): Line[] {
  const arrow = span(`${" ".repeat(indent)}${layout.symbols.arrow} `, "accent");
  return toPasteLines(arrow, hint, layout, (text) => span(text, "strong"));
}

/** The first line is wrapped after its lead; the others stay as they are. */
function toPasteLines(
  lead: Span,
  hint: string,
  layout: Layout,
  toPaste: (text: string) => Span,
): Line[] {
  const [first = "", ...rest] = hint.split("\n");
  return [
    ...layout.wrap([lead], [span(first)]),
    ...rest.map((text) => [toPaste(text)]),
  ];
}

/** An error and its hint. Our own texts may have several lines. */
export function errorLines(
  text: string,
  hint: string | undefined,
  layout: Layout,
): Line[] {
  const error = text.split("\n").flatMap((part, at) =>
    layout.wrap([at === 0 ? span("error: ", "bad") : span("  ")], [span(part)])
  );
  if (hint === undefined) return error;
  const lead = span("hint: ", "accent");
  const indented = (part: string): Span => span(`  ${part}`);
  return [...error, ...toPasteLines(lead, hint, layout, indented)];
}
