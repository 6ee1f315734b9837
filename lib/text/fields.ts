/**
 * Typed reads from JSON that a provider sent. Every value is untrusted: a
 * field of the wrong type reads as absent, never as an error.
 *
 * @module
 */

/** A JSON object whose fields are still unknown. */
export type Row = Readonly<Record<string, unknown>>;

/** The largest token limit that is believed; larger numbers read as absent. */
const MAX_TOKENS = 1_000_000_000;

/** Whether `value` is a JSON object (not null, not an array). */
export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The row's own field `name`; inherited names such as `constructor` are absent. */
export function field(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

/** The field as a row; an empty one where it is absent or something else. */
export function rowField(row: Row, name: string): Row {
  const value = field(row, name);
  return isRow(value) ? value : {};
}

/** The field as a list; empty where it is absent or something else. */
export function listField(row: Row, name: string): readonly unknown[] {
  const value = field(row, name);
  return Array.isArray(value) ? value : [];
}

/** The field as text that is not empty. */
export function textField(row: Row, name: string): string | undefined {
  const value = field(row, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The field as a plausible number of tokens. */
export function tokensField(row: Row, name: string): number | undefined {
  const value = field(row, name);
  return typeof value === "number" && Number.isInteger(value) && value > 0 &&
      value <= MAX_TOKENS
    ? value
    : undefined;
}

/** The field as a point in time in seconds since 1970. */
export function secondsField(row: Row, name: string): number | undefined {
  const value = field(row, name);
  return typeof value === "number" && Number.isFinite(value) && value > 0
    ? value
    : undefined;
}
