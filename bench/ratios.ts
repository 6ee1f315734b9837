/**
 * Which ratios do not hold, with a margin of two: other work on the machine
 * hits both sides of a ratio. Absolute times are never checked.
 *
 * @module
 */

import type { Results } from "./report.ts";
import { figuresOf } from "./targets.ts";

/** A line for every ratio beyond its limit; none where all hold. */
export function brokenRatios(results: Results): string[] {
  return figuresOf(results).flatMap(({ what, value, limit }) =>
    limit === undefined || value <= limit
      ? []
      : [`${what}: ${value.toFixed(2)}, at most ${limit}`]
  );
}
