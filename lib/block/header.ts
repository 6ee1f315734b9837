/**
 * The first line inside the markers: who wrote the block, in which format, and
 * what had to be changed outside the markers.
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
  /** What was after the key's colon and was replaced, such as ` []`. */
  readonly instead: string;
}

/**
 * What follows `model_list:` where an empty list is written out: LiteLLM reads
 * `[]` and null like no value.
 */
const EMPTY_VALUE = /^[ \r\n]+(?:\[[ \r\n]*\]|~|null|Null|NULL)$/;

/** Whether a block may replace this text after the key's colon. */
export function isEmptyValue(text: string): boolean {
  return EMPTY_VALUE.test(text);
}

/** In the order in which the header names them. */
const ADDABLE: readonly Added[] = ["model_list", "newline"];
const HEADER = /^# Written by discover, format (\d{1,9})\./;
const ADDED = / Added outside: ([a-z_, ]+)\./;
const INSTEAD = / In place of: ("[^"]*")\./;

/** The header of a block that added `added` and replaced `instead`. */
export function headerLine(added: readonly Added[], instead = ""): string {
  const names = ADDABLE.filter((name) => added.includes(name));
  return `# Written by discover, format ${BLOCK_FORMAT}. ` +
    "Edits between the two markers are overwritten." +
    (names.length > 0 ? ` Added outside: ${names.join(", ")}.` : "") +
    (instead === "" ? "" : ` In place of: ${JSON.stringify(instead)}.`);
}

/** Whether it is a header line, without its indent, of any version. */
export function isHeader(line: string): boolean {
  return HEADER.test(line);
}

/**
 * Reads a header line without its indent; `undefined` if it is another line.
 * Throws `ConfigError` for a format that is newer than this program.
 */
export function parseHeader(
  line: string,
  lineNumber?: number,
): Header | undefined {
  const match = HEADER.exec(line);
  if (!match) return undefined;
  const format = Number(match[1]);
  if (format > BLOCK_FORMAT) {
    throw new ConfigError(
      "the block was written by a newer version of discover",
      {
        line: lineNumber,
        hint: "use that version, or delete the block and run again",
      },
    );
  }
  const names = ADDED.exec(line)?.[1]?.split(", ") ?? [];
  const added = ADDABLE.filter((name) => names.includes(name));
  return { format, added, instead: insteadIn(line) };
}

/** Somebody may have edited the line: anything else is ignored. */
function insteadIn(line: string): string {
  const text = INSTEAD.exec(line)?.[1]
    ?.replace(/\\([rn])/g, (_, letter) => letter === "r" ? "\r" : "\n")
    .slice(1, -1) ?? "";
  return isEmptyValue(text) ? text : "";
}
