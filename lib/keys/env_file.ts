/**
 * What a file of environment variables comes to once it is read, whichever
 * language it is written in: the last word on each name.
 *
 * @module
 */

import { MASTER_KEY } from "../providers/variables.ts";
import { looksLikeKey } from "../text/key_look.ts";
import { Secret } from "../text/secret.ts";

/** A variable and the literal value that a file gives it. */
export interface Assignment {
  readonly name: string;
  /** Empty if the file removes the variable. */
  readonly value: string;
  /** 1-based line in the file. */
  readonly line: number;
}

/** A variable whose value would have to be computed. */
export interface Unread {
  readonly name: string;
  /** Spelled as nothing but a variable is: the name may be shown. */
  readonly isPlain: boolean;
  /** 1-based line in the file. */
  readonly line: number;
}

/** A line that does not say what somebody meant by it. */
export interface OddLine {
  /** 1-based line in the file. */
  readonly line: number;
  /** Words that could be variables; to be shown only if one is looked for. */
  readonly words: readonly string[];
}

/** Each name is in one of the first two lists, once. */
export interface EnvFile {
  readonly assignments: readonly Assignment[];
  readonly computed: readonly Unread[];
  readonly odd: readonly OddLine[];
  /** The first line of a script that may set variables it does not name. */
  readonly code?: OddLine;
  /** What the file may make the master key of, where that is not certain. */
  readonly masterKeyTexts?: readonly Secret[];
}

/** A variable that a statement assigns; no value if it is computed. */
export interface Assigned extends Unread {
  readonly value: string | undefined;
  /** What the value is computed from, or itself. */
  readonly text?: string;
}

/** What a reader makes of one statement. */
export type Statement =
  | { readonly kind: "assigned" } & Assigned
  /** A name without a value, which takes back what was said before. */
  | { readonly kind: "bare"; readonly name: string }
  | { readonly kind: "odd" } & OddLine;

/**
 * Characters of the longest value that is read. No system that this runs on
 * takes a longer variable, and without a limit a file could fill the memory.
 */
const maxValueLength = 131_072;

// No system takes a name with "=", and control or bidirectional characters
// could disguise a warning: such names are not reported at all.
const usableName = /^[^\p{C}=]{1,200}$/u;

/** Whether a name is spelled as variables are, and as no key is. */
export function isPlainName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name) && !looksLikeKey(name);
}

/** The last word on each name; an impossible value counts as computed. */
export function lastOfEach(statements: Iterable<Statement>): EnvFile {
  const last = new Map<string, Assigned>();
  const odd: OddLine[] = [];
  for (const statement of statements) {
    if (statement.kind === "odd") {
      const { line, words } = statement;
      odd.push({ line, words });
    } else if (statement.kind === "bare") last.delete(statement.name);
    else if (usableName.test(statement.name)) {
      last.set(statement.name, statement);
    }
  }
  const assignments: Assignment[] = [];
  const computed: Unread[] = [];
  for (const { name, isPlain, line, value } of last.values()) {
    if (value === undefined || !isPossible(value)) {
      computed.push({ name, isPlain, line });
    } else assignments.push({ name, value, line });
  }
  return { assignments, computed, odd };
}

/**
 * The file with the texts of which the master key may be made: those that a
 * name is given, for `LITELLM_MASTER_KEY` and all that it is made of.
 */
export function withMasterKeyTexts(
  file: EnvFile,
  given: readonly (readonly [name: string, text: string])[],
): EnvFile {
  if (file.assignments.some(({ name }) => name === MASTER_KEY)) return file;
  const texts = Map.groupBy(given, ([name]) => name.toUpperCase());
  const found: string[] = [];
  const names = new Set([MASTER_KEY]);
  for (const name of names) {
    for (const [, text] of texts.get(name) ?? []) {
      found.push(text);
      const locals = text.matchAll(scriptVariable).map(([, one = ""]) => one);
      for (const one of [...namesIn(text), ...locals]) {
        names.add(one.toUpperCase());
      }
    }
  }
  if (found.length === 0) return file;
  const masterKeyTexts = found.map((text) => new Secret(text));
  return { ...file, masterKeyTexts };
}

/** Variables whose value the text may pass on, in any file's language. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(passedOn)].flatMap(([, name]) => name ?? []);
}

const passedOn =
  /(?:(?:[=,]|-value\s|master_key"?\s)\s*["(]*\$env:|\$\{(?:env:)?|os\.environ\/)(\w+)/gi;
/** A variable that only the script itself has. */
const scriptVariable =
  /\$(?:(?:script|global|local|private):)?(\w+)(?![\w:])/gi;

function isPossible(value: string): boolean {
  return value.length <= maxValueLength && !value.includes("\0");
}

/** What a letter after an escaping character means: `n` is a line end. */
export function unescaped(char: string): string {
  const at = "abfnrtv".indexOf(char);
  return at === -1 || char === "" ? char : "\x07\b\f\n\r\t\v".charAt(at);
}
