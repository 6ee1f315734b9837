/**
 * `lib/verify.ts`, timed; see `main.ts`.
 *
 * @module
 */

import { verify as real } from "../../lib/verify.ts";
import { timed } from "./marks.ts";

export * from "../../lib/verify.ts";

/** Timed. */
export function verify(...args: Parameters<typeof real>): void {
  timed("verify", () => real(...args));
}
