/**
 * Scalars of the config that LiteLLM does not read as text, whatever the parser
 * here makes of them.
 *
 * @module
 */

import type { IncludedFile } from "../config/includes.ts";
import { ConfigError } from "../errors.ts";
import { isJsonObject } from "../text/fields.ts";
import { kindOf } from "../text/python_values.ts";
import type { Path, Positions } from "../yaml/positions.ts";
import type { DoctorInput } from "./input.ts";

type Written = Pick<DoctorInput, "config" | "lines">;

/** In one file; none in a file that a run refuses to edit for its form. */
export function oddScalars(
  { lines }: Pick<DoctorInput, "lines">,
  file: IncludedFile | undefined,
): ReturnType<Positions["oddScalars"]> {
  try {
    return lines.positionsIn(file).oddScalars();
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

/** What a kind of scalar is called, with its article. */
export const KIND_NAMES = {
  empty: "empty",
  boolean: "a true/false value",
  number: "a number",
  date: "a date",
} as const;

/** What a value is where it is no text, and whether quotes make text of it. */
export interface NoText {
  readonly kind: string;
  readonly isScalar: boolean;
}

/** Tells of the values of a config; nothing for text, and for what is not known. */
export function noTextIn(
  input: Written,
): (path: Path, value: unknown) => NoText | undefined {
  const kinds = new Map<IncludedFile | undefined, Map<string, string>>();
  const kindsIn = (file: IncludedFile | undefined): Map<string, string> => {
    const known = kinds.get(file) ?? valueKinds(input, file);
    kinds.set(file, known);
    return known;
  };
  return (path, value) => {
    const isCollection = Array.isArray(value) ||
      isJsonObject(value) && !(value instanceof Date);
    if (isCollection || (value ?? null) === null) {
      return { kind: kindOf(value), isScalar: false };
    }
    const place = input.config.merged.placeOf(path);
    const kind = kindsIn(place.file).get(JSON.stringify(place.path));
    return kind === undefined ? undefined : { kind, isScalar: true };
  };
}

function valueKinds(
  input: Written,
  file: IncludedFile | undefined,
): Map<string, string> {
  return new Map(
    oddScalars(input, file).flatMap(({ path, kind, isKey }) =>
      // Another check tells of signs.
      isKey || kind === "sign" ? [] : [[JSON.stringify(path), KIND_NAMES[kind]]]
    ),
  );
}
