import { createStore } from "../../lib/files/store.ts";
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { runHere } from "../support/in_process.ts";
import { answered, MINE, planOf, textOf } from "../support/parts.ts";

/** A folder with a config that has been refreshed, and its backup. */
async function withRefreshed(
  body: (path: string, refreshed: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/config.yaml`;
    const { bytes } = await planOf(MINE, [answered("xai", "grok-4.5")]);
    await Deno.writeFile(path, bytes);
    await Deno.writeTextFile(`${path}.bak`, MINE);
    await body(path, textOf(bytes));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Undoes while another program writes `text` into the config, text by text. */
function undoWhile(
  path: string,
  texts: readonly string[],
): ReturnType<typeof runHere> {
  const left = [...texts];
  const store = createStore({
    onStep: async (step) => {
      const text = step === "checked" ? left.shift() : undefined;
      if (text !== undefined) await Deno.writeTextFile(path, text);
    },
  });
  return runHere(["--config", path, "--undo"], {}, { store });
}

Deno.test("undo() looks again at a config that changes meanwhile", async () => {
  await withRefreshed(async (path, refreshed) => {
    const theirs = refreshed + "# theirs\n";
    const { code, stderr } = await undoWhile(path, [theirs]);
    assertEquals(code, 3, stderr);
    assertStringIncludes(stderr, "changed since the last run");
    assertEquals(await Deno.readTextFile(path), theirs);
    assertEquals(await Deno.readTextFile(`${path}.bak`), MINE);
  });
});

Deno.test("undo() has nothing to do where somebody puts the backup back first", async () => {
  await withRefreshed(async (path) => {
    const { code, stderr } = await undoWhile(path, [MINE]);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "Nothing to undo");
    assertEquals(await Deno.readTextFile(path), MINE);
  });
});
