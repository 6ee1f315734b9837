/**
 * The ways in which a word of an answer may spell the key that was sent, or a
 * part of it: as it is, in other letters, in base64, in hex, percent-encoded.
 *
 * @module
 */

import type { Secret } from "../text/secret.ts";

/** As many characters in a row give a key away; of a shorter key all of them. */
const TELLING = 6;

/** Shorter ones are placeholders such as `abc`, and parts of plain words. */
const SHORTEST = 4;

/** As many give it away where it is spread over words. */
const SPREAD = 8;

/** Says whether a text shares a telling part with the key. */
export interface Spellings {
  /** For one word. */
  readonly share: (word: string) => boolean;
  /** For all words together, whatever is between the pieces of the key. */
  readonly spread: (text: string) => boolean;
}

/** The spellings of a key; without one no word shares anything. */
export function spellingsOf(key: Secret | undefined): Spellings {
  const value = key?.reveal() ?? "";
  if (value.length < SHORTEST) return { share: never, spread: never };
  const forms = [value, ...encodedForms(value)];
  const shares = sharing(
    forms.flatMap((form) => [folded(form), bare(form)]),
    Math.min(TELLING, value.length),
  );
  const letters = bare(value).length;
  // Of several words a placeholder's letters may come together by chance.
  const spreads = letters < TELLING
    ? never
    : sharing(forms.map(bare), Math.min(SPREAD, letters));
  return {
    share: (word) =>
      [word, decoded(word), decoded(decoded(word))].some((form) =>
        shares(folded(form)) || shares(bare(form))
      ),
    spread: (text) => {
      const plain = decoded(decoded(text)).replaceAll(ENTITY, "");
      return [text, plain].some((form) =>
        spreads(bare(form)) || spreads(bare(form.replaceAll(TAG, "")))
      );
    },
  };
}

/** Markup, and what is left of characters that it names. */
const TAG = /<[^<>]*>/g;
const ENTITY = /&[a-z]\w{1,30};/gi;

function never(): boolean {
  return false;
}

/** Whether a text has so many characters in a row that one of the forms has. */
function sharing(
  forms: readonly string[],
  length: number,
): (text: string) => boolean {
  const parts = new Set(forms.flatMap((form) => partsOf(form, length)));
  return (text) => partsOf(text, length).some((part) => parts.has(part));
}

/** What base64 makes of it depends on how many bytes are before it. */
function encodedForms(value: string): string[] {
  const bytes = [...new TextEncoder().encode(value)];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const base64 = [0, 1, 2].map((before) =>
    btoa(String.fromCharCode(...Array<number>(before).fill(0), ...bytes))
      .slice(before === 0 ? 0 : before + 1).replace(/.?=+$/, "")
  );
  return [hex, ...base64];
}

/** Letters that only look different are the same. */
function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** Letters and digits alone: a key is known without its hyphens, and with accents. */
function bare(text: string): string {
  return folded(text).normalize("NFKD").replaceAll(/[^a-z0-9]/g, "");
}

function partsOf(text: string, length: number): string[] {
  const count = Math.max(0, text.length - length + 1);
  return Array.from({ length: count }, (_, at) => text.slice(at, at + length));
}

/** With `%41` and `\u0041` as the characters that they mean. */
function decoded(word: string): string {
  return word.replaceAll(
    /%([0-9a-f]{2})|\\u([0-9a-f]{4})/gi,
    (_, percent?: string, unicode?: string) =>
      String.fromCharCode(parseInt(percent ?? unicode ?? "", 16)),
  );
}
