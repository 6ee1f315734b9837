/**
 * The first line inside the markers: who writes the block, in which format, and
 * what had to be added to the file outside the markers.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";

/** Number of the format that this program writes. */
export const BLOCK_FORMAT = 1;

/** The key, or a final line end that was missing. */
export type Added = "model_list" | "newline";

/** What a header line says. */
export interface Header {
  readonly format: number;
  readonly added: readonly Added[];
}

/** In the order in which the header names them. */
const ADDABLE: readonly Added[] = ["model_list", "newline"];
const HEADER =
  /^# Written by discover, format (\d{1,9})\.(?:.*? Added outside: ([a-z_, ]+)\.)?/;

/** The header of a block that has added `added`. */
export function headerLine(added: readonly Added[]): string {
  const line = `# Written by discover, format ${BLOCK_FORMAT}. ` +
    "Edits between the two markers are overwritten.";
  const names = ADDABLE.filter((name) => added.includes(name));
  return names.length === 0
    ? line
    : `${line} Added outside: ${names.join(", ")}.`;
}

/**
 * Reads a header line, indent taken off; `undefined` when it is another line.
 * Throws `ConfigError` for a format that this program does not know yet.
 */
export function parseHeader(
  line: string,
  lineNumber?: number,
): Header | undefined {
  const match = HEADER.exec(line);
  if (!match) return undefined;
  const format = Number(match[1]);
  if (format > BLOCK_FORMAT) {
    throw new ConfigError("block written by a newer discover", {
      hint: "use that version, or delete the block: it is written anew",
      ...(lineNumber !== undefined && { line: lineNumber }),
    });
  }
  const names = match[2]?.split(", ") ?? [];
  return { format, added: ADDABLE.filter((name) => names.includes(name)) };
}
