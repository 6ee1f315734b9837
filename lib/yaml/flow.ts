/**
 * Writes plain values as YAML on one line, in one way only: the same value gives
 * the same text, and PyYAML (YAML 1.1) reads it as YAML 1.2 does.
 *
 * @module
 */

import { isJsonObject } from "../text/fields.ts";
import { quote } from "./parse.ts";

/** The flow form of a value that consists of what JSON has. */
export function flowValue(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return flowNumber(value);
  if (Array.isArray(value)) return `[${value.map(flowValue).join(", ")}]`;
  if (isJsonObject(value)) return `{${flowPairs(value).join(", ")}}`;
  if (value === null || typeof value === "boolean") return String(value);
  throw new Error(`no plain value: ${typeof value}`);
}

/** A mapping has no order. */
function flowPairs(value: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(value).toSorted()
    .map((key) => `${quote(key)}: ${flowValue(value[key])}`);
}

/** To YAML 1.1 a number with an exponent is text, unless it has a point. */
function flowNumber(value: number): string {
  // `-0` would be a whole number without its sign.
  const text = String(value === 0 ? 0 : value);
  return text.includes(".") ? text : text.replace("e", ".0e");
}
