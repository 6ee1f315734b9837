/**
 * The type of all errors about `discover.yaml`, and for an unknown word the
 * nearest known one. The line of a mistake is found in `file_errors.ts`, which is
 * loaded only with the file.
 *
 * @module
 */

import { UsageError } from "../errors.ts";
import { nearest } from "../text/suggest.ts";
import type { Path } from "../yaml/positions.ts";

/** A mistake in `discover.yaml`: exit code 2, but no reason not to start. */
export class SettingsError extends UsageError {}

/** The file of settings, as far as its mistakes need it. */
export interface SettingsText {
  readonly path: string;
  /** The error on a line of the file, where that is known. */
  readonly errorOn: (
    line: number | undefined,
    state: string,
    hint?: string,
  ) => SettingsError;
  /** The error about what a path of the file leads to. */
  readonly errorAt: (path: Path, state: string, hint?: string) => SettingsError;
  /** The 1-based line of a path, or of the nearest one that contains it. */
  readonly lineOf: (path: Path) => number | undefined;
}

/** The known word that was probably meant, or all of them. */
export function expected(word: string, known: readonly string[]): string {
  const close = nearest(word, known);
  return close
    ? `did you mean ${close}?`
    : `expected one of: ${known.join(", ")}`;
}
