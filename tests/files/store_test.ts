/**
 * The store on real files: every case makes its own folder. What needs root,
 * another user or a mount is skipped, by name, where that is not to be had.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "../support/assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import {
  createStore,
  type SaveStep,
  type Snapshot,
  type StoreOptions,
} from "../../lib/files/store.ts";

const isWindows = Deno.build.os === "windows";
const isRoot = !isWindows && Deno.uid() === 0;
const isLinux = Deno.build.os === "linux";
const OLD = "model_list: []\n# api_key: sk-very-secret\n";
const NEW = "model_list:\n  - model_name: fresh\n";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Runs `body` with a folder that has a config in it. */
async function withConfig(
  body: (folder: string, path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    const path = `${folder}/config.yaml`;
    await Deno.writeTextFile(path, OLD);
    await body(folder, path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function run(command: string, ...args: string[]): Promise<boolean> {
  const options = { args, stdout: "null", stderr: "null" } as const;
  try {
    return (await new Deno.Command(command, options).output()).success;
  } catch {
    return false;
  }
}

async function names(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map((entry) => entry.name).sort();
}

async function saveText(
  snapshot: Snapshot,
  text: string,
  options: StoreOptions = {},
): Promise<string> {
  const request = { snapshot, bytes: encode(text), firstInsertion: false };
  return (await createStore(options).save(request)).kind;
}

async function refusal(work: () => Promise<unknown>): Promise<ConfigError> {
  const error = await assertRejects(work, ConfigError);
  assert(!error.message.includes("secret"), error.message);
  return error;
}

Deno.test("read() gives the bytes and where they are", async () => {
  await withConfig(async (_folder, path) => {
    const snapshot = await createStore().read(path);
    assertEquals(snapshot.bytes, encode(OLD));
    assertEquals([snapshot.path, snapshot.realPath], [path, path]);
    assertEquals(snapshot.stat.size, OLD.length);
  });
});

Deno.test("read() reads an empty file", async () => {
  await withConfig(async (_folder, path) => {
    await Deno.writeTextFile(path, "");
    assertEquals((await createStore().read(path)).bytes.length, 0);
  });
});

Deno.test("read() says what a path is that is no readable file", async () => {
  await withConfig(async (folder, path) => {
    const state = async (name: string): Promise<string> =>
      (await refusal(() => createStore().read(name))).message;
    assertEquals(await state(`${folder}/none.yaml`), "not found");
    assertEquals(await state(`${path}/none.yaml`), "not found");
    assertEquals(await state(folder), "a folder, not a file");
    if (isWindows) return;
    await Deno.symlink("nowhere", `${folder}/dangling`);
    await Deno.symlink("loop", `${folder}/loop`);
    assert(await run("mkfifo", `${folder}/fifo`));
    assertEquals(
      await state(`${folder}/dangling`),
      "a symbolic link to a file that does not exist",
    );
    assertEquals(
      await state(`${folder}/loop`),
      "a symbolic link loop",
    );
    assertEquals(await state(`${folder}/fifo`), "not a regular file");
    assertEquals(await state("/dev/null"), "not a regular file");
  });
});

Deno.test("read() refuses a file over 64 MiB without reading it", async () => {
  await withConfig(async (_folder, path) => {
    await Deno.truncate(path, 64 * 1024 * 1024 + 1);
    const error = await refusal(() => createStore().read(path));
    assertEquals(error.message, "larger than 64 MiB");
  });
});

Deno.test({
  name: "read() gives up on a file that does not hold still",
  // Its size is 0 in every stat, so that it always seems to grow.
  ignore: !isLinux,
  fn: async () => {
    const waits: number[] = [];
    const store = createStore({
      wait: (ms) => Promise.resolve(void waits.push(ms)),
    });
    const error = await refusal(() => store.read("/proc/self/status"));
    assertEquals(error.message, "being written to by another program");
    assertEquals(waits.length, 4);
  },
});

Deno.test("save() replaces the file and keeps the old bytes", async () => {
  await withConfig(async (folder, path) => {
    const store = createStore();
    const snapshot = await store.read(path);
    const outcome = await store.save({
      snapshot,
      bytes: encode(NEW),
      firstInsertion: false,
    });
    assertEquals(outcome, {
      kind: "written",
      path,
      backupPath: `${path}.bak`,
      otherNames: 0,
    });
    assertEquals(await Deno.readTextFile(path), NEW);
    assertEquals(await Deno.readTextFile(`${path}.bak`), OLD);
    assertEquals(await names(folder), ["config.yaml", "config.yaml.bak"]);
  });
});

Deno.test("save() overwrites the backup at every write", async () => {
  await withConfig(async (_folder, path) => {
    for (const text of ["one", "two", "three"]) {
      await saveText(await createStore().read(path), text);
    }
    assertEquals(await Deno.readTextFile(`${path}.bak`), "two");
  });
});

Deno.test("save() works on a path without a folder", async () => {
  await withConfig(async (folder) => {
    const script = `
      const store = createStore();
      const snapshot = await store.read("config.yaml");
      const bytes = new TextEncoder().encode("child");
      await store.save({ snapshot, bytes, firstInsertion: true });
    `;
    assertEquals((await runChild(folder, script)).code, 0);
    assertEquals(await Deno.readTextFile(`${folder}/config.yaml`), "child");
    assertEquals(await names(folder), [
      "config.yaml",
      "config.yaml.bak",
      "config.yaml.before-discover",
    ]);
  });
});

Deno.test("save() keeps the file from before the first insertion", async () => {
  await withConfig(async (_folder, path) => {
    const store = createStore();
    for (const text of ["one", "two"]) {
      const snapshot = await store.read(path);
      const bytes = encode(text);
      await store.save({ snapshot, bytes, firstInsertion: true });
    }
    assertEquals(await Deno.readTextFile(`${path}.before-discover`), OLD);
    assertEquals(await Deno.readTextFile(`${path}.bak`), "one");
  });
});

Deno.test("save() keeps a backup that somebody else made", async () => {
  await withConfig(async (_folder, path) => {
    await Deno.writeTextFile(`${path}.bak`, "made by hand");
    const store = createStore();
    const snapshot = await store.read(path);
    await store.save({ snapshot, bytes: encode(NEW), firstInsertion: true });
    const kept = await Deno.readTextFile(`${path}.bak.before-discover`);
    assertEquals(kept, "made by hand");
    assertEquals(await Deno.readTextFile(`${path}.bak`), OLD);
  });
});

Deno.test("save() moves a foreign backup away before it keeps the first state", async () => {
  await withConfig(async (folder, path) => {
    await Deno.writeTextFile(`${path}.bak`, "somebody else's");
    const snapshot = await createStore().read(path);
    const request = { snapshot, bytes: encode(NEW), firstInsertion: true };
    let isBackingUp = false;
    const onStep = (step: SaveStep): void => {
      isBackingUp = step === "checked";
    };
    const randomName = (): string => {
      if (isBackingUp) throw new Error("the end, as of a crash");
      return "aaaa";
    };
    await refusal(() => createStore({ randomName, onStep }).save(request));
    const moved = "config.yaml.bak.before-discover";
    assertEquals(await names(folder), ["config.yaml", moved]);
    const kept = await Deno.readTextFile(`${folder}/${moved}`);
    assertEquals(kept, "somebody else's");
  });
});

Deno.test("save() keeps an edited block once for each hash", async () => {
  await withConfig(async (_folder, path) => {
    const store = createStore();
    for (const text of ["one", "two"]) {
      await store.save({
        snapshot: await store.read(path),
        bytes: encode(text),
        firstInsertion: false,
        editedCopy: "0123456789ab",
      });
    }
    const kept = await Deno.readTextFile(`${path}.edited-0123456789ab`);
    assertEquals(kept, OLD);
  });
});

Deno.test("save() takes no path for the hash of an edited copy", async () => {
  await withConfig(async (folder, path) => {
    const store = createStore();
    const snapshot = await store.read(path);
    const request = { snapshot, bytes: encode(NEW), firstInsertion: false };
    const work = () => store.save({ ...request, editedCopy: "../x" });
    await assertRejects(work, TypeError);
    assertEquals(await names(folder), ["config.yaml"]);
  });
});

Deno.test("save() writes nothing when the file changed before", async () => {
  await withConfig(async (folder, path) => {
    const snapshot = await createStore().read(path);
    await Deno.writeTextFile(path, OLD.toUpperCase());
    assertEquals(await saveText(snapshot, NEW), "changed-meanwhile");
    assertEquals(await Deno.readTextFile(path), OLD.toUpperCase());
    assertEquals(await names(folder), ["config.yaml"]);
  });
});

/** What an editor can do to a file between two steps of a save. */
const EDITS: Readonly<Record<string, (path: string) => Promise<void>>> = {
  "writes in place": (path) => Deno.writeTextFile(path, "edited"),
  "writes as many bytes": (path) => Deno.writeTextFile(path, OLD.toUpperCase()),
  "renames a new file over it": async (path) => {
    await Deno.writeTextFile(`${path}~`, "edited");
    await Deno.rename(`${path}~`, path);
  },
  "takes it away": (path) => Deno.remove(path),
};

for (const [what, edit] of Object.entries(EDITS)) {
  for (const moment of ["temp-written", "checked", "backed-up"] as const) {
    Deno.test(`save() yields when an editor ${what} at "${moment}"`, async () => {
      await withConfig(async (folder, path) => {
        const snapshot = await createStore().read(path);
        let edited: string[] = [];
        const onStep = async (step: SaveStep): Promise<void> => {
          if (step !== moment) return;
          await edit(path);
          edited = (await names(folder)).filter((name) =>
            !name.startsWith(".")
          );
        };
        assertEquals(
          await saveText(snapshot, NEW, { onStep }),
          "changed-meanwhile",
        );
        const left = (await names(folder)).filter((name) =>
          name !== "config.yaml.bak"
        );
        const expected = edited.filter((name) => name !== "config.yaml.bak");
        assertEquals(left, expected);
        if (edited.includes("config.yaml")) {
          assert(await Deno.readTextFile(path) !== NEW);
        }
      });
    });
  }
}

Deno.test("save() does not mind a file that was only touched", async () => {
  await withConfig(async (_folder, path) => {
    const snapshot = await createStore().read(path);
    await Deno.utime(path, new Date(), new Date(2001, 1, 1));
    assertEquals(await saveText(snapshot, NEW), "written");
  });
});

Deno.test("save() lets one of two stores win and tells the other", async () => {
  await withConfig(async (_folder, path) => {
    const snapshot = await createStore().read(path);
    const kinds = await Promise.all(
      ["left", "right"].map((text) => saveText(snapshot, text)),
    );
    assertEquals([...kinds].sort(), ["changed-meanwhile", "written"]);
    const winner = kinds[0] === "written" ? "left" : "right";
    assertEquals(await Deno.readTextFile(path), winner);
    assertEquals(await Deno.readTextFile(`${path}.bak`), OLD);
  });
});

Deno.test("save() loses no line of eight stores that retry", async () => {
  await withConfig(async (folder, path) => {
    const add = async (line: string): Promise<void> => {
      let kind = "";
      while (kind !== "written") {
        const snapshot = await createStore().read(path);
        const text = new TextDecoder().decode(snapshot.bytes) + line;
        kind = await saveText(snapshot, text);
      }
    };
    const lines = [..."abcdefgh"].map((letter) => `${letter}\n`);
    await Promise.all(lines.map(add));
    const text = await Deno.readTextFile(path);
    assertEquals(
      text.slice(OLD.length).split("").sort().join("").trim(),
      "abcdefgh",
    );
    assertEquals(await names(folder), ["config.yaml", "config.yaml.bak"]);
  });
});

Deno.test({
  name: "save() waits for another run that saves in the same folder",
  ignore: isWindows,
  fn: () =>
    withConfig(async (folder, path) => {
      const snapshot = await createStore().read(path);
      const order: string[] = [];
      using other = await Deno.open(folder);
      await other.lock(true);
      const onStep = (step: SaveStep): void => void order.push(step);
      const saving = saveText(snapshot, NEW, { onStep });
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push("released");
      await other.unlock();
      assertEquals(await saving, "written");
      assertEquals(order.slice(0, 2), ["released", "locked"]);
    }),
});

Deno.test("save() leaves a file alone that has the temporary's name", async () => {
  await withConfig(async (folder, path) => {
    const taken = `${folder}/.config.yaml.discover-aaaa.tmp`;
    await Deno.writeTextFile(taken, "not ours");
    const snapshot = await createStore().read(path);
    // The first one is the link's that finds a mount.
    const link = isWindows ? [] : ["0000"];
    const sequence = [...link, "aaaa", "bbbb", "cccc"];
    const randomName = (): string => sequence.shift() ?? "dddd";
    assertEquals(await saveText(snapshot, NEW, { randomName }), "written");
    assertEquals(await Deno.readTextFile(taken), "not ours");

    const stuck = { randomName: () => "aaaa" };
    const again = await createStore().read(path);
    await refusal(() => saveText(again, "x", stuck));
    assertEquals(await Deno.readTextFile(taken), "not ours");
    assertEquals(await Deno.readTextFile(path), NEW);
  });
});

Deno.test("save() removes old temporaries of a crash, and only those", async () => {
  await withConfig(async (folder, path) => {
    const old = new Date(Date.now() - 11 * 60 * 1000);
    const make = async (name: string, time: Date): Promise<void> => {
      await Deno.writeTextFile(`${folder}/${name}`, "x");
      await Deno.utime(`${folder}/${name}`, time, time);
    };
    await make(".config.yaml.discover-0123456789ab.tmp", old);
    await make(".config.yaml.discover-ffff.tmp", new Date());
    await make(".other.yaml.discover-0123456789ab.tmp", old);
    await make(".config.yaml.discover-my-notes.tmp", old);
    await make("config.yaml.tmp", old);
    await saveText(await createStore().read(path), NEW);
    assertEquals(await names(folder), [
      ".config.yaml.discover-ffff.tmp",
      ".config.yaml.discover-my-notes.tmp",
      ".other.yaml.discover-0123456789ab.tmp",
      "config.yaml",
      "config.yaml.bak",
      "config.yaml.tmp",
    ]);
    const store = createStore({ now: () => Date.now() + 11 * 60 * 1000 });
    await store.removeLeftovers(await store.read(path));
    assert(!(await names(folder)).includes(".config.yaml.discover-ffff.tmp"));
  });
});

for (const moment of ["temp-written", "checked", "backed-up"] as const) {
  Deno.test(`save() leaves the old file whole after a crash at "${moment}"`, async () => {
    await withConfig(async (folder, path) => {
      const { code } = await runChild(
        folder,
        `
        const onStep = (step) => step === "${moment}" && Deno.exit(9);
        const store = createStore({ onStep });
        const snapshot = await store.read("config.yaml");
        const bytes = new TextEncoder().encode("child");
        await store.save({ snapshot, bytes, firstInsertion: true });
      `,
      );
      assertEquals(code, 9);
      assertEquals(await Deno.readTextFile(path), OLD);
      const temps = (await names(folder)).filter((name) =>
        name.startsWith(".")
      );
      assertEquals(temps.length, 1);
      const later = { now: () => Date.now() + 11 * 60 * 1000 };
      await saveText(await createStore().read(path), NEW, later);
      assertEquals(await Deno.readTextFile(path), NEW);
      assertEquals(
        (await names(folder)).filter((name) => name.startsWith(".")),
        [],
      );
    });
  });
}

Deno.test("save() takes its temporary away when a step fails", async () => {
  for (const moment of ["temp-written", "checked", "backed-up"]) {
    await withConfig(async (folder, path) => {
      const onStep = (step: SaveStep): void => {
        if (step !== moment) return;
        throw Object.assign(new Error("sk-secret"), { code: "EIO" });
      };
      const snapshot = await createStore().read(path);
      const error = await refusal(() => saveText(snapshot, NEW, { onStep }));
      assertEquals(
        error.message,
        "cannot be saved: input/output error",
      );
      assert(error.cause instanceof Error);
      assertEquals(await Deno.readTextFile(path), OLD);
      assertEquals(
        (await names(folder)).filter((name) => name.startsWith(".")),
        [],
      );
    });
  }
});

Deno.test("save() fails whole when the backup cannot be replaced", async () => {
  await withConfig(async (folder, path) => {
    await Deno.mkdir(`${path}.bak`);
    const snapshot = await createStore().read(path);
    const { message } = await refusal(() => saveText(snapshot, NEW));
    // It is not the config that is a folder.
    const backup = JSON.stringify(`${path}.bak`);
    assertStringIncludes(message, `cannot replace ${backup}: `);
    assertEquals(await Deno.readTextFile(path), OLD);
    assertEquals(await names(folder), ["config.yaml", "config.yaml.bak"]);
  });
});

/** Swaps the config and its backup, which holds `NEW`. */
async function swap(path: string, options: StoreOptions): Promise<string> {
  await Deno.writeTextFile(`${path}.bak`, NEW);
  const snapshot = await createStore().read(path);
  const request = {
    ...{ snapshot, bytes: encode(NEW) },
    ...{ firstInsertion: false, swapsBackup: true },
  };
  return (await createStore(options).save(request)).kind;
}

Deno.test("save() swaps the backup only when the config has its bytes", async () => {
  await withConfig(async (folder, path) => {
    const backups: string[] = [];
    const rename = (from: string, to: string): void => {
      backups.push(Deno.readTextFileSync(`${path}.bak`));
      Deno.renameSync(from, to);
    };
    assertEquals(await swap(path, { rename }), "written");
    assertEquals(backups, [NEW, NEW]);
    assertEquals(await Deno.readTextFile(path), NEW);
    assertEquals(await Deno.readTextFile(`${path}.bak`), OLD);
    assertEquals(await names(folder), ["config.yaml", "config.yaml.bak"]);
  });
});

Deno.test("save() swaps nothing when the file changes meanwhile", async () => {
  await withConfig(async (folder, path) => {
    const onStep = async (step: SaveStep): Promise<void> => {
      if (step === "checked") await Deno.writeTextFile(path, "theirs: 1\n");
    };
    assertEquals(await swap(path, { onStep }), "changed-meanwhile");
    assertEquals(await Deno.readTextFile(path), "theirs: 1\n");
    assertEquals(await Deno.readTextFile(`${path}.bak`), NEW);
    assertEquals(await names(folder), ["config.yaml", "config.yaml.bak"]);
  });
});

Deno.test("save() ends a swap that is begun, and says what came of it if it cannot", async () => {
  await withConfig(async (folder, path) => {
    const end = new AbortController();
    const rename = (from: string, to: string): void => {
      Deno.renameSync(from, to);
      end.abort(new Error("a signal"));
    };
    const { signal: interrupted } = end;
    assertEquals(await swap(path, { rename, interrupted }), "written");
    assertEquals(await Deno.readTextFile(`${path}.bak`), OLD);
    await Deno.writeTextFile(path, OLD);
    const held = (from: string, to: string): void => {
      if (to === path) return Deno.renameSync(from, to);
      throw Object.assign(new Error("sk-secret"), { code: "EIO" });
    };
    const error = await refusal(() => swap(path, { rename: held }));
    assertEquals(
      error.message,
      "cannot be saved: the old text is back, but the backup was not " +
        "replaced: input/output error",
    );
    assertEquals(await Deno.readTextFile(path), NEW);
    assertEquals(await names(folder), ["config.yaml", "config.yaml.bak"]);
  });
});

Deno.test("save() says so when the folder is gone", async () => {
  await withConfig(async (folder, path) => {
    const snapshot = await createStore().read(path);
    await Deno.rename(folder, `${folder}-moved`);
    try {
      const error = await refusal(() => saveText(snapshot, NEW));
      assertEquals(error.message, "cannot be saved: its folder does not exist");
    } finally {
      await Deno.rename(`${folder}-moved`, folder);
    }
  });
});

Deno.test({
  name: "save() writes through symbolic links and keeps them",
  ignore: isWindows,
  fn: () =>
    withConfig(async (folder, path) => {
      await Deno.mkdir(`${folder}/links`);
      await Deno.symlink("../config.yaml", `${folder}/links/inner.yaml`);
      await Deno.symlink("links/inner.yaml", `${folder}/outer.yaml`);
      const store = createStore();
      const snapshot = await store.read(`${folder}/outer.yaml`);
      assertEquals(snapshot.realPath, path);
      assertEquals(await saveText(snapshot, NEW), "written");
      assertEquals(await Deno.readTextFile(path), NEW);
      assertEquals(
        await Deno.readLink(`${folder}/outer.yaml`),
        "links/inner.yaml",
      );
      assertEquals(await names(`${folder}/links`), ["inner.yaml"]);
      assertEquals(await Deno.readTextFile(`${path}.bak`), OLD);
    }),
});

Deno.test({
  name: "save() notices that a symbolic link leads elsewhere now",
  ignore: isWindows,
  fn: () =>
    withConfig(async (folder, path) => {
      const link = `${folder}/link.yaml`;
      await Deno.symlink("config.yaml", link);
      const snapshot = await createStore().read(link);
      await Deno.writeTextFile(`${folder}/other.yaml`, OLD);
      await Deno.remove(link);
      await Deno.symlink("other.yaml", link);
      assertEquals(await saveText(snapshot, NEW), "changed-meanwhile");
      assertEquals(await Deno.readTextFile(path), OLD);
    }),
});

Deno.test({
  name: "save() replaces one of two hard links and counts the other",
  ignore: isWindows,
  fn: () =>
    withConfig(async (folder, path) => {
      await Deno.link(path, `${folder}/twin.yaml`);
      const store = createStore();
      const outcome = await store.save({
        snapshot: await store.read(path),
        bytes: encode(NEW),
        firstInsertion: false,
      });
      assert(outcome.kind === "written");
      assertEquals(outcome.otherNames, 1);
      assertEquals(await Deno.readTextFile(`${folder}/twin.yaml`), OLD);
    }),
});

for (const mode of [0o600, 0o640, 0o644, 0o666, 0o755]) {
  Deno.test({
    name: `save() keeps the mode ${
      mode.toString(8)
    }, and every copy is its owner's alone`,
    ignore: isWindows,
    fn: () =>
      withConfig(async (folder, path) => {
        await Deno.chmod(path, mode);
        const store = createStore();
        await store.save({
          snapshot: await store.read(path),
          bytes: encode(NEW),
          firstInsertion: true,
          editedCopy: "abc",
        });
        for (const name of await names(folder)) {
          const stat = await Deno.lstat(`${folder}/${name}`);
          const expected = name === "config.yaml" ? mode : 0o600;
          assertEquals((stat.mode ?? 0) & 0o7777, expected, name);
        }
        assertEquals((await names(folder)).length, 4);
      }),
  });
}

Deno.test({
  name: "save() keeps the owner and the group, in every copy",
  ignore: !isRoot,
  fn: () =>
    withConfig(async (folder, path) => {
      await Deno.chown(path, 1234, 2345);
      await Deno.chmod(path, 0o640);
      const store = createStore();
      await store.save({
        snapshot: await store.read(path),
        bytes: encode(NEW),
        firstInsertion: true,
      });
      for (const name of await names(folder)) {
        const { uid, gid, mode } = await Deno.lstat(`${folder}/${name}`);
        const expected = name === "config.yaml" ? 0o640 : 0o600;
        assertEquals(
          [uid, gid, (mode ?? 0) & 0o777],
          [1234, 2345, expected],
          name,
        );
      }
    }),
});

Deno.test({
  name: "save() sees a change of mode as a change",
  ignore: isWindows,
  fn: () =>
    withConfig(async (_folder, path) => {
      const snapshot = await createStore().read(path);
      await Deno.chmod(path, 0o600);
      assertEquals(await saveText(snapshot, NEW), "changed-meanwhile");
    }),
});

Deno.test("assertWritable() accepts a plain file and changes nothing", async () => {
  await withConfig(async (folder, path) => {
    const store = createStore();
    const before = await Deno.stat(path);
    await store.assertWritable(await store.read(path));
    const after = await Deno.stat(path);
    assertEquals(after.mtime, before.mtime);
    assertEquals(await names(folder), ["config.yaml"]);
  });
});

Deno.test({
  name:
    "assertWritable() does not wait for the reader of a pipe that came meanwhile",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withConfig(async (_folder, path) => {
      const store = createStore();
      const snapshot = await store.read(path);
      await Deno.remove(path);
      assert(await run("mkfifo", path));
      const error = await refusal(() => store.assertWritable(snapshot));
      assertEquals(error.message, "not a regular file");
    }),
});

Deno.test("assertWritable() and save() refuse a read-only file, as root too", async () => {
  await withConfig(async (folder, path) => {
    await Deno.chmod(path, 0o444);
    const store = createStore();
    const snapshot = await store.read(path);
    const error = await refusal(() => store.assertWritable(snapshot));
    assertEquals(error.message, "read-only");
    assert(error.hint?.includes("--output"));
    const again = await refusal(() => saveText(snapshot, NEW));
    assertEquals(again.message, "cannot be saved: read-only");
    assertEquals(await names(folder), ["config.yaml"]);
    await Deno.chmod(path, 0o644);
  });
});

/** The error that Windows gives while another program has a file open. */
const held = (): Error => new Deno.errors.PermissionDenied("held");

Deno.test("save() tries again on Windows while the file is held", async () => {
  await withConfig(async (_folder, path) => {
    let failures = 3;
    const waits: number[] = [];
    const kind = await saveText(await createStore().read(path), NEW, {
      isWindows: true,
      wait: (ms) => Promise.resolve(void waits.push(ms)),
      rename: (from, to) => {
        if (to === path && failures-- > 0) throw held();
        Deno.renameSync(from, to);
      },
    });
    assertEquals([kind, waits], ["written", [10, 20, 40]]);
    assertEquals(await Deno.readTextFile(path), NEW);
  });
});

Deno.test("save() gives up on Windows after about two seconds", async () => {
  await withConfig(async (folder, path) => {
    let waitedMs = 0;
    const snapshot = await createStore().read(path);
    const error = await refusal(() =>
      saveText(snapshot, NEW, {
        isWindows: true,
        wait: (ms) => Promise.resolve(void (waitedMs += ms)),
        rename: (from, to) => {
          if (to === path) throw held();
          Deno.renameSync(from, to);
        },
      })
    );
    assert(waitedMs >= 2000 && waitedMs < 2300, `${waitedMs}`);
    assertEquals(
      error.message,
      "cannot be saved: in use by another program, or protected",
    );
    assertEquals(await Deno.readTextFile(path), OLD);
    assertEquals(await names(folder), ["config.yaml", "config.yaml.bak"]);
  });
});

Deno.test("save() looks at the file again after each wait on Windows", async () => {
  await withConfig(async (_folder, path) => {
    const kind = await saveText(await createStore().read(path), NEW, {
      isWindows: true,
      wait: () => Deno.writeTextFile(path, "edited"),
      rename: (from, to) => {
        if (to === path) throw held();
        Deno.renameSync(from, to);
      },
    });
    assertEquals(kind, "changed-meanwhile");
    assertEquals(await Deno.readTextFile(path), "edited");
  });
});

Deno.test("save() does not wait on Windows for a read-only backup", async () => {
  await withConfig(async (_folder, path) => {
    await Deno.writeTextFile(`${path}.bak`, "older");
    await Deno.chmod(`${path}.bak`, 0o444);
    const snapshot = await createStore().read(path);
    const waits: number[] = [];
    await refusal(() =>
      saveText(snapshot, NEW, {
        isWindows: true,
        wait: (ms) => Promise.resolve(void waits.push(ms)),
        rename: () => {
          throw held();
        },
      })
    );
    assertEquals(waits, []);
    assertEquals(await Deno.readTextFile(path), OLD);
    await Deno.chmod(`${path}.bak`, 0o644);
  });
});

interface Child {
  readonly code: number;
  readonly stdout: string;
}

/** Copies the store's modules: another user may not enter this folder. */
async function copyModules(target: string): Promise<void> {
  const lib = new URL("../../lib/", import.meta.url);
  for (const folder of ["", "files/", "text/", "yaml/"]) {
    await Deno.mkdir(`${target}/${folder}`, { recursive: true });
    for await (const { name, isFile } of Deno.readDir(new URL(folder, lib))) {
      if (!isFile) continue;
      const source = new URL(`${folder}${name}`, lib);
      await Deno.copyFile(source, `${target}/${folder}${name}`);
    }
  }
  for (const name of ["deadline", "delay", "abortable"]) {
    const source = new URL(`./${name}.js`, STD_ASYNC);
    await Deno.copyFile(source, `${target}/${name}.js`);
  }
  await Deno.writeTextFile(`${target}/imports.json`, JSON.stringify(IMPORTS));
}

const STD_ASYNC = import.meta.resolve("@std/async/deadline");
const IMPORTS = {
  imports: {
    "@std/async/deadline": "./deadline.js",
    "@std/async/delay": "./delay.js",
  },
};

/** Runs a script with file permissions only, as the program has them. */
async function runChild(
  folder: string,
  script: string,
  options: Pick<Deno.CommandOptions, "uid" | "gid"> = {},
): Promise<Child> {
  const cache = await Deno.makeTempDir();
  try {
    await Deno.chmod(cache, 0o777);
    await copyModules(`${cache}/lib`);
    const file = `${cache}/child.js`;
    const source =
      `import { createStore } from "./lib/files/store.ts";\n${script}`;
    await Deno.writeTextFile(file, source);
    const args = ["run", "-q", "--no-prompt", "--no-config", "--no-check"];
    args.push(`--import-map=${cache}/lib/imports.json`);
    args.push("--allow-read", "--allow-write", file);
    const env = { DENO_DIR: cache, HOME: cache, DENO_NO_UPDATE_CHECK: "1" };
    // Deno itself may lie in a home that others may not enter.
    const deno = `${cache}/deno.exe`;
    await Deno.copyFile(Deno.execPath(), deno);
    await Deno.chmod(deno, 0o755);
    const command = new Deno.Command(deno, {
      args,
      env,
      cwd: folder,
      stderr: "inherit",
      ...options,
    });
    const { code, stdout } = await command.output();
    return { code, stdout: new TextDecoder().decode(stdout) };
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
}

Deno.test({
  name: "another user's file is refused and stays as it was",
  ignore: !isRoot,
  fn: () =>
    withConfig(async (folder, path) => {
      await Deno.chmod(folder, 0o777);
      await Deno.mkdir(`${folder}/closed`, { mode: 0o755 });
      await Deno.writeTextFile(`${folder}/closed/config.yaml`, OLD);
      await Deno.chown(`${folder}/closed/config.yaml`, 1234, 1234);
      await Deno.writeTextFile(`${folder}/hidden.yaml`, OLD);
      await Deno.chmod(`${folder}/hidden.yaml`, 0o600);
      const script = `
        const store = createStore();
        const tell = async (work) => {
          try { await work(); console.log("fine"); }
          catch (error) { console.log(error.message); }
        };
        const bytes = new TextEncoder().encode("child");
        for (const path of ["config.yaml", "closed/config.yaml"]) {
          const snapshot = await store.read(path);
          await tell(() => store.assertWritable(snapshot));
          await tell(() => store.save({ snapshot, bytes }));
        }
        await tell(() => store.read("hidden.yaml"));
      `;
      const { stdout } = await runChild(folder, script, {
        uid: 1234,
        gid: 1234,
      });
      assertEquals(stdout.trim().split("\n"), [
        "not writable: permission denied",
        "cannot be saved: its owner or group would change",
        "fine",
        "cannot be saved: permission denied",
        "permission denied",
      ]);
      assertEquals(await Deno.readTextFile(path), OLD);
      assertEquals(await names(folder), [
        "closed",
        "config.yaml",
        "hidden.yaml",
      ]);
      assertEquals(await names(`${folder}/closed`), ["config.yaml"]);
    }),
});

async function withMount(
  args: readonly string[],
  target: string,
  body: () => Promise<void>,
): Promise<void> {
  assert(await run("mount", ...args, target));
  try {
    await body();
  } finally {
    assert(await run("umount", target));
  }
}

async function canMount(): Promise<boolean> {
  if (!isRoot || !isLinux) return false;
  const target = await Deno.makeTempDir();
  const mounted = await run("mount", "-t", "tmpfs", "tmpfs", target);
  if (mounted) await run("umount", target);
  await Deno.remove(target);
  return mounted;
}

const noMount = !await canMount();

for (
  const [which, newSize] of [["new file", 40_000], ["backup", 25_000]] as const
) {
  Deno.test({
    name: `save() fails whole when the disk has no room for the ${which}`,
    ignore: noMount,
    fn: () =>
      withConfig(async (folder) => {
        const target = `${folder}/full`;
        await Deno.mkdir(target);
        const args = ["-t", "tmpfs", "-o", "size=64k", "tmpfs"];
        await withMount(args, target, async () => {
          const path = `${target}/config.yaml`;
          const old = "x".repeat(27_000);
          await Deno.writeTextFile(path, old);
          const snapshot = await createStore().read(path);
          const error = await refusal(() =>
            saveText(snapshot, "y".repeat(newSize))
          );
          assertEquals(
            error.message,
            "cannot be saved: no space left on the device",
          );
          assertEquals(await Deno.readTextFile(path), old);
          assertEquals(await names(target), ["config.yaml"]);
        });
      }),
  });
}

for (
  const [which, mode] of [
    ["a folder of one's own", 0o755],
    ["a folder like /tmp", 0o1777],
  ] as const
) {
  Deno.test({
    name:
      `a config that is mounted as a single file is refused with a hint, in ${which}`,
    ignore: noMount,
    fn: () =>
      withConfig(async (folder, path) => {
        await Deno.chmod(folder, mode);
        const target = `${folder}/mounted.yaml`;
        await Deno.writeTextFile(target, "");
        await withMount(["--bind", path], target, async () => {
          const store = createStore();
          const snapshot = await store.read(target);
          await store.assertWritable(snapshot);
          const error = await refusal(() =>
            store.save({ snapshot, bytes: encode(NEW), firstInsertion: true })
          );
          assertEquals(
            error.message,
            "cannot be saved: mounted as a single file",
          );
          assert(error.hint?.startsWith("mount its folder"));
          assert(error.hint?.includes("--in-place"));
          assertEquals(await Deno.readTextFile(path), OLD);
        });
        assertEquals(await names(folder), ["config.yaml", "mounted.yaml"]);
      }),
  });
}

Deno.test({
  name: "a config on a read-only file system is refused before any request",
  ignore: noMount,
  fn: () =>
    withConfig(async (folder) => {
      const target = `${folder}/ro`;
      await Deno.mkdir(target);
      await withMount(["-t", "tmpfs", "tmpfs"], target, async () => {
        await Deno.writeTextFile(`${target}/config.yaml`, OLD);
        assert(await run("mount", "-o", "remount,ro", target));
        const store = createStore();
        const snapshot = await store.read(`${target}/config.yaml`);
        const error = await refusal(() => store.assertWritable(snapshot));
        assertEquals(
          error.message,
          "not writable: the file system is read-only",
        );
        const saving = await refusal(() => saveText(snapshot, NEW));
        assertEquals(
          saving.message,
          "cannot be saved: the file system is read-only",
        );
      });
    }),
});
