/**
 * How a file that is mounted by itself is noticed: what the link tells that is
 * tried next to it, and what is left of it. Real mounts: `store_test.ts`,
 * `tests/process/main_mounts_test.ts`.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "../support/assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import {
  createStore,
  type SaveOutcome,
  type StoreOptions,
} from "../../lib/files/store.ts";

const isWindows = Deno.build.os === "windows";
const OLD = "model_list: []\n";
const NEW = "model_list:\n  - model_name: fresh\n";

/** A folder with nothing in it but a config. */
async function setFolder(): Promise<
  AsyncDisposable & { folder: string; path: string }
> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const path = `${folder}/config.yaml`;
  await Deno.writeTextFile(path, OLD);
  return {
    folder,
    path,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

async function save(
  path: string,
  options: StoreOptions,
  inPlace = false,
): Promise<SaveOutcome> {
  const store = createStore(options);
  const snapshot = await store.read(path);
  const bytes = new TextEncoder().encode(NEW);
  return await store.save({ snapshot, bytes, firstInsertion: true, inPlace });
}

async function names(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}

/** Links that the system refuses with this code; `tried` collects them. */
function refusing(code: string, tried: string[] = []): StoreOptions {
  return {
    isWindows: false,
    link: (from, to) => {
      tried.push(from, to);
      throw Object.assign(new Error("text of the system"), { code });
    },
  };
}

const SAVED = ["config.yaml", "config.yaml.bak", "config.yaml.before-discover"];

for (const code of ["EXDEV", "EBUSY"]) {
  Deno.test(`a link that fails with ${code} refuses the save before any other file is made`, async () => {
    await using stage = await setFolder();
    const { folder, path } = stage;
    const tried: string[] = [];
    const options = refusing(code, tried);
    const error = await assertRejects(() => save(path, options), ConfigError);
    assertEquals(error.message, "cannot be saved: mounted as a single file");
    assertEquals(await Deno.readTextFile(path), OLD);
    assertEquals(await names(folder), ["config.yaml"]);
    const [from, to = ""] = tried;
    assertEquals(from, path);
    assert(/\/\.config\.yaml\.discover-[0-9a-z]+\.tmp$/.test(to), to);
  });
}

for (const code of ["EPERM", "ENOTSUP", "EMLINK", "EACCES", "EIO", "ENOSYS"]) {
  Deno.test(`a file system that refuses a link with ${code} can be saved on`, async () => {
    await using stage = await setFolder();
    assertEquals((await save(stage.path, refusing(code))).kind, "written");
    assertEquals(await Deno.readTextFile(stage.path), NEW);
    assertEquals(await names(stage.folder), SAVED);
  });
}

Deno.test("a save in place tries no link, nor does one on Windows", async () => {
  for (const isOnWindows of [false, true]) {
    await using stage = await setFolder();
    const options = { ...refusing("EXDEV"), isWindows: isOnWindows };
    const outcome = await save(stage.path, options, !isOnWindows);
    assertEquals(outcome.kind, "written");
  }
});

Deno.test({
  name:
    "where only owners remove their files, a link waits for a file that has the owner",
  ignore: isWindows,
  fn: async () => {
    await using stage = await setFolder();
    const { folder, path } = stage;
    await Deno.chmod(folder, 0o1777);
    const before: string[] = [];
    const link = (from: string, to: string): void => {
      before.push(...Array.from(Deno.readDirSync(folder), ({ name }) => name));
      Deno.linkSync(from, to);
    };
    assertEquals((await save(path, { link })).kind, "written");
    assertEquals(before.length, 2);
    assertEquals(await names(folder), SAVED);
  },
});

Deno.test({
  name:
    "a link that a crash left is removed at once, and is no other name of the file",
  ignore: isWindows,
  fn: async () => {
    await using stage = await setFolder();
    const { folder, path } = stage;
    await Deno.link(path, `${folder}/.config.yaml.discover-0123456789ab.tmp`);
    await Deno.link(path, `${folder}/twin.yaml`);
    const outcome = await save(path, {});
    assert(outcome.kind === "written");
    assertEquals(outcome.otherNames, 1);
    assertEquals(await Deno.readTextFile(path), NEW);
    assertEquals(await Deno.readTextFile(`${folder}/twin.yaml`), OLD);
    assertEquals(await names(folder), [...SAVED, "twin.yaml"]);
  },
});

Deno.test({
  name: "a run that finds nothing to save removes such a link, too",
  ignore: isWindows,
  fn: async () => {
    await using stage = await setFolder();
    const { folder, path } = stage;
    await Deno.link(path, `${folder}/.config.yaml.discover-0123456789ab.tmp`);
    const store = createStore();
    await store.removeLeftovers(await store.read(path));
    assertEquals(await names(folder), ["config.yaml"]);
    assertEquals(await Deno.readTextFile(path), OLD);
  },
});
