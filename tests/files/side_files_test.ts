/**
 * The files next to the config, through the store, on real files.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "../support/assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import { createStore } from "../../lib/files/store.ts";
import { inFolder } from "../support/folder.ts";

const isWindows = Deno.build.os === "windows";
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function names(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map((entry) => entry.name).sort();
}

async function refusal(work: () => Promise<unknown>): Promise<string> {
  return (await assertRejects(work, ConfigError)).message;
}

Deno.test("readOptional() gives the bytes up to the limit", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/.env`;
    await Deno.writeTextFile(path, "A=1\n");
    assertEquals(await createStore().readOptional(path, 4), encode("A=1\n"));
    assertEquals(
      await refusal(() => createStore().readOptional(path, 3)),
      `cannot read ${JSON.stringify(path)}: larger than 3 bytes`,
    );
  });
});

Deno.test("readOptional() gives nothing for what is not there", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/.env`);
    await Deno.writeTextFile(`${folder}/file`, "");
    const store = createStore();
    for (const name of ["none", "none/deeper", "file/below", ".env"]) {
      const bytes = await store.readOptional(`${folder}/${name}`, 10);
      assertEquals(bytes, undefined, name);
    }
  });
});

Deno.test({
  name: "readOptional() refuses a device and a pipe without opening it",
  ignore: isWindows,
  fn: () =>
    inFolder(async (folder) => {
      const fifo = `${folder}/.env`;
      await new Deno.Command("mkfifo", { args: [fifo] }).output();
      for (const path of [fifo, "/dev/null"]) {
        assertEquals(
          await refusal(() => createStore().readOptional(path, 10)),
          `cannot read "${path}": not a regular file`,
        );
      }
    }),
});

Deno.test("readOptional() explains a name that no file can have", async () => {
  const message = await refusal(() => createStore().readOptional("a\0b", 10));
  assertEquals(message, 'cannot read "a\\u0000b": the system reports EINVAL');
});

Deno.test({
  name: "readOptional() reads again when the file did not hold still",
  // Its size is 0 in every stat, so that it always seems to grow.
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (folder) => {
      const path = `${folder}/.env`;
      await Deno.symlink("/proc/self/status", path);
      const store = createStore({
        wait: async () => {
          await Deno.remove(path);
          await Deno.writeTextFile(path, "done");
        },
      });
      assertEquals(await store.readOptional(path, 10), encode("done"));
    }),
});

Deno.test("writeOutput() creates, replaces, and leaves the same bytes", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/out.yaml`;
    const store = createStore();
    assertEquals(await store.writeOutput(path, encode("one")), "written");
    assertEquals(await store.writeOutput(path, encode("two")), "written");
    const { ino, mtime } = await Deno.stat(path);
    assertEquals(await store.writeOutput(path, encode("two")), "unchanged");
    const after = await Deno.stat(path);
    assertEquals([after.ino, after.mtime], [ino, mtime]);
    assertEquals(await Deno.readTextFile(path), "two");
    assertEquals(await names(folder), ["out.yaml"]);
  });
});

Deno.test({
  name: "writeOutput() is as readable as its source, and writable",
  ignore: isWindows,
  fn: () =>
    inFolder(async (folder) => {
      const store = createStore();
      const cases = [[0o600, 0o600], [0o640, 0o640], [0o444, 0o644]] as const;
      for (const [sourceMode, outputMode] of cases) {
        const source = `${folder}/${sourceMode}.yaml`;
        const output = `${folder}/${sourceMode}.out`;
        await Deno.writeTextFile(source, "x");
        await Deno.chmod(source, sourceMode);
        await store.writeOutput(output, encode("y"), await store.read(source));
        const mode = async (): Promise<number> =>
          ((await Deno.stat(output)).mode ?? 0) & 0o7777;
        assertEquals(await mode(), outputMode);
      }
      await store.writeOutput(`${folder}/alone`, encode("y"));
      const { mode } = await Deno.stat(`${folder}/alone`);
      assertEquals((mode ?? 0) & 0o7777, 0o600);
    }),
});

Deno.test({
  name: "writeOutput() by root leaves a new file to the owner of its source",
  ignore: isWindows || Deno.uid() !== 0,
  fn: () =>
    inFolder(async (folder) => {
      const store = createStore();
      const source = `${folder}/config.yaml`;
      await Deno.writeTextFile(source, "x");
      await Deno.chown(source, 1234, 2345);
      await Deno.writeTextFile(`${folder}/old`, "old");
      const owners = { new: [1234, 2345], old: [0, 0] };
      for (const [name, owner] of Object.entries(owners)) {
        const path = `${folder}/${name}`;
        await store.writeOutput(path, encode("y"), await store.read(source));
        const { uid, gid } = await Deno.stat(path);
        assertEquals([uid, gid], owner);
      }
    }),
});

Deno.test({
  name: "writeOutput() lets nobody read who may not read both old and source",
  ignore: isWindows,
  fn: () =>
    inFolder(async (folder) => {
      const store = createStore();
      const cases = [
        [0o600, 0o644, 0o600],
        [0o644, 0o600, 0o600],
        [0o640, 0o664, 0o640],
        [0o644, 0o640, 0o640],
        [0o444, 0o664, 0o644],
      ] as const;
      const output = `${folder}/out`;
      const source = `${folder}/config.yaml`;
      for (const [sourceMode, oldMode, mode] of cases) {
        await Deno.writeTextFile(source, "x");
        await Deno.writeTextFile(output, "old");
        await Deno.chmod(source, sourceMode);
        await Deno.chmod(output, oldMode);
        await store.writeOutput(output, encode("y"), await store.read(source));
        const now = (await Deno.stat(output)).mode ?? 0;
        assertEquals((now & 0o7777).toString(8), mode.toString(8));
        await Deno.chmod(source, 0o600);
      }
    }),
});

Deno.test("writeOutput() says why it cannot write, and leaves nothing", async () => {
  await inFolder(async (folder) => {
    const store = createStore();
    const state = async (name: string): Promise<string> => {
      const path = `${folder}/${name}`;
      const message = await refusal(() => store.writeOutput(path, encode("x")));
      const start = `cannot write ${JSON.stringify(path)}: `;
      assert(message.startsWith(start), message);
      return message.slice(start.length);
    };
    await Deno.mkdir(`${folder}/sub`);
    await Deno.writeTextFile(`${folder}/fixed`, "");
    await Deno.chmod(`${folder}/fixed`, 0o444);
    assertEquals(await state("none/out"), "its folder does not exist");
    assertEquals(await state("sub"), "a folder, not a file");
    assertEquals(await state("fixed"), "read-only");
    await Deno.chmod(`${folder}/fixed`, 0o644);
    if (isWindows) return;
    await Deno.symlink("nowhere", `${folder}/dangling`);
    assertEquals(
      await state("dangling"),
      "a symbolic link to a file that does not exist",
    );
    assertEquals(await names(folder), ["dangling", "fixed", "sub"]);
  });
});

Deno.test("writeOutput() takes its temporary away when the rename fails", async () => {
  await inFolder(async (folder) => {
    const store = createStore({
      rename: () => {
        throw Object.assign(new Error("full"), { code: "ENOSPC" });
      },
    });
    await refusal(() => store.writeOutput(`${folder}/out`, encode("x")));
    assertEquals(await names(folder), []);
  });
});

Deno.test({
  name: "writeOutput() writes through a symbolic link",
  ignore: isWindows,
  fn: () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/real`, "old");
      await Deno.symlink("real", `${folder}/link`);
      await createStore().writeOutput(`${folder}/link`, encode("new"));
      assertEquals(await Deno.readTextFile(`${folder}/real`), "new");
      assertEquals(await Deno.readLink(`${folder}/link`), "real");
    }),
});

Deno.test("exists() sees any kind of thing and never throws", async () => {
  await inFolder(async (folder) => {
    const store = createStore();
    await Deno.writeTextFile(`${folder}/file`, "");
    if (!isWindows) await Deno.symlink("nowhere", `${folder}/file2`);
    else await Deno.mkdir(`${folder}/file2`);
    const names = ["file", "file2", "none", "file/below", "a\0b", ""];
    const seen = await Promise.all(
      names.map((name) => store.exists(name && `${folder}/${name}`)),
    );
    assertEquals(seen, [true, true, false, false, false, false]);
  });
});
