/**
 * Values of a config as Python sees them, which LiteLLM is written in.
 *
 * @module
 */

import { isJsonObject } from "./fields.ts";

/** Whether Python takes it for true: `0`, `""`, `[]` and `{}` are not. */
export function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Date) return true;
  return isJsonObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** What a sentence calls it, with its article. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  if (isJsonObject(value)) return "a mapping";
  return typeof value === "string"
    ? "text"
    : typeof value === "number"
    ? "a number"
    : `"${value}"`;
}
