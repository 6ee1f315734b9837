/**
 * Whether a text could be somebody's key. Messages quote what was typed or read
 * from a settings file only through here, since a key may have been put in the
 * wrong place.
 *
 * @module
 */

/**
 * How providers' keys begin (OpenAI and the like, xAI, Google, Groq, Cerebras,
 * Fireworks, Together). Six more characters make a key of it, a digit or a
 * capital among them, or twelve letters: `sk-server` is a name.
 */
const PREFIXED =
  /(?<![A-Za-z0-9])(?:AIza\w|(?:sk-|gsk_|csk-|xai-|fw_|tgp_|AQ\.)(?:(?=[\w-]*[A-Z0-9])[\w-]{6}|[a-z]{12}))/;

/** Begins like a path, or ends like the name of a file. */
const PATH = /^(?:[A-Za-z]:[\\/]|[.~]{1,2}[\\/]|\\\\|[\\/][A-Za-z][a-z]+[\\/])/;
const FILE_NAME = /^[^:@?=&]*\.[A-Za-z]\w{0,7}$/;

/** A piece of an ordinary word: letters only, or a number. */
const PLAIN = /^(?:[A-Za-z]?[a-z]{0,23}|[A-Z]{1,24}|[0-9]{1,8})$/;

/** Characters in other pieces, such as `4o`, that a name may have. */
const MAX_MIXED = 16;

const HIDDEN = "[looks like a key]";

/**
 * Whether the text could hold a key: a word of it begins as providers' keys do,
 * or has more than 16 characters in pieces that mix letters, capitals and
 * digits, as nothing but keys and paths do.
 */
export function looksLikeKey(text: string): boolean {
  return text.split(/\s+/).some((word) =>
    PREFIXED.test(word) ||
    !PATH.test(word) && !FILE_NAME.test(word) && mixedIn(word) > MAX_MIXED
  );
}

/** The text, unless it could hold a key, or came out of one that could. */
export function shown(text: string, source: string = text): string {
  return looksLikeKey(source) ? HIDDEN : text;
}

/** The same in quotes. */
export function quoted(text: string, source: string = text): string {
  return `"${shown(text, source)}"`;
}

/** The first three in quotes, and how many more there are. */
export function quotedFew(names: readonly string[]): string {
  const first = names.slice(0, 3).map((name) => quoted(name)).join(", ");
  return names.length > 3 ? `${first} and ${names.length - 3} more` : first;
}

function mixedIn(word: string): number {
  // Keys are ASCII: letters of other scripts only stand between words.
  return word.split(/[^A-Za-z0-9]+/)
    .filter((piece) => !PLAIN.test(piece))
    .reduce((sum, { length }) => sum + length, 0);
}
