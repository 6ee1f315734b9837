import fc from "fast-check";
import { assertEquals } from "./assert.ts";
import {
  misplacedKey,
  misplacement,
  searchHere,
  showsKey,
} from "./misplaced_keys.ts";

Deno.test("no key in the wrong place is shown or written anywhere", async () => {
  const law = fc.asyncProperty(misplacement, async (one) => {
    const folder = await Deno.makeTempDir({ prefix: "discover-" });
    try {
      const { found } = await searchHere(one, folder);
      assertEquals(found, undefined);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
  await fc.assert(law, { numRuns: 400 });
});

Deno.test("the search for a key finds a third of it, broken over two lines", () => {
  fc.assert(fc.property(misplacedKey, (key) => {
    const part = key.slice(-Math.ceil(key.length / 3));
    const broken = `a ${part.slice(0, 5)}\n  ${part.slice(5)} b`;
    return showsKey(broken, key) && !showsKey("sk-ant-api03-\u2026", key);
  }));
});
