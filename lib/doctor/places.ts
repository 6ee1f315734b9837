/**
 * From the place that a check names to the file and the line that a user reads.
 *
 * @module
 */

import type { Lines, Location } from "../config/lines.ts";
import type { Finding } from "../warning.ts";
import type { Found, Place } from "./input.ts";

/** The finding with its file and line. */
export function located(
  { code, text, hint, at }: Found,
  lines: Lines,
): Finding {
  return {
    code,
    text,
    ...(hint !== undefined && { hint }),
    ...locationOf(at, lines),
  };
}

/** Where a place is. */
function locationOf(at: Place, lines: Lines): Location {
  if (!("file" in at)) return lines.of(at.path);
  if ("path" in at) return lines.in(at.file, at.path);
  return { ...(at.file && { file: at.file.path }), line: at.line };
}
