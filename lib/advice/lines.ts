/**
 * Where the parts of a config stand: in which file, its own or an included one,
 * and on which line. Files are read for lines only when one is asked for, since
 * most runs have nothing to find.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import type { IncludedFile } from "../config/includes.ts";
import { decodeText } from "../yaml/encoding.ts";
import { textLines } from "../yaml/lines.ts";
import { type Path, Positions } from "../yaml/positions.ts";
import type { Range } from "../yaml/bytes.ts";

/** A line, as a warning names it. */
export interface Spot {
  /** The included file; absent for the config itself. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
}

/** Finds the lines of paths into a config and all that it includes. */
export class Lines {
  readonly #config: Config;
  readonly #bytes: Uint8Array;
  readonly #places = new Map<IncludedFile | undefined, Positions>();

  /** Lines of the config itself are counted in `bytes`: it after the run. */
  constructor(config: Config, bytes: Uint8Array) {
    this.#config = config;
    this.#bytes = bytes;
  }

  /** Where a path of the merged config stands. */
  of(path: Path): Spot {
    const place = this.#config.merged.placeOf(path);
    return this.in(place.file, place.path);
  }

  /** Where a path of one file stands. */
  in(file: IncludedFile | undefined, path: Path): Spot {
    const places = this.#places.get(file) ?? this.#read(file);
    const line = places.lineOf(path);
    return {
      ...(file && { file: file.path }),
      ...(line !== undefined && { line }),
    };
  }

  /** The text of the line on which a path of the merged config stands. */
  textOf(path: Path): string {
    const { file } = this.#config.merged.placeOf(path);
    const { line = 0 } = this.of(path);
    const text = decodeText(file?.bytes ?? this.#bytes);
    return textLines(text)[line - 1] ?? "";
  }

  #read(file: IncludedFile | undefined): Positions {
    const places = file
      ? new Positions(file.bytes)
      : new Positions(this.#bytes, blockIn(this.#bytes, this.#config));
    this.#places.set(file, places);
    return places;
  }
}

/** Behind the block all is as it was, before the run and after it. */
function blockIn(bytes: Uint8Array, { bytes: before, region }: Config): Range {
  const { start, end } = region;
  return { start, end: bytes.length - (before.length - end) };
}
