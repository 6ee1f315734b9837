/**
 * The text of a `.env` or `set-env.ps1` file, and the variables it assigns.
 * Only literal values count: nothing is run, expanded or guessed, and what
 * would have to be is named without its value. It opens no file and does not
 * decide whether a file or the environment wins.
 *
 * @module
 */

import {
  type EnvFile,
  isPlainName,
  lastOfEach,
  maxValueLength,
  type Statement,
  unescaped,
} from "./env_file.ts";
import { looksLikeKey } from "../text/key_look.ts";

export type { EnvFile } from "./env_file.ts";

const blanks = /[^\S\n]*/y;
const exportWord = /export[^\S\n]+/y;
const quotedKey = /'([^']+)'/y;
const plainKey = /[^=#\s]+/y;
const assignedName = /^[A-Za-z_][\w. -]*$/;
const bareName = /^[A-Za-z_]\w*$/;
/** Characters of an odd line in which the name of a variable is looked for. */
const maxHeadLength = 200;
const variableWord = /[A-Z][A-Z0-9_]*/g;
const equals = /=[^\S\n]*/y;
const restOfLine = /[^\n]*/y;
const lineEnd = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y;

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
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * The variables that the text of a `.env` file assigns, read as python-dotenv
 * reads it, because that is what LiteLLM does. `${NAME}` is expanded there
 * even in single quotes, so such a value counts as computed. A line that
 * cannot be read is passed over, there as here, and so is a name that no
 * variable has.
 */
export function readDotEnv(text: string): EnvFile {
  return lastOfEach(dotEnvStatements(text.replace(/\r\n?/g, "\n")));
}

function* dotEnvStatements(text: string): Generator<Statement> {
  const source = new Source(text);
  while (source.skipToStatement()) {
    const { line, position } = source;
    const binding = readBinding(source);
    if (binding === undefined) source.match(restOfLine);
    if (binding === undefined || !isUsual(binding)) {
      const head = source.textFrom(position).slice(0, maxHeadLength);
      yield { kind: "odd", line, words: head.match(variableWord) ?? [] };
    }
    const { name, value } = binding ?? {};
    if (name === undefined) continue;
    if (value === undefined) yield { kind: "bare", name };
    else {
      const literal = isInterpolated(value) ? undefined : value;
      const isPlain = isPlainName(name);
      yield { kind: "assigned", name, isPlain, line, value: literal };
    }
  }
}

/** A name, if the line is no comment, and its value, if there is a `=`. */
interface Binding {
  readonly name?: string;
  readonly value?: string;
}

/** Reads up to the line's end; nothing if that cannot be done. */
function readBinding(source: Source): Binding | undefined {
  source.match(exportWord);
  const first = source.peek();
  const found = source.match(first === "'" ? quotedKey : plainKey);
  const name = found?.[1] ?? found?.[0];
  if (name === undefined && first !== "#") return undefined;
  source.match(blanks);
  const value = name === undefined ? undefined : readAssigned(source);
  if (source.match(lineEnd) === undefined) return undefined;
  return {
    ...(name !== undefined && { name }),
    ...(value !== undefined && { value }),
  };
}

/** Whether somebody may have meant a variable, and no key, by the name. */
function isUsual({ name, value }: Binding): boolean {
  return name === undefined ||
    (value === undefined ? bareName : assignedName).test(name) &&
      !looksLikeKey(name);
}

/** What follows the name; nothing if there is no `=` or no closing quote. */
function readAssigned(source: Source): string | undefined {
  const sign = source.match(equals)?.[0];
  if (sign === undefined) return undefined;
  const first = source.peek();
  if (first === "'" || first === '"') {
    const raw = source.quoted(first);
    if (raw === undefined || raw.length > maxValueLength) return raw;
    return first === "'"
      ? raw.replace(/\\([\\'])/g, "$1")
      : raw.replace(/\\([\\'"abfnrtv])/g, (_, char: string) => unescaped(char));
  }
  // Only a blank makes a comment of what stands right behind the sign.
  if (first === "#" && sign.length > 1) return "";
  return withoutComment(source.match(restOfLine)?.[0] ?? "");
}

/** Cuts an unquoted value at the first `#` that has a blank before it. */
function withoutComment(part: string): string {
  let at = part.indexOf("#", 1);
  while (at !== -1 && !/\s/.test(part.charAt(at - 1))) {
    at = part.indexOf("#", at + 1);
  }
  return (at === -1 ? part : part.slice(0, at)).trimEnd();
}

function isInterpolated(value: string): boolean {
  const open = value.indexOf("${");
  return open !== -1 && value.includes("}", open);
}

/** A place in the text that only moves forward, and the line it is in. */
class Source {
  line = 1;
  position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Moves to the next thing that is no white space; false at the end. */
  skipToStatement(): boolean {
    this.match(/\s*/y);
    return this.position < this.#text.length;
  }

  textFrom(start: number): string {
    return this.#text.slice(start, this.position);
  }

  peek(): string {
    return this.#text.charAt(this.position);
  }

  match(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.position;
    const found = sticky.exec(this.#text) ?? undefined;
    if (found !== undefined) this.#skip(found[0]);
    return found;
  }

  /** The text between two quotes, escapes and all; nothing if it is open. */
  quoted(quote: string): string | undefined {
    const start = this.position + 1;
    const special = quote === "'" ? /[\\']/g : /[\\"]/g;
    special.lastIndex = start;
    let hit = special.exec(this.#text);
    while (hit?.[0] === "\\") {
      special.lastIndex++;
      hit = special.exec(this.#text);
    }
    if (hit === null) return undefined;
    this.#skip(this.#text.slice(this.position, hit.index + 1));
    return this.#text.slice(start, hit.index);
  }

  #skip(passed: string): void {
    this.position += passed.length;
    for (const char of passed) if (char === "\n") this.line++;
  }
}
