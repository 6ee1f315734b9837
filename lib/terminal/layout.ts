/**
 * Lines of coloured text fitted to a width: measured in the cells of a
 * terminal, truncated, or wrapped with a hanging indent. By hand, as a line here
 * is pieces with colours of their own, and libraries wrap text that has escape
 * sequences in it already.
 *
 * @module
 */

import { textWidth } from "./width.ts";
import { sanitize } from "../text/sanitize.ts";
import { colorize, type Symbols, type Tone } from "./style.ts";

/** A piece of a line. Its text is safe to show, see {@linkcode span}. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

/** One line, without a line end. */
export type Line = readonly Span[];

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
  ).join("");
}

/** How a list is laid out where no terminal limits it. */
const PIPE_COLUMNS = 100;
const PIPE_ITEMS = 5;
const PIPE_INDENT = 4;

/** What fits text to a stream. */
export class Layout {
  /** Cells that a line may take; `Infinity` where nothing limits it. */
  readonly width: number;
  readonly symbols: Symbols;
  readonly isVerbose: boolean;

  constructor(width: number, symbols: Symbols, isVerbose: boolean) {
    this.width = width;
    this.symbols = symbols;
    this.isVerbose = isVerbose;
  }

  /** At most `width` cells of the line; a cut shows as an ellipsis. */
  truncate(line: Line): Line {
    if (displayWidth(line) <= this.width) return line;
    const { ellipsis } = this.symbols;
    let room = this.width - textWidth(ellipsis);
    if (room < 0) return [];
    const kept = line.map(({ text, ...rest }) => {
      const head = headOf(text, room);
      room = head === text ? room - textWidth(head) : 0;
      return { ...rest, text: head };
    });
    return [...kept, { text: ellipsis }];
  }

  /** The end of a path that fits, from a separator on where there is one. */
  shortenPath(path: string, cells: number): string {
    const text = sanitize(path);
    if (textWidth(text) <= cells) return text;
    const { ellipsis } = this.symbols;
    const backwards = [...text].toReversed().join("");
    const room = cells - textWidth(ellipsis);
    const tail = [...headOf(backwards, room)].toReversed().join("");
    const separator = tail.slice(0, -1).search(/[\\/]/);
    return ellipsis + (separator < 0 ? tail : tail.slice(separator));
  }

  /**
   * Breaks a body at its blanks; a word that is wider than a line is broken.
   * Further lines are indented as deep as the lead is wide, or by four cells
   * where that leaves too little room.
   */
  wrap(
    lead: Line,
    body: Line,
    hang: number = this.#hangOf(lead, body),
  ): Line[] {
    if (displayWidth([...lead, ...body]) <= this.width) {
      return [[...lead, ...body]];
    }
    const indent = { text: " ".repeat(hang) };
    const lines: Span[][] = [];
    let line: Span[] = [...lead];
    let isEmpty = true;
    for (
      const { pieces, isRest } of wordsOf(body, Math.max(1, this.width - hang))
    ) {
      const gap = isEmpty || isRest ? [] : [{ text: " " }];
      if (displayWidth([...line, ...gap, ...pieces]) > this.width) {
        const done = withoutBlanks(line);
        if (displayWidth(done) > 0) lines.push(done);
        line = [indent, ...pieces];
      } else line.push(...gap, ...pieces);
      isEmpty = false;
    }
    return [...lines, line];
  }

  #hangOf(lead: Line, body: Line): number {
    const cells = displayWidth(lead);
    if (cells <= 4 || this.width === Infinity) return cells;
    const words = wordsOf(body, this.width)
      .map(({ pieces }) => displayWidth(pieces));
    const room = this.width - cells;
    return cells <= room && Math.max(0, ...words) <= room ? cells : 4;
  }

  /**
   * A lead and as many items as fit on so many lines, at least one; then how
   * many more there are. With `--verbose`: all items. Where nothing limits the
   * width, a few items, on lines that are still read at a glance.
   */
  list(
    lead: Line,
    items: readonly string[],
    maxLines: number,
    tone?: Tone,
  ): Line[] {
    if (this.width === Infinity) return this.#listInPipe(lead, items, tone);
    const all = this.#listOf(lead, items, items.length, tone);
    if (this.isVerbose || all.length <= maxLines) return all;
    let shown = this.#listOf(lead, items, 1, tone);
    for (let count = 2; count < items.length; count++) {
      const more = this.#listOf(lead, items, count, tone);
      if (more.length > maxLines) break;
      shown = more;
    }
    return shown;
  }

  /** A name is searched for there, so none is broken. */
  #listInPipe(lead: Line, items: readonly string[], tone?: Tone): Line[] {
    const words = items.flatMap((item) => item.split(" ")).map(textWidth);
    const widest = Math.max(0, ...words) + PIPE_INDENT + ", ".length;
    const cells = Math.max(PIPE_COLUMNS, widest);
    const layout = new Layout(cells, this.symbols, this.isVerbose);
    const most = this.isVerbose ? items.length : PIPE_ITEMS;
    return layout.#listOf(lead, items, Math.min(most, items.length), tone);
  }

  #listOf(
    lead: Line,
    items: readonly string[],
    count: number,
    tone?: Tone,
  ): Line[] {
    const text = items.slice(0, count).join(", ");
    const more = items.length - count;
    const rest = more > 0 ? [span(`, and ${more} more`, "dim")] : [];
    const body = [span(text, tone), ...rest];
    return this.wrap(lead, body, Math.max(4, this.#hangOf(lead, body)));
  }
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

/** A lead whose first word is on the next line ends in no blanks. */
function withoutBlanks(line: readonly Span[]): Span[] {
  return line.map((piece, at) =>
    at < line.length - 1 ? piece : { ...piece, text: piece.text.trimEnd() }
  );
}

/** As much of a word as fits, up to a place where a reader would break it. */
function breakIn(word: string, cells: number): string {
  const head = headOf(word, cells);
  if (head === word) return head;
  const [whole = ""] = /^.*[=/\\:,](?=.)/s.exec(head) ?? [];
  return whole || head || word;
}

/** What stays on one line. */
interface Word {
  /** One may have several colours. */
  readonly pieces: Span[];
  /** It goes on with a word that had to be broken. */
  readonly isRest: boolean;
}

/** The words of a line, those that are wider than a line in parts. */
function wordsOf(line: Line, width: number): Word[] {
  let word: Word = { pieces: [], isRest: false };
  const words = [word];
  const begin = (isRest: boolean): void => {
    word = { pieces: [], isRest };
    words.push(word);
  };
  for (const { text, ...rest } of line) {
    text.split(" ").forEach((part, at) => {
      if (at > 0) begin(false);
      let left = part;
      while (left !== "") {
        const head = breakIn(left, width);
        const isOut = displayWidth(word.pieces) + textWidth(head) > width;
        if (isOut && word.pieces.length > 0) begin(true);
        word.pieces.push({ ...rest, text: head });
        left = left.slice(head.length);
        if (left !== "") begin(true);
      }
    });
  }
  return words.filter(({ pieces }) => pieces.length > 0);
}
