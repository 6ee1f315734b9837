/**
 * Adding to a log, through the store, on real files.
 *
 * @module
 */
import { assert, assertEquals } from "../support/assert.ts";
import { isLogLine } from "../../lib/report/json.ts";
import { createStore } from "../../lib/files/store.ts";
import { insideWine } from "../support/inside_wine.ts";
import { behindLock, inFolder } from "../support/folder.ts";

const isWindows = Deno.build.os === "windows";
const ours = (n: number | string, fill = ""): string =>
  JSON.stringify({
    time: "2026-11-27T00:00:00.000Z",
    schemaVersion: 1,
    version: "1.0.0",
    exitCode: n,
    fill,
  });

/** Why the line could not be added; undefined when it was. */
async function fault(path: string, line = ours(9)): Promise<unknown> {
  return (await createStore().append(path, `${line}\n`, isLogLine))?.message;
}

Deno.test("append() makes a file and adds to one that is empty or ours", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/log`;
    assertEquals(await fault(path, ours(1)), undefined);
    assertEquals(await fault(path, ours(2)), undefined);
    await Deno.writeTextFile(`${folder}/empty`, "");
    assertEquals(await fault(`${folder}/empty`, ours(1)), undefined);
    assertEquals(await Deno.readTextFile(path), `${ours(1)}\n${ours(2)}\n`);
    assertEquals(await Deno.readTextFile(`${folder}/empty`), `${ours(1)}\n`);
  });
});

Deno.test("append() leaves a file alone that ends with a line of somebody else", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/file`;
    const texts = [
      "OPENAI_API_KEY=x\n",
      "OPENAI_API_KEY=x",
      "\n",
      "{}\n",
      "[1]\n",
      "null\n",
      '{"schemaVersion":1}\n',
      `${ours(1)}\nA=1\n`,
      `${ours(1)}\nA=1`,
      `${ours(1)}\n\n`,
      `x${ours(1)}\n`,
      "x".repeat(300_000),
      `A=1\n{"time":"2026`,
    ];
    for (const text of texts) {
      await Deno.writeTextFile(path, text);
      const message = await fault(path);
      assertEquals(message, "its last line was not written by discover", text);
      assertEquals(await Deno.readTextFile(path), text);
    }
  });
});

Deno.test("append() takes a line that an editor has left another end, or that was cut off", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/log`;
    const cases = [
      [`${ours(1)}\r\n`, ""],
      [ours(1), "\n"],
      [`A=1\n${ours(1)}\n`, ""],
      [`${ours(1)}\n${ours(2).slice(0, 40)}`, "\n"],
    ];
    for (const [text, lead] of cases) {
      await Deno.writeTextFile(path, `${text}`);
      assertEquals(await fault(path, ours(3)), undefined, text);
      assertEquals(await Deno.readTextFile(path), `${text}${lead}${ours(3)}\n`);
    }
  });
});

Deno.test("append() reads only the end of a large log", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/log`;
    // A hole of 20 GB: to read it all would take minutes, or all memory.
    await Deno.writeTextFile(path, "");
    await Deno.truncate(path, isWindows ? 1e6 : 2e10);
    await Deno.writeTextFile(path, `\n${ours(1)}\n`, { append: true });
    assertEquals(await fault(path), undefined);
  });
});

Deno.test("append() says what a path is that is no file", async () => {
  await inFolder(async (folder) => {
    assertEquals(await fault(folder), "a folder, not a file");
    assertEquals(
      await fault(`${folder}/none/log`),
      "its folder does not exist",
    );
    if (isWindows) return;
    await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
    assertEquals(await fault(`${folder}/pipe`), "not a regular file");
    await Deno.symlink("nowhere", `${folder}/link`);
    const state = "a symbolic link to a file that does not exist";
    assertEquals(await fault(`${folder}/link`), state);
  });
});

Deno.test({
  name: "append() of many at once leaves every line whole",
  // Wine looks for the end of the file first and writes there afterwards: of
  // two programs at once, one can overwrite the other's line.
  ignore: insideWine,
  fn: () =>
    inFolder(async (folder) => {
      const path = `${folder}/log`;
      const store = createStore();
      // Each longer than a page, so that it may be seen in pieces. Every one waits
      // in a thread for the lock, of which Deno has a few dozen.
      const lines = Array.from(
        { length: 12 },
        (_, n) => ours(n, "x".repeat(9e3)),
      );
      const faults = await Promise.all(
        lines.map((line) => store.append(path, `${line}\n`, isLogLine)),
      );
      assertEquals(faults.filter((one) => one !== undefined), []);
      const text = await Deno.readTextFile(path);
      assert(text.endsWith("\n"));
      assertEquals(text.trimEnd().split("\n").sort(), lines.sort());
    }),
});

Deno.test({
  name: "append() comes to an end behind a lock that is never given up",
  ignore: isWindows,
  fn: () =>
    inFolder(async (folder) => {
      const path = `${folder}/log`;
      await fault(path, ours(1));
      await behindLock(path, async () =>
        assertEquals(await fault(path), undefined));
      assertEquals(await Deno.readTextFile(path), `${ours(1)}\n${ours(9)}\n`);
    }),
});
