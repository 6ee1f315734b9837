/**
 * `lib/commands/refresh.ts`, timed: what was loaded for it while the requests
 * went out; see `bench/timing.ts`.
 *
 * @module
 */

import { refresh as real } from "../../lib/commands/refresh.ts";
import { noteSince } from "./marks.ts";

export * from "../../lib/commands/refresh.ts";

/** Notes the end of the loading. */
export function refresh(
  ...args: Parameters<typeof real>
): ReturnType<typeof real> {
  noteSince("out", "modules");
  return real(...args);
}
