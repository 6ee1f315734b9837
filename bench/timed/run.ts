/**
 * `lib/commands/run.ts`, timed; see `bench/timing.ts`.
 *
 * @module
 */

import { run as real } from "../../lib/commands/run.ts";
import { tellMarks, timedAsync } from "./marks.ts";

/** Timed; tells at the end what was noted. */
export async function run(...args: Parameters<typeof real>): Promise<number> {
  const exitCode = await timedAsync("run", () => real(...args));
  tellMarks();
  return exitCode;
}
