/**
 * Which paths lead to one file, on real files.
 *
 * @module
 */
import { assertEquals } from "../support/assert.ts";
import { isKeptCopy, isSameFile } from "../../lib/files/same_file.ts";
import { createStore } from "../../lib/files/store.ts";
import { inFolder } from "../support/folder.ts";

const isWindows = Deno.build.os === "windows";

/** Runs `body` in a folder with a folder in it. */
async function atHome(body: (folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    const before = Deno.cwd();
    try {
      Deno.chdir(folder);
      await Deno.mkdir("sub");
      await body(folder);
    } finally {
      Deno.chdir(before);
    }
  });
}

async function sameAs(
  path: string,
  others: readonly string[],
): Promise<string[]> {
  const same: string[] = [];
  for (const other of others) {
    if (await isSameFile(path, other)) same.push(other);
  }
  return same;
}

Deno.test("isSameFile() knows a file by all its paths and names", async () => {
  await atHome(async (folder) => {
    await Deno.writeTextFile(".env", "");
    await Deno.writeTextFile("other", "");
    await Deno.link(".env", "hard");
    const paths = ["./.env", "sub/../.env", `${folder}/.env`, "hard"];
    if (!isWindows) {
      await Deno.symlink("../.env", "sub/soft");
      await Deno.symlink("sub", "folder");
      paths.push("sub/soft", "folder/soft", "folder/../.env");
    }
    assertEquals(await sameAs(".env", paths), paths);
    const others = ["other", "sub/.env", ".env2", "none", "none/.env", "sub"];
    assertEquals(await sameAs(".env", others), []);
  });
});

Deno.test("isSameFile() knows a file that is not there yet", async () => {
  await atHome(async (folder) => {
    const paths = ["./.env", "sub/../.env", `${folder}/.env`];
    if (!isWindows) {
      await Deno.symlink("../.env", "sub/soft");
      await Deno.symlink("sub/soft", "softer");
      await Deno.symlink("sub", "folder");
      paths.push("sub/soft", "softer", "folder/soft", "folder/../.env");
    } else paths.push(".ENV", ".env.", ".env::$DATA");
    assertEquals(await sameAs(".env", paths), paths);
    assertEquals(await sameAs(".env", ["sub/.env", ".env2", "none/.env"]), []);
  });
});

Deno.test({
  name: "isSameFile() comes to an end where links lead in a circle",
  ignore: isWindows,
  fn: () =>
    atHome(async () => {
      await Deno.symlink("two", "one");
      await Deno.symlink("one", "two");
      assertEquals(await isSameFile("one", ".env"), false);
    }),
});

Deno.test("isKeptCopy() knows every file that a save makes", async () => {
  await atHome(async () => {
    await Deno.writeTextFile("config.yaml", "old");
    await Deno.writeTextFile("config.yaml.bak", "somebody else's");
    const names: string[] = [];
    const collect = async (): Promise<void> => {
      const entries = await Array.fromAsync(Deno.readDir("."));
      names.push(
        ...entries.filter(({ isFile }) => isFile).map(({ name }) => name),
      );
    };
    const store = createStore({ onStep: collect });
    await store.save({
      snapshot: await store.read("config.yaml"),
      bytes: new TextEncoder().encode("new"),
      firstInsertion: true,
      editedCopy: "0123456789ab",
    });
    const made = new Set(names.filter((name) => name !== "config.yaml"));
    assertEquals(made.size, 5, names.join(" "));
    for (const name of made) {
      assertEquals(await isKeptCopy(name, "config.yaml"), true, name);
      assertEquals(await isKeptCopy(`sub/../${name}`, "config.yaml"), true);
      assertEquals(await isKeptCopy(`sub/${name}`, "config.yaml"), false);
    }
    const others = ["config.yaml", "config.yaml.log", "bak", "x.yaml.bak"];
    for (const other of [...others, "config.yaml.edited-", ".config.yaml"]) {
      assertEquals(await isKeptCopy(other, "config.yaml"), false, other);
    }
  });
});

Deno.test({
  name:
    "isKeptCopy() looks next to the file that a link leads to, and at links",
  ignore: isWindows,
  fn: () =>
    atHome(async () => {
      await Deno.writeTextFile("sub/config.yaml", "");
      await Deno.writeTextFile("sub/config.yaml.bak", "");
      await Deno.symlink("sub/config.yaml", "config.yaml");
      await Deno.link("sub/config.yaml.bak", "hard");
      await Deno.symlink("sub/config.yaml.bak", "soft");
      for (const path of ["sub/config.yaml.before-discover", "hard", "soft"]) {
        assertEquals(await isKeptCopy(path, "config.yaml"), true, path);
      }
      assertEquals(await isKeptCopy("config.yaml.bak", "config.yaml"), false);
    }),
});
