/**
 * The lines at the bottom of a terminal that are redrawn in place, as the text
 * to write for each frame. Pure: it writes nothing itself. Libraries for that
 * write by themselves, and begin a frame by counting up rows, which a window
 * that was made narrower has more of.
 *
 * Between frames the cursor waits on the region's first cell. When a window
 * changes its width, terminals break long lines anew and keep the cursor on its
 * character, so the next frame begins in the right place without anyone having
 * to know how many rows the old one takes now. It is never hidden: a program that
 * is stopped (Ctrl+Z) or killed could not show it again.
 *
 * @module
 */

import { cursor, erase } from "sisteransi";
import { type Line, toText } from "./layout.ts";

/** A terminal's size in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Terminals that know the first of these show a frame as a whole. The second
 * keeps a line on one row even if the window got narrower a moment ago.
 */
const BEGIN_FRAME = "\x1b[?2026h\x1b[?7l";
const END_FRAME = "\x1b[?7h\x1b[?2026l";

/** A region of one terminal. */
export class LiveRegion {
  readonly #color: boolean;
  /** What the last frame showed, and for which size; nothing before the first. */
  #last: { readonly body: string; readonly columns: number } | undefined;

  constructor(color: boolean) {
    this.#color = color;
  }

  /**
   * The text that shows the lines instead of those of the last frame, and
   * `above`, if any, for good over them. Empty when nothing would change.
   */
  frame(
    lines: readonly Line[],
    { columns }: Size,
    above: readonly Line[] = [],
  ): string {
    const body = lines.map((line) => toText(line, this.#color)).join("\n");
    const isSame = this.#last?.body === body && this.#last.columns === columns;
    if (isSame && above.length === 0) return "";
    const text = this.#begin(columns) +
      this.#rows([...above, ...lines], columns)
        .join("\n");
    this.#last = { body, columns };
    const back = lines.length > 1 ? cursor.up(lines.length - 1) : "";
    return text + erase.down() + back + "\r" + END_FRAME;
  }

  /** The last frame: these lines stay, and the cursor goes below them. */
  close(lines: readonly Line[], { columns }: Size): string {
    if (!this.#last) return "";
    const rows = this.#rows(lines, columns).map((row) => row + "\n").join("");
    const text = this.#begin(columns) + rows + erase.down();
    this.#last = undefined;
    return text + END_FRAME;
  }

  #begin(columns: number): string {
    const start = this.#last ? "\r" : "";
    this.#last ??= { body: "", columns };
    return BEGIN_FRAME + start;
  }

  /**
   * Old text is overwritten, then what was longer is erased: no flicker. After
   * a change of width the old row is erased first, because it may still count
   * as a piece of a longer line.
   */
  #rows(lines: readonly Line[], columns: number): string[] {
    const before = this.#last?.columns === columns ? "" : erase.line;
    return lines.map((line) =>
      before + toText(line, this.#color) + erase.lineEnd
    );
  }
}
