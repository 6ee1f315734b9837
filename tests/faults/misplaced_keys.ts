/**
 * Keys in the shapes of all providers, put where none belongs: in files with
 * keys, at every place of `discover.yaml`, in flags and in variables. Nothing
 * that a run says or writes may hold a part of one.
 *
 * @module
 */

import fc from "fast-check";
import { misplacement, searchHere } from "../support/misplaced_keys.ts";
import { assert } from "../support/assert.ts";
import { type Round, tell } from "./stage.ts";

/** All cases of the round, each in a folder of its own. */
export async function misplacedKeys({ long, seed }: Round): Promise<void> {
  // The tests of the code try 400 others each time.
  const numRuns = long ? 30_000 : 200;
  const codes = new Map<number, number>();
  const law = fc.asyncProperty(misplacement, async (one) => {
    const folder = await Deno.makeTempDir({ prefix: "discover-" });
    try {
      const { code, found } = await searchHere(one, folder);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      assert(found === undefined, `${found}`);
      assert(code !== 70, "a fault of discover");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
  await fc.assert(law, { numRuns, seed: seed | 0 });
  const ends = [...codes].toSorted(([a], [b]) => a - b)
    .map(([code, times]) => `${code}: ${times}`).join(", ");
  tell(
    `  ${numRuns} keys in the wrong place, seed ${seed} (exit ${ends}); ` +
      "keys shown or written 0",
  );
}
