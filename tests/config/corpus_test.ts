import { assert, assertEquals } from "../support/assert.ts";
import { findRegion } from "../../lib/block/splice.ts";
import { corpusPaths } from "../support/corpus.ts";
import { runHere } from "../support/in_process.ts";
import { startProviders } from "../support/stand_in_providers.ts";

/** Configs that are refused, and rightly: no config of LiteLLM, several documents. */
const REFUSED: readonly string[] = [
  "115-JockDaRock-ai-local-setup.yaml",
  "116-LyleClassen-HomeLabConfigs.yaml",
];

/** The bytes in front of the block and after it; all of it without one. */
function outside(bytes: Uint8Array): { before: string; after: string } {
  const { start, end } = findRegion(bytes);
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return { before: text.slice(0, start), after: text.slice(end) };
}

/** The one thing that may go: the empty brackets that a block stands in for. */
function withoutBrackets(bytes: Uint8Array): Uint8Array {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const bare = text.replace(/^model_list:\s+\[\s*\]/m, "model_list:");
  return Uint8Array.from(bare, (character) => character.charCodeAt(0));
}

/** Nothing may be changed; a key and a final line end may be added. */
function assertUntouched(original: Uint8Array, refreshed: Uint8Array): void {
  const was = outside(original);
  const is = outside(refreshed);
  assertEquals(is.after, was.after);
  const added = is.before.slice(was.before.length);
  assertEquals(is.before, was.before + added);
  assert(
    /^(\r\n?|\n)?( *model_list:(\r\n?|\n))?$/.test(added),
    "more was added",
  );
}

/** Without the splicer's help: one piece was put in, and that is all. */
function assertOneInsertion(original: Uint8Array, refreshed: Uint8Array): void {
  let front = 0;
  while (front < original.length && original[front] === refreshed[front]) {
    front++;
  }
  const back = original.length - front;
  const tail = back === 0 ? [] : refreshed.subarray(-back);
  assertEquals([...tail], [...original.subarray(front)]);
}

Deno.test("every config keeps its bytes, settles, and gives itself back", async (t) => {
  await using providers = await startProviders();
  const folder = await Deno.makeTempDir({ prefix: "discover-corpus-" });
  try {
    for (const source of await corpusPaths()) {
      const name = source.slice(source.lastIndexOf("/") + 1);
      await t.step(name, async () => {
        const path = `${folder}/${name}`;
        const original = await Deno.readFile(source);
        await Deno.writeFile(path, original);
        const { code } = await runHere(["--config", path], providers.env);
        if (REFUSED.includes(name)) {
          assertEquals(code, 3);
          assertEquals(await Deno.readFile(path), original);
          return;
        }
        assertEquals(code, 0);
        const refreshed = await Deno.readFile(path);
        const listed = withoutBrackets(original);
        assertUntouched(listed, refreshed);
        assertEquals(await Deno.readFile(`${path}.bak`), original);

        const { mtime } = await Deno.stat(path);
        assertEquals(
          (await runHere(["--config", path], providers.env)).code,
          0,
        );
        assertEquals((await Deno.stat(path)).mtime, mtime);

        const removing = ["--config", path, "--remove"];
        assertEquals((await runHere(removing, providers.env)).code, 0);
        const bare = await Deno.readFile(path);
        if (findRegion(original).kind === "new") {
          assertOneInsertion(listed, refreshed);
          assertEquals(bare, original);
          return;
        }
        await Deno.writeFile(path, original);
        assertEquals((await runHere(removing, providers.env)).code, 0);
        assertEquals(await Deno.readFile(path), bare);
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
