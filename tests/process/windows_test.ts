/**
 * The files of a Windows machine: drives, line ends, attributes, long paths.
 *
 * What Wine cannot show: access lists, network drives (`\\server\share`), and
 * files at paths of more than 262 characters, of which it cannot tell the real
 * path (error 234). The temporary file of a save is 27 characters longer than
 * the config, so that under Wine a save ends at 235.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { onWine, seenPath } from "../support/program.ts";
import {
  assertRefused,
  blockNames,
  FEW_NAMES,
  MINE,
  type Scene,
  setScene,
  withoutBlock,
} from "../support/scene.ts";
import {
  makeFolderOnC,
  runSystem,
  windowsPath,
  windowsTest,
} from "../support/windows.ts";

windowsTest(
  "a path with a drive letter, spaces and backslashes is taken as it is",
  async () => {
    await using scene = await setScene();
    const folder = await makeFolderOnC();
    try {
      const config = `${folder.path}/my config.yaml`;
      await Deno.writeTextFile(config, MINE);
      const named = `${folder.seen}\\my config.yaml`;
      assert(/^[A-Z]:\\.* .*\\my config\.yaml$/.test(named), named);
      const first = await scene.runWith({}, "--config", named);
      assertEquals(first.code, 0, first.stderr);
      assertStringIncludes(first.stderr, named);
      // Windows minds neither the direction of slashes nor the case.
      const other = named.toLowerCase().replaceAll("\\", "/");
      const second = await scene.runWith({}, "--config", other, "--check");
      assertEquals(second.code, 0, second.stderr);
      assertEquals(withoutBlock(await Deno.readTextFile(config)), MINE);
      const beside = await names(folder.path);
      assertEquals(beside, [
        "my config.yaml",
        "my config.yaml.bak",
        "my config.yaml.before-discover",
      ]);
    } finally {
      await Deno.remove(folder.path, { recursive: true });
    }
  },
);

async function names(folder: string): Promise<string[]> {
  const found = await Array.fromAsync(Deno.readDir(folder));
  return found.map(({ name }) => name).sort();
}

windowsTest(
  "the files beside a config on another drive are found",
  async () => {
    await using scene = await setScene();
    const folder = await makeFolderOnC();
    try {
      await Deno.writeTextFile(`${folder.path}/config.yaml`, MINE);
      const settings = "providers:\n  xai: false\n";
      await Deno.writeTextFile(`${folder.path}/discover.yaml`, settings);
      const { code, stderr } = await scene.runWith(
        {},
        "--config",
        `${folder.seen}\\config.yaml`,
        `--output=${folder.seen}\\out.yaml`,
      );
      assertEquals(code, 0, stderr);
      const out = await Deno.readTextFile(`${folder.path}/out.yaml`);
      assertEquals(blockNames(out).includes("grok-4.5"), false);
      assert(blockNames(out).includes("gemini-3.8-flash"));
    } finally {
      await Deno.remove(folder.path, { recursive: true });
    }
  },
);

windowsTest(
  "a config with CRLF gets a block with CRLF, and keeps it",
  async () => {
    const mine = MINE.replaceAll("\n", "\r\n");
    await using scene = await setScene(mine);
    const { code, stderr } = await scene.run();
    assertEquals(code, 0, stderr);
    const text = await scene.read();
    assertEquals(blockNames(text), FEW_NAMES);
    assertEquals(text.replaceAll("\r\n", "").includes("\n"), false);
    assertEquals(withoutBlock(text), mine);
    const again = await scene.run("--check");
    assertEquals(again.code, 0, again.stderr);
    await scene.run("--remove");
    assertEquals(await scene.read(), mine);
  },
);

windowsTest(
  "--output - prints the config with its own line ends, and adds none",
  async () => {
    for (const eol of ["\n", "\r\n"]) {
      const mine = MINE.replaceAll("\n", eol);
      await using scene = await setScene(mine);
      const { code, stdout, stderr } = await scene.run("--output", "-");
      assertEquals(code, 0, stderr);
      assertEquals(blockNames(stdout), FEW_NAMES);
      assertEquals(withoutBlock(stdout), mine);
    }
  },
);

windowsTest(
  "a file with the read-only attribute is refused and keeps it",
  async () => {
    await using scene = await setScene();
    await attrib(scene, "+r");
    assertRefused(await scene.run(), {
      code: 3,
      text: "read-only",
      hint: "make the file writable, or use --output",
    });
    assertEquals(await scene.read(), MINE);
    assertEquals(await scene.names(), ["config.yaml"]);
    const { stdout } = await runSystem("attrib", [windowsPath(scene.config)]);
    assertStringIncludes(stdout.slice(0, 12), "R");
    await attrib(scene, "-r");
    assertEquals((await scene.run()).code, 0);
  },
);

async function attrib(scene: Scene, change: string): Promise<void> {
  await runSystem("attrib", [change, windowsPath(scene.config)]);
}

/** Makes `config.yaml` at a path of `length` characters, as Windows sees it. */
async function setDeep(scene: Scene, length: number): Promise<string> {
  let folder = scene.folder;
  const name = "/config.yaml";
  for (;;) {
    const missing = length - seenPath(folder + name).length;
    if (missing < 2) break;
    const part = missing < 62 ? missing - 1 : 50;
    folder += `/${"x".repeat(part)}`;
  }
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(folder + name, MINE);
  assertEquals(seenPath(folder + name).length, length);
  return folder + name;
}

windowsTest(
  "a config at a path of 250 characters and more is read and saved",
  async () => {
    await using scene = await setScene();
    // The temporary file has 27 characters more.
    const lengths = onWine ? [235] : [235, 250, 259, 260, 300];
    for (const length of lengths) {
      const config = await setDeep(scene, length);
      const { code, stderr } = await scene.runWith({}, "--config", config);
      assertEquals(code, 0, `${length}: ${stderr}`);
      const text = await Deno.readTextFile(config);
      assertEquals(blockNames(text), FEW_NAMES);
      assertEquals(withoutBlock(text), MINE);
    }
    const deep = await setDeep(scene, 250);
    const args = ["--config", deep, "--output", scene.path("short.yaml")];
    const { code, stderr } = await scene.runWith({}, ...args);
    assertEquals(code, 0, stderr);
    assertEquals(blockNames(await scene.read("short.yaml")), FEW_NAMES);
  },
);

windowsTest(
  "a path that the system cannot open is refused, the file untouched",
  async () => {
    await using scene = await setScene();
    const tooLong = scene.path(`${"x".repeat(300)}.yaml`);
    const missing = await scene.runWith({}, "--config", tooLong);
    assertEquals(missing.code, 3, missing.stderr);
    if (!onWine) return;
    const config = await setDeep(scene, 250);
    const { code, stderr } = await scene.runWith({}, "--config", config);
    assertEquals(code, 3, stderr);
    assertStringIncludes(
      stderr,
      "cannot be saved: the system reports error 234",
    );
    assertEquals(await Deno.readTextFile(config), MINE);
  },
);
