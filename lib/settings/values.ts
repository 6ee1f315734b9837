/**
 * What is wrong with single values: how models are called, and where an API is.
 * Which hosts may be named is up to `base_url.ts`.
 *
 * @module
 */

import { MODEL_ID } from "../providers/provider.ts";
import { looksLikeKey } from "../text/key_look.ts";
import { expected } from "./errors.ts";

/** What is wrong, and what to do about it, as the one text that an issue has. */
export function withHint(state: string, hint: string): string {
  return `${state}\n${hint}`;
}

/** What the names of models and aliases may consist of, as a hint. */
export const NAME_CHARACTERS = "use letters, digits and . _ : / @ + -";

const PLACES: readonly string[] = ["{id}", "{name}", "{provider}"];

/** What `name` has to be, in words. */
export const TEMPLATE = 'a text such as "{provider}/{id}"';

/** What is wrong with a `name`, and what to do; nothing where it is one. */
export function templateProblem(template: string): string | undefined {
  const places: readonly string[] = template.match(/\{[^}]*\}/g) ?? [];
  const unknown = places.find((place) => !PLACES.includes(place));
  if (unknown !== undefined) {
    return withHint("unknown place in braces", expected(unknown, PLACES));
  }
  if (looksLikeKey(template)) {
    return withHint("it looks like a key", `write ${TEMPLATE}`);
  }
  if (!places.includes("{id}") && !places.includes("{name}")) {
    return withHint(
      "no {id} in it, so all models would have the same name",
      "write {id} where the model's id belongs",
    );
  }
  return MODEL_ID.test(template.replace(/\{\w+\}/g, "x"))
    ? undefined
    : withHint("a character that no name may have", NAME_CHARACTERS);
}

/** What is wrong with a `base_url`, and what to do; nothing where it is one. */
export function baseProblem(text: string): string | undefined {
  if (looksLikeKey(text)) {
    return withHint("a part of it looks like a key", KEY_IN_BASE);
  }
  const state = urlProblem(text);
  return state && withHint(state, "write it as http://HOST:PORT/PATH");
}

/** Why no part of a base that is written into the config may look like a key. */
export const KEY_IN_BASE =
  "the config would show it; key: in discover.yaml names the variable that holds one";

/** What keeps the text from being a base; nothing where it is one. */
export function urlProblem(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return "not an http(s) URL";
  return url.username || url.password || url.search || url.hash
    ? "more than a host and a path"
    : undefined;
}
