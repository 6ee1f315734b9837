/**
 * `lib/fetch_models.ts`, timed; see `main.ts`.
 *
 * @module
 */

import { fetchModels as real } from "../../lib/fetch_models.ts";
import type { Outcome } from "../../lib/outcome.ts";
import { timedAsync } from "./marks.ts";

export * from "../../lib/fetch_models.ts";

/** Timed. */
export function fetchModels(
  ...args: Parameters<typeof real>
): Promise<Outcome[]> {
  return timedAsync("fetch", () => real(...args));
}
