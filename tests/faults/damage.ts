/**
 * Random damage to the markers of a config with a block, and what must come of
 * each kind.
 *
 * @module
 */

import fc from "fast-check";
import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";

/** What the program must do: refuse it, take it, or either. */
export type DamageEnd = "refused" | "taken" | "either";

/** Each kind of change to the line of a marker. */
export const DAMAGE_ENDS = {
  cut: "refused",
  double: "refused",
  // Put right where nothing but ours is between the markers.
  indent: "either",
  blanks: "taken",
  tab: "refused",
  cr: "taken",
  word: "refused",
  flow: "refused",
  // The other marker is alone then, unless the text goes on to there.
  scalar: "either",
  // Back to the very place, or to another one that a pair may have.
  move: "either",
} as const satisfies Readonly<Record<string, DamageEnd>>;

/** One change to one of the two. */
export interface Damage {
  readonly kind: keyof typeof DAMAGE_ENDS;
  readonly which: "begin" | "end";
  readonly to: number;
}

export const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom(
    ...(["cut", "double", "indent", "blanks", "tab", "cr"] as const),
    ...(["word", "flow", "scalar", "move"] as const),
  ),
  which: fc.constantFrom("begin", "end"),
  to: fc.nat(200),
});

/** Does it to the block that begins on line `first` and ends before `behind`. */
export function applyDamage(
  lines: readonly string[],
  { kind, which, to }: Damage,
  { first, behind }: { readonly first: number; readonly behind: number },
): string[] {
  const at = which === "begin"
    ? lines.findIndex((line, n) => n >= first && line.trim() === BEGIN_MARKER)
    : lines.findLastIndex((line, n) =>
      n < behind && line.trim() === END_MARKER
    );
  const line = lines[at] ?? "";
  const put = (...instead: string[]): string[] =>
    lines.toSpliced(at, 1, ...instead);
  switch (kind) {
    case "cut":
      return put();
    case "double":
      return put(line, line);
    case "indent":
      return put(` ${line}`);
    case "blanks":
      return put(line.replace("\r", "") + "  \t");
    case "tab":
      return put(`\t${line.trimStart()}`);
    case "cr":
      return put(line.replace("\r", "") + "\r");
    case "word":
      return put(`${line.replace("\r", "")} x`);
    case "flow":
      return put("x: [", line, "]");
    case "scalar":
      return put("x: |", `  ${line.trim()}`);
    case "move": {
      const rest = put();
      return rest.toSpliced(to % (rest.length + 1), 0, line);
    }
    default:
      return kind satisfies never;
  }
}
