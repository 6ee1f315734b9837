/**
 * What a row says that a model costs, in US dollars per million tokens whatever
 * its own unit is. A number of another form reads as none: no price is guessed.
 *
 * @module
 */

import type { Price } from "./provider.ts";
import { field, type JsonObject } from "../text/fields.ts";

/** The price of which both halves are known. */
export function priceOf(
  input: number | undefined,
  output: number | undefined,
): Price | undefined {
  return input === undefined || output === undefined
    ? undefined
    : { input, output };
}

/** Decimals such as `0.000003` or `3e-6`; OpenRouter's `-1` means "it depends". */
const DOLLARS = /^(\d+(?:\.\d+)?)(?:e([+-]?\d{1,3}))?$/i;

/**
 * A field in US dollars per token, as a text or a number. The point is moved in
 * the text: `0.0000044 * 1e6` would be `4.3999999999999995`.
 */
export function dollarsPerToken(
  row: JsonObject,
  name: string,
): number | undefined {
  const value = field(row, name);
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return undefined;
  const [, digits, exponent = "0"] = DOLLARS.exec(text) ?? [];
  const dollars = Number(`${digits}e${Number(exponent) + 6}`);
  return Number.isFinite(dollars) ? dollars : undefined;
}

/** A field in US cents per 100 million tokens. */
export function centsPer100Million(
  row: JsonObject,
  name: string,
): number | undefined {
  const cents = amountIn(row, name);
  return cents === undefined ? undefined : cents / 10_000;
}

/** A field in US dollars per million tokens. */
export function dollarsPerMillion(
  row: JsonObject,
  name: string,
): number | undefined {
  return amountIn(row, name);
}

function amountIn(row: JsonObject, name: string): number | undefined {
  const value = field(row, name);
  const isPrice = typeof value === "number" && Number.isFinite(value) &&
    value >= 0;
  return isPrice ? value : undefined;
}
