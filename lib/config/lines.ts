/**
 * Where the parts of a config are: in which file, the config or an included
 * one, and on which line. Files are read for lines only on demand, since most
 * runs have nothing to report.
 *
 * @module
 */

import type { Config } from "./config.ts";
import type { IncludedFile } from "./includes.ts";
import { type Path, Positions } from "../yaml/positions.ts";

/** A line, as a warning names it. */
export interface Location {
  /** The included file; absent for the config itself. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
}

/** Finds the lines of paths into a config and all that it includes. */
export class Lines {
  readonly #config: Config;
  readonly #bytes: Uint8Array;
  readonly #positions = new Map<IncludedFile | undefined, Positions>();

  /** `bytes` is the config after the run: its lines are counted there. */
  constructor(config: Config, bytes: Uint8Array) {
    this.#config = config;
    this.#bytes = bytes;
  }

  /** Where a path of the merged config is. */
  of(path: Path): Location {
    const place = this.#config.merged.placeOf(path);
    return this.in(place.file, place.path);
  }

  /** Where a path of the merged config is, for a sentence about another one. */
  named(path: Path, from: Path): string {
    const { file, line } = this.of(path);
    const isSame = file === this.of(from).file;
    const where = line === undefined ? "" : `line ${line}`;
    if (isSame) return where;
    return `${where} of ${file === undefined ? "the config" : `"${file}"`}`;
  }

  /** Where a path of one file is. */
  in(file: IncludedFile | undefined, path: Path): Location {
    const line = this.positionsIn(file).lineOf(path);
    return {
      ...(file && { file: file.path }),
      ...(line !== undefined && { line }),
    };
  }

  /** Where the keys and items of one file are, its block left out. */
  positionsIn(file: IncludedFile | undefined): Positions {
    const positions = this.#positions.get(file) ?? this.#read(file);
    this.#positions.set(file, positions);
    return positions;
  }

  /** The bytes in which the lines of one file are counted. */
  bytesOf(file: IncludedFile | undefined): Uint8Array {
    return file?.bytes ?? this.#bytes;
  }

  #read(file: IncludedFile | undefined): Positions {
    if (file) return new Positions(file.bytes);
    const { bytes: before, region: { start, end } } = this.#config;
    // Everything after the block is as it was before the run.
    const endNow = this.#bytes.length - (before.length - end);
    return new Positions(this.#bytes, { start, end: endNow });
  }
}
