/**
 * Keys in sections where users put them, although LiteLLM does not look there.
 *
 * @module
 */

import { field, type JsonObject, objectField } from "../text/fields.ts";
import { isTruthy } from "../text/python_values.ts";
import type { Found } from "./input.ts";

/** One finding for each that has a value: at the top level, or in `sections`. */
export function unreadKeys(
  whole: JsonObject,
  key: string,
  sections: readonly string[],
  as: Pick<Found, "code" | "hint">,
): Found[] {
  const inSections = sections
    .filter((name) => isTruthy(field(objectField(whole, name), key)))
    .map((name) => [name, key]);
  return [
    ...isTruthy(field(whole, key)) ? [[key]] : [],
    ...inSections,
  ].map((path) => ({
    ...as,
    text: `LiteLLM does not read ${key} here`,
    at: { path },
  }));
}
