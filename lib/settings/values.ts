/**
 * What is wrong with single values: how models are called. Where an API may be is
 * up to `base_problem.ts`.
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
