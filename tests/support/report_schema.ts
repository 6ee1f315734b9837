/**
 * The schema of `--json`, and whether an object is valid under it.
 *
 * @module
 */

import { Ajv2020 } from "ajv/2020";
import { fromRepository } from "./repository.ts";

/** The published schema. */
export const SCHEMA: unknown = JSON.parse(
  Deno.readTextFileSync(fromRepository("docs/report.schema.json")),
);

/** What the schema says against it; nothing if it is valid. */
export function faultsOf(value: unknown): string {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  if (typeof SCHEMA !== "object" || SCHEMA === null) return "no schema";
  const validate = ajv.compile(SCHEMA);
  return validate(value) ? "" : ajv.errorsText(validate.errors);
}
