/**
 * Saving into the file that is there, on real files. What needs root, another
 * user, a mount or access lists is skipped where that is not to be had.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "../support/assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import { writeInPlace } from "../../lib/files/in_place.ts";
import {
  createStore,
  type SaveStep,
  type Store,
} from "../../lib/files/store.ts";
import { behindLock, inFolder } from "../support/folder.ts";

const isWindows = Deno.build.os === "windows";
const isRoot = !isWindows && Deno.uid() === 0;
const OLD = "model_list: []\n# api_key: sk-very-secret\n";
const LONGER = `model_list:\n  - model_name: fresh\n${"# more\n".repeat(99)}`;
const SHORTER = "model_list:\n";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function withConfig(
  body: (folder: string, path: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const path = `${folder}/config.yaml`;
    await Deno.writeTextFile(path, OLD);
    await body(folder, path);
  });
}

async function saveInPlace(
  path: string,
  text: string,
  store: Store = createStore(),
): Promise<void> {
  const outcome = await store.save({
    snapshot: await store.read(path),
    bytes: encode(text),
    firstInsertion: true,
    inPlace: true,
  });
  assert(outcome.kind === "written");
  assertEquals(outcome.otherNames, 0);
}

async function output(command: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args })
    .output();
  assert(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

async function works(command: string, ...args: string[]): Promise<boolean> {
  return await output(command, ...args).then(() => true, () => false);
}

/** Whether a mount in a folder of its own can be had. */
async function canMount(): Promise<boolean> {
  if (!isRoot) return false;
  const folder = await Deno.makeTempDir();
  const mounted = await works("mount", "-t", "tmpfs", "tmpfs", folder);
  if (mounted) await output("umount", folder);
  await Deno.remove(folder);
  return mounted;
}

Deno.test("save() in place writes a longer and a shorter text into the same file", async () => {
  await withConfig(async (folder, path) => {
    const { ino } = await Deno.stat(path);
    for (const [before, text] of [[OLD, LONGER], [LONGER, SHORTER]] as const) {
      await saveInPlace(path, text);
      assertEquals(await Deno.readTextFile(path), text);
      assertEquals(await Deno.readTextFile(`${path}.bak`), before);
      assertEquals((await Deno.stat(path)).ino, ino);
    }
    const names = await Array.fromAsync(Deno.readDir(folder));
    assertEquals(names.map(({ name }) => name).sort(), [
      "config.yaml",
      "config.yaml.bak",
      "config.yaml.before-discover",
    ]);
  });
});

Deno.test("save() in place loses no line of eight runs that retry, by two names", async () => {
  await withConfig(async (folder, path) => {
    await Deno.mkdir(`${folder}/elsewhere`);
    const twin = `${folder}/elsewhere/config.yaml`;
    await Deno.link(path, twin);
    const add = async (letter: string, at: number): Promise<void> => {
      const store = createStore();
      for (let kind = ""; kind !== "written";) {
        const snapshot = await store.read(at % 2 === 0 ? path : twin)
          .catch(() => undefined);
        if (snapshot === undefined) continue;
        const text = new TextDecoder().decode(snapshot.bytes) + `${letter}\n`;
        const bytes = encode(text);
        const request = { snapshot, bytes, firstInsertion: false };
        ({ kind } = await store.save({ ...request, inPlace: true }));
      }
    };
    await Promise.all([..."abcdefgh"].map(add));
    const added = (await Deno.readTextFile(path)).slice(OLD.length);
    assertEquals(added.split("\n").sort().join(""), "abcdefgh");
  });
});

Deno.test("save() in place changes the file for all its hard links", async () => {
  await withConfig(async (folder, path) => {
    await Deno.link(path, `${folder}/twin.yaml`);
    await saveInPlace(path, LONGER);
    assertEquals(await Deno.readTextFile(`${folder}/twin.yaml`), LONGER);
    assertEquals(await Deno.readTextFile(`${path}.bak`), OLD);
  });
});

Deno.test({
  name: "save() in place writes through a symbolic link",
  ignore: isWindows,
  fn: () =>
    withConfig(async (folder, path) => {
      await Deno.symlink("config.yaml", `${folder}/link.yaml`);
      await saveInPlace(`${folder}/link.yaml`, LONGER);
      assertEquals(await Deno.readTextFile(path), LONGER);
      assertEquals(await Deno.readLink(`${folder}/link.yaml`), "config.yaml");
    }),
});

Deno.test({
  name: "save() in place keeps an access list, and no copy is wider than it",
  ignore: !isRoot || !await works("setfacl", "--version"),
  fn: () =>
    withConfig(async (folder, path) => {
      const list = (): Promise<string> => output("getfacl", "-cE", path);
      await Deno.chmod(path, 0o600);
      await Deno.chown(path, null, 4321);
      await output("setfacl", "-m", "u:1234:r", path);
      // A list that new files of the folder get by themselves.
      await output("setfacl", "-d", "-m", "u:5678:r", folder);
      await Deno.chmod(folder, 0o755);
      const before = await list();
      assert(before.includes("user:1234:r--"), before);
      await saveInPlace(path, LONGER);
      assertEquals(await list(), before);
      assert(await canRead(1234, 1234, path));
      for (const other of [path, `${path}.bak`, `${path}.before-discover`]) {
        assert(!await canRead(65534, 4321, other), `the group reads ${other}`);
        assert(!await canRead(5678, 5678, other), `5678 reads ${other}`);
      }
      assert(!await canRead(1234, 1234, `${path}.bak`));
    }),
});

/** Whether that user, in that group and no other, can read a file. */
async function canRead(
  uid: number,
  gid: number,
  path: string,
): Promise<boolean> {
  const who = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  return await works("setpriv", ...who, "cat", path);
}

Deno.test({
  name: "save() in place writes a config that is mounted as a single file",
  ignore: !await canMount(),
  fn: () =>
    withConfig(async (folder, path) => {
      const target = `${folder}/mounted.yaml`;
      await Deno.writeTextFile(target, "");
      await output("mount", "--bind", path, target);
      try {
        await saveInPlace(target, LONGER);
        assertEquals(await Deno.readTextFile(target), LONGER);
      } finally {
        await output("umount", target);
      }
      assertEquals(await Deno.readTextFile(path), LONGER);
      assertEquals(await Deno.readTextFile(`${target}.bak`), OLD);
    }),
});

Deno.test("save() in place refuses a read-only file", async () => {
  await withConfig(async (_folder, path) => {
    await Deno.chmod(path, 0o444);
    const error = await assertRejects(
      () => saveInPlace(path, LONGER),
      ConfigError,
    );
    assertEquals(error.message, "cannot be saved: read-only");
    assertEquals(await Deno.readTextFile(path), OLD);
    await Deno.chmod(path, 0o644);
  });
});

for (const moment of ["locked", "checked", "backed-up"] as const) {
  Deno.test(`save() in place yields to an editor at "${moment}"`, async () => {
    const edits: readonly ((path: string) => Promise<void>)[] = [
      (path) => Deno.writeTextFile(path, "edited"),
      async (path) => {
        await Deno.writeTextFile(`${path}~`, "edited");
        await Deno.rename(`${path}~`, path);
      },
    ];
    for (const edit of edits) {
      await withConfig(async (_folder, path) => {
        const onStep = async (step: SaveStep): Promise<void> => {
          if (step === moment) await edit(path);
        };
        const store = createStore({ onStep });
        const snapshot = await store.read(path);
        const { kind } = await store.save({
          snapshot,
          bytes: encode(LONGER),
          firstInsertion: false,
          inPlace: true,
        });
        assertEquals(kind, "changed-meanwhile");
        assertEquals(await Deno.readTextFile(path), "edited");
      });
    }
  });
}

Deno.test({
  name: "writing in place waits for a run that knows the file by another name",
  ignore: isWindows,
  fn: () =>
    withConfig(async (folder, path) => {
      await Deno.mkdir(`${folder}/elsewhere`);
      const twin = `${folder}/elsewhere/config.yaml`;
      await Deno.link(path, twin);
      const store = createStore();
      const snapshot = await store.read(path);
      const order: string[] = [];
      using other = await Deno.open(twin);
      await other.lock(true);
      const saving = store.save({
        snapshot,
        bytes: encode(LONGER),
        firstInsertion: false,
        inPlace: true,
      }).then(({ kind }) => order.push(kind));
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push("released");
      await other.unlock();
      await saving;
      assertEquals(order, ["released", "written"]);
    }),
});

Deno.test({
  name: "read() waits for a run that is writing in place",
  ignore: isWindows,
  fn: () =>
    withConfig(async (_folder, path) => {
      await Deno.writeTextFile(path, `\0${OLD.slice(1, 9)}`);
      using other = await Deno.open(path, { write: true });
      await other.lock(true);
      const reading = createStore().read(path);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await other.write(encode(LONGER));
      await other.unlock();
      assertEquals((await reading).bytes, encode(LONGER));
    }),
});

Deno.test("read() gives what was cut off as it is, when nobody writes", async () => {
  await withConfig(async (_folder, path) => {
    await Deno.writeTextFile(path, `\0${OLD.slice(1, 9)}`);
    const { bytes } = await createStore().read(path);
    assertEquals(bytes, encode(`\0${OLD.slice(1, 9)}`));
  });
});

/** The outside of the store, for the part that writes. */
const tools = {
  now: Date.now,
  randomName: () => "abc",
  wait: () => Promise.resolve(),
  rename: Deno.renameSync,
  link: Deno.linkSync,
  isWindows,
  onStep: () => {},
  interrupted: new AbortController().signal,
};

Deno.test({
  name: "writing in place puts the old bytes back when there is no room",
  ignore: !await canMount(),
  fn: () =>
    withConfig(async (folder) => {
      const disk = `${folder}/disk`;
      await Deno.mkdir(disk);
      const options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs"];
      await output("mount", ...options, disk);
      try {
        const path = `${disk}/config.yaml`;
        const old = "x".repeat(27_000);
        await Deno.writeTextFile(path, old);
        const snapshot = await createStore().read(path);
        const { message } = await assertRejects(
          () => writeInPlace(snapshot, new Uint8Array(90_000).fill(65), tools),
          ConfigError,
        );
        assertEquals(
          message,
          "no space left on the device; the old content was restored",
        );
        assertEquals(await Deno.readTextFile(path), old);
      } finally {
        await output("umount", disk);
      }
    }),
});

Deno.test({
  name: "writing in place comes to an end behind a lock that is never given up",
  ignore: isWindows,
  fn: () =>
    withConfig(async (_, path) => {
      await behindLock(path, () => saveInPlace(path, LONGER));
      assertEquals(await Deno.readTextFile(path), LONGER);
    }),
});
