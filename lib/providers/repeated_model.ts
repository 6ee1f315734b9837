/**
 * One model from several rows with its id, on any page and with different facts:
 * the result does not depend on their order.
 *
 * @module
 */

import type { Model, Price } from "./provider.ts";
import { type Facts, modelOf } from "./common.ts";

/**
 * One model from two rows: what both allow. Too small a limit wastes some context,
 * too large a one causes a refused request; a made-up date must not make a model
 * the newest, nor too low a price one that is wanted; and no ability is promised
 * that a row denies. Only the name is trusted: if one row lists it as a plain
 * model, it is one.
 */
export function mergeRepeated(a: Model, b: Model): Model {
  return modelOf(a.id, {
    createdAt: lesser(a.createdAt, b.createdAt),
    maxInputTokens: lesser(a.maxInputTokens, b.maxInputTokens),
    maxOutputTokens: lesser(a.maxOutputTokens, b.maxOutputTokens),
    supportsVision: a.supportsVision && b.supportsVision,
    supportsFunctionCalling: a.supportsFunctionCalling &&
      b.supportsFunctionCalling,
    mode: a.mode ?? b.mode,
    price: dearer(a.price, b.price),
    variant: a.variant && b.variant && lesser(a.variant, b.variant),
    ...firstEnd(a, b),
    retired: a.retired || b.retired,
  });
}

/** The earlier last day, and what follows then. */
function firstEnd(a: Model, b: Model): Facts {
  const endsOn = lesser(a.endsOn, b.endsOn);
  const [one, other] = [a, b].filter((model) => model.endsOn === endsOn);
  return { endsOn, successor: lesser(one?.successor, other?.successor) };
}

/** The higher of the prices that are known, each half by itself. */
function dearer(a: Price | undefined, b: Price | undefined): Price | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    input: Math.max(a.input, b.input),
    output: Math.max(a.output, b.output),
  };
}

/** The lesser of the two that are known. */
function lesser<T extends number | string>(
  a: T | undefined,
  b: T | undefined,
): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
