/**
 * What a provider says about its own error: the one sentence of the answer that
 * is meant for people, made fit to be shown. Whoever answers may send anything,
 * the key among it, so nothing of an answer is shown that has not been here.
 *
 * @module
 */

import { looksLikeKey } from "../text/key_look.ts";
import { sanitize } from "../text/sanitize.ts";
import type { Secret } from "../text/secret.ts";
import { isWebPage } from "./json_body.ts";
import { type Spellings, spellingsOf } from "./key_spellings.ts";

/** The longest sentence that is shown, in characters. */
export const MAX_SAID = 200;

/** Longer ones are cut before the work on their words begins. */
const MAX_READ = 2000;

/** For a part of the key that was sent. */
const MASK = "[key]";

/** For what may be anybody's key, or the number of a request. */
const HIDDEN = "[hidden]";

/** The sentence of an error's body; nothing where it has none. */
export function saidIn(
  body: string,
  key: Secret | undefined,
): string | undefined {
  const sentence = isWebPage(body) ? titleOf(body) : sentenceOf(body);
  if (!sentence) return undefined;
  return shownSentence(withoutEntities(sentence.slice(0, MAX_READ)), key);
}

/** The body as JSON; nothing where it is none. */
export function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function titleOf(page: string): string | undefined {
  const [, title = ""] = /<title\b[^>]{0,99}>([^<]*)/i.exec(page) ??
    /<h1\b[^>]{0,99}>([^<]*)/i.exec(page) ?? [];
  return title;
}

/** With the characters that a page's `&#120;` means; some APIs send them, too. */
function withoutEntities(text: string): string {
  let plain = text;
  for (let times = 0; times < MAX_ENCODED; times++) {
    plain = plain.replaceAll(ENTITY, characterOf);
  }
  return plain;
}

/** An `&amp;#120;` is an entity in an entity; no honest text goes deeper. */
const MAX_ENCODED = 3;

/** Browsers do without the semicolon after a number. */
const ENTITY =
  /&(?:(amp|lt|gt|quot|apos|nbsp);|#0*(\d{1,6});?|#x0*([0-9a-f]{1,5});?)/gi;

function characterOf(
  _: string,
  name?: string,
  decimal?: string,
  hex?: string,
): string {
  return name === undefined
    ? String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex ?? "", 16))
    : ENTITIES[name.toLowerCase()] ?? "";
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** A text that is no JSON is a sentence if it is as short as one. */
function sentenceOf(body: string): string | undefined {
  const value = jsonIn(body);
  if (value !== undefined) return sentenceIn(value, 0);
  const isText = body.length <= 2 * MAX_SAID && !/[\0\uFFFD<{[]/.test(body);
  return isText ? body : undefined;
}

/**
 * Where providers have it: `error` is an object with a `message` (OpenAI,
 * Anthropic, Gemini) or a text (xAI); others have `message` (Cohere, Mistral)
 * or `detail` (FastAPI, there with a list of `msg`) at the top, or `errors`.
 */
const FIELDS = [
  "message",
  "error",
  "detail",
  "errors",
  "msg",
  "error_description",
  "title",
] as const;

/** Errors lie in errors, but no deeper than this. */
const MAX_DEPTH = 5;

function sentenceIn(value: unknown, depth: number): string | undefined {
  if (typeof value === "string") return value.trim() || undefined;
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) {
    return undefined;
  }
  const values = Array.isArray(value)
    ? value.slice(0, MAX_DEPTH)
    : fieldsOf(value);
  for (const one of values) {
    const sentence = sentenceIn(one, depth + 1);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

/** An object in `error` says more than a text next to it. */
function fieldsOf(value: object): unknown[] {
  const found = new Map<string, unknown>(Object.entries(value));
  const all = FIELDS.map((name) => found.get(name));
  const inner = found.get("error");
  return typeof inner === "object" ? [inner, ...all] : all;
}

/** On one line, harmless, without keys, and no longer than a sentence. */
function shownSentence(
  sentence: string,
  key: Secret | undefined,
): string | undefined {
  const spellings = spellingsOf(key);
  const words = onOneLine(sentence).split(" ");
  const text = words.map((word) => masked(word, spellings)).join(" ")
    .replaceAll(/(\[(?:key|hidden)\])(?: \1)+/g, "$1");
  const rest = text.replaceAll(/\[(?:key|hidden)\]/g, "");
  // A key in pieces, with blanks or anything else between them.
  if (rest.trim() === "" || spellings.spread(rest)) return undefined;
  return cut(text);
}

/** Letters have two marks at most: a pile of them runs into other lines. */
function onOneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return sanitize(line).replaceAll(/(\p{M}{2})\p{M}+/gu, "$1");
}

/** Of an address that has something like a key in it the host is left. */
function masked(word: string, spellings: Spellings): string {
  if (!isTelling(word, spellings)) return word;
  const isOfKey = SHORTENED.test(word) || spellings.share(word);
  const mask = isOfKey ? MASK : HIDDEN;
  const [origin] = /^https?:\/\/[a-z0-9.-]+\//.exec(word) ?? [];
  return origin && !isTelling(origin, spellings) ? origin + mask : mask;
}

/** Asterisks or dots inside a word: a key that the provider itself shortened. */
const SHORTENED = /\*{3}|[^\s*]\*\*|\S(?:\.{3}|\u2026)[\w-]/;

function isTelling(word: string, spellings: Spellings): boolean {
  return SHORTENED.test(word) || looksLikeKey(word) || spellings.share(word);
}

/** Cut at a blank, so that the dots continue no word. */
function cut(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_SAID) return text;
  const dots = " ...";
  const head = characters.slice(0, MAX_SAID - dots.length).join("");
  const end = characters[MAX_SAID - dots.length] === " "
    ? head.length
    : head.lastIndexOf(" ");
  return (end > 0 ? head.slice(0, end) : head) + dots;
}
