/**
 * `lib/plan.ts`, timed; see `main.ts`.
 *
 * @module
 */

import { type Plan, planRefresh as real } from "../../lib/plan.ts";
import { timedAsync } from "./marks.ts";

export * from "../../lib/plan.ts";

/** Timed. */
export function planRefresh(
  ...args: Parameters<typeof real>
): Promise<Plan> {
  return timedAsync("render", () => real(...args));
}
