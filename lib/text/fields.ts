/**
 * Typed reads from JSON that a provider sent. Every value is untrusted: a
 * field of the wrong type reads as absent, never as an error.
 *
 * @module
 */

/** A JSON object whose fields are still unknown. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The largest token limit that is believed; larger numbers read as absent. */
const MAX_TOKENS = 1_000_000_000;

/** Whether `value` is a JSON object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The row's own field `name`; inherited names such as `constructor` are absent. */
export function field(row: JsonObject, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

/** The field as a row; an empty one where it is absent or something else. */
export function objectField(row: JsonObject, name: string): JsonObject {
  const value = field(row, name);
  return isJsonObject(value) ? value : {};
}

/** The field as a list; empty where it is absent or something else. */
export function listField(row: JsonObject, name: string): readonly unknown[] {
  const value = field(row, name);
  return Array.isArray(value) ? value : [];
}

/** The field as text that is not empty. */
export function textField(row: JsonObject, name: string): string | undefined {
  const value = field(row, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * The field as a day, of a time such as `2026-08-31T12:00:00Z`, too. Days before
 * there were such models, and OpenRouter's 2098-12-31 for "never", are none.
 */
export function dayField(row: JsonObject, name: string): string | undefined {
  const text = textField(row, name) ?? "";
  const [day] = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(text) ?? [];
  return day && isDay(day) && day > "2000" && day < "2090" ? day : undefined;
}

/** Whether a text in the form `YYYY-MM-DD` is a day of the calendar. */
export function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The field as a plausible number of tokens. */
export function tokensField(row: JsonObject, name: string): number | undefined {
  const value = field(row, name);
  return typeof value === "number" && Number.isInteger(value) && value > 0 &&
      value <= MAX_TOKENS
    ? value
    : undefined;
}

/** The field as a point in time in seconds since 1970. */
export function secondsField(
  row: JsonObject,
  name: string,
): number | undefined {
  const value = field(row, name);
  return typeof value === "number" && Number.isFinite(value) && value > 0
    ? value
    : undefined;
}
