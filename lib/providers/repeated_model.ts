/**
 * What a model is when a list has its id more than once, with other facts in
 * each row: the same, whichever row comes first, on whichever page.
 *
 * @module
 */

import type { Model } from "./provider.ts";
import { modelOf } from "./common.ts";

/**
 * One model of two rows: what both allow. Too small a limit costs a little
 * room, too large a one a refused request; a date that is made up must not
 * make a model the newest; and no ability is promised that a row denies. Only
 * the name is taken on trust: a row that calls it plain knows it as a model.
 */
export function mergeRepeated(a: Model, b: Model): Model {
  return modelOf(a.id, {
    createdAt: lesser(a.createdAt, b.createdAt),
    maxInputTokens: lesser(a.maxInputTokens, b.maxInputTokens),
    maxOutputTokens: lesser(a.maxOutputTokens, b.maxOutputTokens),
    supportsVision: a.supportsVision && b.supportsVision,
    supportsFunctionCalling: a.supportsFunctionCalling &&
      b.supportsFunctionCalling,
    variant: a.variant && b.variant && lesser(a.variant, b.variant),
    endsOn: lesser(a.endsOn, b.endsOn),
    retired: a.retired || b.retired,
  });
}

/** The lesser of the two that are known. */
function lesser<T extends number | string>(
  a: T | undefined,
  b: T | undefined,
): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
