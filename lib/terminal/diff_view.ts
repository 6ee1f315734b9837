/**
 * A diff for the eyes: the bytes of `block/diff.ts` as coloured lines.
 *
 * @module
 */

import { type Line, span } from "./layout.ts";
import type { Tone } from "./style.ts";

/** The diff's lines; what could move the cursor is made harmless. */
export function diffLines(diff: Uint8Array): Line[] {
  const text = new TextDecoder().decode(diff);
  return text.split("\n").slice(0, -1).map((line) => [
    span(line.replace(/[\r\t]+$/, ""), toneOf(line)),
  ]);
}

function toneOf(line: string): Tone | undefined {
  if (line.startsWith("--- ") || line.startsWith("+++ ")) return "strong";
  if (line.startsWith("@@")) return "accent";
  if (line.startsWith("+")) return "good";
  if (line.startsWith("-")) return "bad";
  return undefined;
}
