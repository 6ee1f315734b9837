/**
 * Collects the comments of a file that are markers, or nearly so, each with
 * what comes behind it.
 *
 * @module
 */
import { type MarkerKind, markerKind } from "./markers.ts";
import { Byte, sliceText } from "../yaml/bytes.ts";
import type { Position, Token } from "../yaml/tokens.ts";

/** A comment that is a marker, or nearly one. */
export interface MarkerLine extends Position {
  readonly kind: MarkerKind;
  /** Nothing stands in front of it on its line. */
  readonly wholeLine: boolean;
  readonly inFlow: boolean;
  /** Where the next thing starts that is neither blank nor a comment. */
  readonly next: number;
}

/** What may stand in front of a marker's arrows: see `markers.ts`. */
const LEADING: ReadonlySet<number> = new Set([
  ...[Byte.hash, Byte.space, Byte.tab, Byte.noBreakSpace],
]);

/** Takes comments, and is told of everything that comes between them. */
export class MarkerCollector {
  readonly #bytes: Uint8Array;
  readonly #lines: MarkerLine[] = [];
  /** Lines from this one on still wait for what comes next. */
  #settled = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get lines(): readonly MarkerLine[] {
    return this.#lines;
  }

  add({ start, end, line, column, flow }: Token): void {
    if (!this.#mayBeMarker(start)) return;
    const kind = markerKind(sliceText(this.#bytes, start, end));
    if (kind === undefined) return;
    let lead = start;
    while (this.#bytes[lead - 1] === Byte.space) lead--;
    const wholeLine = start - lead === column;
    const next = this.#bytes.length;
    const inFlow = flow > 0;
    this.#lines.push({ kind, start, line, column, wholeLine, inFlow, next });
  }

  /** Most comments are none: decoding each costs more than the tokens do. */
  #mayBeMarker(start: number): boolean {
    let at = start;
    while (LEADING.has(this.#bytes[at] ?? 0)) at++;
    const byte = this.#bytes[at];
    return byte === Byte.less || byte === Byte.greater;
  }

  /** Something that is no comment starts at `next`. */
  settle(next: number): void {
    for (; this.#settled < this.#lines.length; this.#settled++) {
      const line = this.#lines[this.#settled];
      if (line) this.#lines[this.#settled] = { ...line, next };
    }
  }
}
