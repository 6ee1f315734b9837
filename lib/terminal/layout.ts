/**
 * Lines of coloured text fitted to a width: measured in the cells of a
 * terminal, cut, or wrapped with a hanging indent.
 *
 * @module
 */

import { textWidth } from "./width.ts";
import { colorize, sanitize, type Symbols, type Tone } from "./style.ts";

/** A piece of a line. Its text is safe to show, see {@linkcode span}. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

/** One line, without a line end. */
export type Line = readonly Span[];

/** How text is fitted and coloured. */
export interface RenderOptions {
  /** Cells that a line may take; `Infinity` where nothing limits it. */
  readonly width: number;
  readonly symbols: Symbols;
  readonly isVerbose: boolean;
}

/** The only way to make a span: foreign characters are made harmless here. */
export function span(text: string, tone?: Tone): Span {
  return { text: sanitize(text), ...(tone && { tone }) };
}

/** How many cells a line takes. */
export function displayWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** Fills a text up with blanks. */
export function padEnd(text: string, cells: number): string {
  return text + " ".repeat(Math.max(0, cells - textWidth(text)));
}

/** The line as text, coloured or not. */
export function toText(line: Line, color: boolean): string {
  return line.map(({ text, tone }) =>
    color && tone ? colorize(text, tone) : text
  )
    .join("");
}

/** At most `width` cells of the line; a cut shows as an ellipsis. */
export function truncate(line: Line, { width, symbols }: RenderOptions): Line {
  if (displayWidth(line) <= width) return line;
  const { ellipsis } = symbols;
  const room = Math.max(0, width - textWidth(ellipsis));
  const kept: Span[] = [];
  let used = 0;
  for (const piece of line) {
    const text = headOf(piece.text, room - used);
    used += textWidth(text);
    kept.push({ ...piece, text });
    if (text !== piece.text) break;
  }
  return width < textWidth(ellipsis) ? kept : [...kept, { text: ellipsis }];
}

function headOf(text: string, cells: number): string {
  let head = "";
  let used = 0;
  for (const character of text) {
    used += textWidth(character);
    if (used > cells) break;
    head += character;
  }
  return head;
}

/** The end of a path that fits, from a separator on where there is one. */
export function shortenPath(
  path: string,
  cells: number,
  options: RenderOptions,
): string {
  const text = sanitize(path);
  if (textWidth(text) <= cells) return text;
  const { ellipsis } = options.symbols;
  const characters = [...text];
  while (
    characters.length > 0 &&
    textWidth(ellipsis + characters.join("")) > cells
  ) characters.shift();
  const tail = characters.join("");
  const separator = tail.slice(0, -1).search(/[\\/]/);
  return ellipsis + (separator < 0 ? tail : tail.slice(separator));
}

/**
 * Breaks a body at its blanks. Further lines are indented as deep as the lead
 * is wide, and a word that is wider than a line is broken.
 */
export function wrap(lead: Line, body: Line, { width }: RenderOptions): Line[] {
  if (displayWidth(lead) + displayWidth(body) <= width) {
    return [[...lead, ...body]];
  }
  const hang = displayWidth(lead) * 2 > width ? 4 : displayWidth(lead);
  const indent = { text: " ".repeat(hang) };
  const lines: Span[][] = [];
  let line: Span[] = [...lead];
  let isEmpty = true;
  for (const word of wordsOf(body, Math.max(1, width - hang))) {
    const blank = isEmpty ? 0 : 1;
    if (displayWidth(line) + blank + displayWidth(word) > width) {
      lines.push(line);
      line = [indent, ...word];
    } else line.push(...(isEmpty ? [] : [{ text: " " }]), ...word);
    isEmpty = false;
  }
  return [...lines, line];
}

/** The words of a line; one may have several colours. */
function wordsOf(line: Line, width: number): Line[] {
  const words: Span[][] = [[]];
  for (const { text, ...rest } of line) {
    text.split(" ").forEach((part, at) => {
      if (at > 0) words.push([]);
      let left = part;
      while (left !== "") {
        const head = headOf(left, width) || left;
        if (head !== left || displayWidth(words.at(-1) ?? []) >= width) {
          words.push([]);
        }
        words.at(-1)?.push({ ...rest, text: head });
        left = left.slice(head.length);
      }
    });
  }
  return words.filter((word) => word.length > 0);
}
