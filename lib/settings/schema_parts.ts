/**
 * What all parts of the schema of `discover.yaml` are made of.
 *
 * @module
 */

import * as v from "valibot";
import { isMapping } from "../block/plain_values.ts";

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

/** A text or a list of them. */
export function textOrList(
  state: string,
): v.GenericSchema<string | string[]> {
  const text = v.string(state);
  return v.union([text, v.array(text, state)], state);
}
