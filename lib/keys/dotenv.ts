/**
 * The text of a file of keys, and the variables that a `.env` assigns.
 * Only literal values count: nothing is run, expanded or guessed, and what
 * would have to be is named without its value. It opens no file and does not
 * decide whether a file or the environment wins.
 *
 * Written by hand, since `parseEnv` of `node:util` reads 2,219 of 2,988
 * generated files otherwise than python-dotenv (tests/oracle/env_files.py), and
 * reports neither lines that it cannot read nor values to be computed.
 *
 * @module
 */

import { decodeText } from "../yaml/encoding.ts";
import {
  type EnvFile,
  isPlainName,
  lastOfEach,
  type Statement,
  unescaped,
  withMasterKeyTexts,
} from "./env_file.ts";
import { looksLikeKey } from "../text/key_look.ts";

export type { EnvFile } from "./env_file.ts";

const blanks = "[^\\S\\n]*";
const name = "'(?<quoted>[^']+)'|(?<plain>[^'=#\\s][^=#\\s]*)";
/** Only after a blank a `#` makes a comment. */
const value = "'(?<single>[^\\\\']*(?:\\\\[^][^\\\\']*)*)'" +
  '|"(?<double>[^\\\\"]*(?:\\\\[^][^\\\\"]*)*)"' +
  "|(?<bare>(?:(?:[^\\s'\"#]|(?<==)#)[^\\n]*)?)";
const assigned = `(?:${name})${blanks}(?:(?<sign>=)${blanks}(?:${value}))?`;
/** Each part matches whatever comes, so that none is read in two ways. */
const statement = new RegExp(
  `\\s+|(?=\\S)(?:export[^\\S\\n]+)?(?:${assigned})?` +
    `(?:${blanks}(?<comment>#[^\\n]*)?(?:\\n|$)|(?<odd>[^\\n]*))`,
  "g",
);

const assignedName = /^[A-Za-z_][\w. -]*$/;
const bareName = /^[A-Za-z_]\w*$/;
/** Characters of an odd line in which the name of a variable is looked for. */
const maxHeadLength = 200;
const variableWord = /[A-Z][A-Z0-9_]*/g;

/**
 * Decodes the file as Windows editors and shells save it: a byte order mark
 * decides, then UTF-16 is known by its zero bytes, then it is UTF-8 if that is
 * valid, else Windows-1252. The mark is not part of the text.
 */
export function decodeEnvFile(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe || first !== 0 && second === 0) {
    return new TextDecoder("utf-16le").decode(bytes);
  }
  if (first === 0xfe && second === 0xff || first === 0 && second !== 0) {
    return new TextDecoder("utf-16be").decode(bytes);
  }
  return decodeText(bytes);
}

/**
 * The variables that the text of a `.env` file assigns, read as python-dotenv
 * reads it, because that is what LiteLLM does. `${NAME}` is expanded there
 * even in single quotes, so such a value counts as computed. A line that
 * cannot be read is passed over, there as here, and so is a name that no
 * variable has.
 */
export function readDotEnv(text: string): EnvFile {
  const all = [...dotEnvStatements(text.replace(/\r\n?/g, "\n"))];
  const given = all.flatMap((one) =>
    one.kind === "assigned" ? [[one.name, one.text ?? ""] as const] : []
  );
  return withMasterKeyTexts(lastOfEach(all), given);
}

function* dotEnvStatements(text: string): Generator<Statement> {
  let line = 1;
  for (const { 0: piece, groups = {} } of text.matchAll(statement)) {
    if (/\S/.test(piece)) yield* readings(piece, groups, line);
    line += piece.split("\n").length - 1;
  }
}

function* readings(
  piece: string,
  groups: Readonly<Record<string, string>>,
  line: number,
): Generator<Statement> {
  const { quoted, plain = quoted, sign, comment, odd } = groups;
  const name = odd === undefined ? plain : undefined;
  const value = sign === undefined ? undefined : valueOf(groups);
  if (name === undefined ? comment === undefined : !isUsual(name, value)) {
    const words = piece.slice(0, maxHeadLength).match(variableWord) ?? [];
    yield { kind: "odd", line, words };
  }
  if (name === undefined) return;
  const isPlain = isPlainName(name);
  yield value === undefined ? { kind: "bare", name } : {
    ...{ kind: "assigned", name, isPlain, line },
    ...{ value: literal(value), text: value },
  };
}

/** Whether somebody may have meant a variable, and no key, by the name. */
function isUsual(name: string, value: string | undefined): boolean {
  return (value === undefined ? bareName : assignedName).test(name) &&
    !looksLikeKey(name);
}

function valueOf(
  { single, double, bare = "" }: Readonly<Record<string, string>>,
): string {
  if (single !== undefined) return single.replace(/\\([\\'])/g, "$1");
  if (double === undefined) return bare.replace(/\s#[^]*/, "").trimEnd();
  return double.replace(/\\([\\'"abfnrtv])/g, (_, char) => unescaped(char));
}

/** Nothing for a value that python-dotenv expands, in single quotes, too. */
function literal(value: string): string | undefined {
  const open = value.indexOf("${");
  return open !== -1 && value.includes("}", open) ? undefined : value;
}
