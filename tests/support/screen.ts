/**
 * A small terminal screen: what a person would see of the text that a program
 * writes. Knows the few sequences that this program uses, and fails on others.
 *
 * @module
 */

/** How a cell looks: the parameters of `m` that are in force, as a set. */
export type Ink = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

const INKS: Readonly<Record<string, Ink>> = {
  "1": "bold",
  "2": "dim",
  "31": "red",
  "32": "green",
  "33": "yellow",
  "36": "cyan",
};

/** What a parameter of `m` ends. */
const ENDED: Readonly<Record<string, readonly Ink[]>> = {
  "22": ["bold", "dim"],
  "39": ["red", "green", "yellow", "cyan"],
};

/** One character and how it looks. */
export interface Cell {
  readonly character: string;
  readonly inks: readonly Ink[];
}

/** A screen of so many columns and rows; what scrolls out of it is kept. */
export class Screen {
  /** Lines that were longer than the screen and broke. */
  wraps = 0;
  readonly #height: number;
  #columns: number;
  #rows: Cell[][] = [[]];
  /** The first row that can be reached. */
  #top = 0;
  #inks: readonly Ink[] = [];
  #row = 0;
  #column = 0;
  #autowrap = true;

  constructor(columns: number, height = 1000) {
    this.#columns = columns;
    this.#height = height;
  }

  /** The lines, without blanks at their ends and without empty ones below. */
  get text(): string {
    return this.#rows.map((row) =>
      row.map(({ character }) => character).join("").trimEnd()
    ).join("\n").trimEnd();
  }

  /** The cells of every row, as they are now. */
  get rows(): readonly (readonly Cell[])[] {
    return this.#rows.map((row) => [...row]);
  }

  /** Whether the cursor waits on the first cell of this row. */
  isAtStartOf(row: number): boolean {
    return this.#row === row && this.#column === 0;
  }

  /**
   * Makes the window narrower as tmux does: longer rows break anew, empty ones
   * below stay, and so the first rows scroll out of reach. A cursor that was on
   * one of them is put on the first that is left.
   */
  narrow(columns: number): void {
    const rows: Cell[][] = [];
    let cursorRow = 0;
    const count = Math.max(this.#rows.length, this.#top + this.#height);
    for (let at = 0; at < count; at++) {
      if (at === this.#row) {
        cursorRow = rows.length + Math.floor(this.#column / columns);
      }
      const row = this.#rows[at] ?? [];
      rows.push(row.slice(0, columns));
      for (let from = columns; from < row.length; from += columns) {
        rows.push(row.slice(from, from + columns));
      }
    }
    this.#columns = columns;
    this.#rows = rows;
    this.#top = rows.length - this.#height;
    const isOut = cursorRow < this.#top;
    this.#row = isOut ? this.#top : cursorRow;
    this.#column = isOut ? 0 : this.#column % columns;
  }

  write(text: string): void {
    const [plain = "", ...sequences] = text.split("\x1b[");
    this.#print(plain);
    for (const part of sequences) {
      const control = part.match(/^[?\d;]*[A-Za-z]/)?.[0] ?? "";
      this.#control(control);
      this.#print(part.slice(control.length));
    }
  }

  #print(text: string): void {
    for (const character of text) {
      if (character === "\n") this.#feed();
      else if (character === "\r") this.#column = 0;
      else this.#put(character);
    }
  }

  #feed(): void {
    this.#row++;
    this.#column = 0;
    this.#top = Math.max(this.#top, this.#row - this.#height + 1);
    while (this.#rows.length <= this.#row) this.#rows.push([]);
  }

  #put(character: string): void {
    if (this.#column >= this.#columns) {
      if (!this.#autowrap) return;
      this.wraps++;
      this.#feed();
    }
    const row = this.#rows[this.#row] ?? [];
    while (row.length < this.#column) row.push({ character: " ", inks: [] });
    row[this.#column++] = { character, inks: this.#inks };
  }

  #paint(sequence: string): void {
    for (const parameter of sequence.slice(0, -1).split(";")) {
      const ink = INKS[parameter];
      const ended = ENDED[parameter];
      if (ink) this.#inks = [...this.#inks, ink];
      else if (ended) {
        this.#inks = this.#inks.filter((one) => !ended.includes(one));
      } else throw new Error(`unknown colour ${JSON.stringify(sequence)}`);
    }
  }

  #control(sequence: string): void {
    const kind = sequence.at(-1);
    const count = Number(sequence.slice(0, -1)) || 1;
    if (sequence.startsWith("?2026")) return;
    if (kind === "m") return this.#paint(sequence);
    if (sequence.startsWith("?7")) this.#autowrap = kind === "h";
    else if (kind === "A") this.#row = Math.max(this.#top, this.#row - count);
    else if (sequence === "K") this.#rows[this.#row]?.splice(this.#column);
    else if (sequence === "2K") this.#rows[this.#row]?.splice(0);
    else if (sequence === "J") {
      this.#rows[this.#row]?.splice(this.#column);
      this.#rows.splice(this.#row + 1);
    } else throw new Error(`unknown sequence ${JSON.stringify(sequence)}`);
  }
}
