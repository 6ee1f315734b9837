/**
 * Keys in sections where users put them, although LiteLLM does not look there.
 *
 * @module
 */

import { field, type JsonObject, objectField } from "../text/fields.ts";
import { isTruthy } from "../text/python_values.ts";
import type { Path } from "../yaml/positions.ts";
import type { DoctorInput, Found } from "./input.ts";

/** A key where LiteLLM does not look. */
export interface Unread {
  readonly path: Path;
  readonly value: unknown;
  /** The place of another one that has to be where this one is to be. */
  readonly other: Path | undefined;
}

/**
 * One finding for each that has a value: at the top level, or in `sections`.
 * `readIn` are the sections where LiteLLM looks.
 */
export function unreadKeys(
  { config: { merged: { value: whole } } }: Pick<DoctorInput, "config">,
  key: string,
  { sections, readIn, code, hint }: {
    readonly sections: readonly string[];
    readonly readIn: readonly string[];
    readonly code: Found["code"];
    readonly hint: (unread: Unread) => string;
  },
): Found[] {
  const there = readIn.map((name) => [name, key])
    .find((path) => isTruthy(at(whole, path)));
  const unread = [[key], ...sections.map((name) => [name, key])]
    .filter((path) => isTruthy(at(whole, path)));
  return unread.map((path, index) => {
    const other = there ?? (index > 0 ? unread[0] : undefined);
    return {
      code,
      text: `LiteLLM does not read ${key} here`,
      hint: hint({ path, value: at(whole, path), other }),
      at: { path },
    };
  });
}

function at(whole: JsonObject, path: readonly string[]): unknown {
  const [first = "", second] = path;
  return second === undefined
    ? field(whole, first)
    : field(objectField(whole, first), second);
}
