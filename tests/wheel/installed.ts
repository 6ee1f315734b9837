/**
 * The wheels that `deno task wheel` has written, with the real program in them:
 * installed as users do, run, and taken away without a trace. Linux only, and
 * `deno task test` leaves it out: see `places.ts` for what it needs.
 *
 * @module
 */

import project from "../../deno.json" with { type: "json" };
import { assertRunsOn, platformFor } from "../../packaging/wheel_platforms.ts";
import { listModels } from "../litellm/clients.ts";
import { startProxy, VENV } from "../litellm/litellm.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "../support/assert.ts";
import { inFolder } from "../support/folder.ts";
import { runCommand } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";
import {
  assertNoKey,
  blockNames,
  FEW_NAMES,
  MINE,
  type Scene,
  setScene,
} from "../support/scene.ts";
import type { Starter } from "../support/wine.ts";
import {
  filesIn,
  FROM_DIST,
  makeVenv,
  pip,
  succeed,
  uv,
  VERSION,
  wheelFor,
} from "./places.ts";

const { tag: LINUX } = platformFor("x86_64-unknown-linux-gnu");
const { tag: WINDOWS } = platformFor("x86_64-pc-windows-msvc");

Deno.test("both wheels hold what their RECORD says, as Python reads it", async () => {
  const paths = [wheelFor(LINUX), wheelFor(WINDOWS)];
  const script = fromRepository("tests/wheel/archive.py");
  const printed = await succeed([`${VENV}/bin/python`, script, ...paths]);
  const scripts = `0o100755 litellm_discover-${VERSION}.data/scripts`;
  assertEquals(printed.trim().split("\n"), [
    `${scripts}/discover`,
    `${scripts}/discover.exe`,
  ]);
});

Deno.test("an installer for Windows takes its wheel, and has discover.exe of it", () =>
  inFolder(async (home) => {
    const target = ["--python-platform", "windows", "--target", `${home}/to`];
    await uv(home, "pip", "install", ...target, ...FROM_DIST);
    const files = await filesIn(`${home}/to`);
    assert(files.includes("bin/discover.exe"), files.join("\n"));
  }));

Deno.test("uv tool installs the program and takes it away", () =>
  inFolder(async (home) => {
    await uv(home, "tool", "install", ...FROM_DIST);
    const version = await succeed([`${home}/uv/bin/discover`, "--version"]);
    assertStringIncludes(version, `discover ${project.version} `);
    assertStringIncludes(await uv(home, "tool", "list"), "litellm-discover v");
    await uv(home, "tool", "uninstall", "litellm-discover");
    assertEquals(await filesIn(`${home}/uv/bin`), []);
    assertEquals(await filesIn(`${home}/uv/tools`), [".gitignore", ".lock"]);
  }));

Deno.test("pip puts the program beside litellm, where it runs and starts that", (t) =>
  inFolder(async (folder) => {
    const venv = await makeVenv(folder);
    const before = await filesIn(venv);
    await pip(venv, "install", ...FROM_DIST);
    await t.step("what is new is the program and what pip notes", async () => {
      const files = await filesIn(venv);
      const fresh = files.filter((path) =>
        !before.includes(path) && !path.includes(".dist-info/")
      );
      assertEquals(fresh, ["bin/discover"]);
    });
    await t.step("it tells its version", async () => {
      const version = await succeed([`${venv}/bin/discover`, "--version"]);
      assertStringIncludes(version, `discover ${project.version} `);
    });
    await t.step(
      "what its tag promises was held against the program itself",
      async () => {
        const program = await Deno.readFile(`${venv}/bin/discover`);
        const older = "manylinux_2_17_x86_64";
        assertThrows(() => assertRunsOn(older, program), Error, "needs glibc");
      },
    );
    await t.step(
      "the lines of its description do what they say",
      () => followsDescription(venv),
    );
    await t.step(
      "with the environment activated, --start starts its litellm",
      () => startsLitellm(venv),
    );
    await t.step(
      "by its path alone, --start names the litellm beside it",
      () => namesLitellm(venv),
    );
    await pip(venv, "uninstall", "--yes", "litellm-discover");
    assertEquals(await filesIn(venv), before);
  }));

/** A shell in which a user has activated the environment, and what it runs. */
function activated(venv: string, line: string): Starter {
  const script = `PATH=/usr/bin:/bin\n. "$0/bin/activate"\n${line}`;
  return { command: "/bin/sh", prefix: ["-c", script, venv] };
}

/** The lines of a shell that an index shows, of those without a proxy. */
async function followsDescription(venv: string): Promise<void> {
  const shown = (await filesIn(venv)).find((path) =>
    path.endsWith("/METADATA")
  );
  const text = await Deno.readTextFile(`${venv}/${shown}`);
  const [, block = ""] = /^```sh\n(.*?)^```$/ms.exec(text) ?? [];
  const [look = "", refresh = "", start = "", undo = ""] = block.split("\n");
  assertMatch(start, /^discover --config config\.yaml --start -- --port 4000 /);
  await using scene = await setScene();
  await inShell(scene, venv, look);
  assertEquals(await scene.read(), MINE);
  await inShell(scene, venv, refresh);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  await inShell(scene, venv, undo);
  assertEquals(await scene.read(), MINE);
}

/** Runs a line in the activated environment, with the scene's keys. */
async function inShell(
  { env, folder: cwd }: Scene,
  venv: string,
  line: string,
): Promise<void> {
  const shell = activated(venv, line);
  const { code, stdout, stderr } = await runCommand(shell, [], { env, cwd });
  assertEquals(code, 0, `${line}: ${stderr}`);
  assertNoKey(stdout + stderr, line);
}

async function startsLitellm(venv: string): Promise<void> {
  await using scene = await setScene();
  await using proxy = await startProxy({
    folder: scene.folder,
    env: scene.env,
    command: activated(venv, 'exec discover "$@"'),
  });
  assertEquals([...(await listModels(proxy)).keys()], ["my-own", ...FEW_NAMES]);
}

async function namesLitellm(venv: string): Promise<void> {
  await using scene = await setScene();
  const { env, folder: cwd } = scene;
  const program = { command: `${venv}/bin/discover`, prefix: [] };
  const args = ["-c", "config.yaml", "--start"];
  const { code, stderr } = await runCommand(program, args, { env, cwd });
  assertEquals(code, 4, stderr);
  assertStringIncludes(stderr, `${venv}/bin/litellm`);
  assertStringIncludes(stderr, `. ${venv}/bin/activate`);
}
