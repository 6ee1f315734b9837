/**
 * Where the config sets a variable by itself: the file and the line, in words.
 *
 * @module
 */

import { ConfigError } from "../errors.ts";
import { byteText } from "../yaml/encoding.ts";
import { lineOf } from "../yaml/lines.ts";
import { Positions } from "../yaml/positions.ts";

const SECTION = "environment_variables";

/** A config, or a file that it includes. */
export interface ConfigFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Tells for a variable where it is set in `environment_variables`. Requests
 * wait for this, so that no more than the section is read, and no line is told
 * where it is not a plain one: a file with a block of 400 entries takes 35 ms.
 */
export function statedIn(
  { path, bytes }: ConfigFile,
): (variable: string) => string {
  const from = `${SECTION} in ${path}`;
  const text = byteText(bytes);
  const start = text.search(/^environment_variables[ \t]*:/m);
  if (start < 0) return () => from;
  const length = text.slice(start).search(/[\r\n](?![\s#}\]-])/);
  const end = length < 0 ? text.length : start + length;
  const before = lineOf(bytes, start) - 1;
  const positions = positionsIn(bytes.subarray(start, end));
  return (variable) => {
    const line = positions?.lineOf([SECTION, variable]);
    return line === undefined ? from : `${from} line ${before + line}`;
  };
}

/** Nothing where the section goes on after what looks like its end. */
function positionsIn(section: Uint8Array): Positions | undefined {
  try {
    return new Positions(section);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
