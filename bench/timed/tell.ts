/**
 * `lib/tell.ts`, timed; see `main.ts`.
 *
 * @module
 */

import { tellReport as real } from "../../lib/tell.ts";
import { timedAsync } from "./marks.ts";

export * from "../../lib/tell.ts";

/** Timed. */
export function tellReport(
  ...args: Parameters<typeof real>
): Promise<number> {
  return timedAsync("report", () => real(...args));
}
