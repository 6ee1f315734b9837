/**
 * What all parts of the schema of `discover.yaml` are made of.
 *
 * @module
 */

import * as v from "valibot";
import { isMapping, isReserved } from "../block/plain_values.ts";
import { expected } from "./errors.ts";
import { withHint } from "./values.ts";

type Setting<S extends v.GenericSchema> = v.OptionalSchema<
  v.SchemaWithPipe<
    readonly [S, v.DescriptionAction<v.InferOutput<S>, string>]
  >,
  undefined
>;

/** What may be left out, with the words that an editor shows for it. */
export function setting<const S extends v.GenericSchema>(
  schema: S,
  description: string,
): Setting<S> {
  return v.optional(v.pipe(schema, v.description(description)));
}

/** To valibot a list is an object as well, and so is a date. */
export function mapping(
  state: string,
): v.GenericSchema<Record<string, unknown>> {
  return v.custom<Record<string, unknown>>(isMapping, state);
}

/** The same with names of the user's own. valibot passes over some of them. */
export function named(
  state: string,
): v.GenericSchema<Record<string, unknown>> {
  return v.pipe(
    mapping(state),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const key = Object.keys(dataset.value).find(isReserved);
      if (key === undefined) return;
      addIssue({
        message: "not a name that can be used",
        path: [{
          type: "object",
          origin: "value",
          input: dataset.value,
          key,
          value: dataset.value[key],
        }],
      });
    }),
  );
}

/** A text or a list of them. */
export function textOrList(
  state: string,
): v.GenericSchema<string | string[]> {
  const text = v.string(state);
  return v.union([text, v.array(text, state)], state);
}

const COUNT = "expected a whole number, 1 or more";

/** A whole number of at least one. */
export const count = v.pipe(
  v.number(COUNT),
  v.integer(COUNT),
  v.minValue(1, COUNT),
);

/** A mapping of no other keys than these. */
export function strict<const E extends v.ObjectEntries>(
  entries: E,
  state: string,
): v.GenericSchema<unknown, v.InferOutput<v.StrictObjectSchema<E, undefined>>> {
  return v.pipe(
    mapping(state),
    v.strictObject(entries, unknownKey(Object.keys(entries))),
  );
}

/** The message about an unknown key, which is the last one of the path. */
function unknownKey(
  known: readonly string[],
): (issue: v.StrictObjectIssue) => string {
  return ({ path }) =>
    withHint("unknown key", expected(String(path?.at(-1)?.key), known));
}
