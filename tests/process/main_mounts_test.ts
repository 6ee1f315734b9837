/**
 * A config that is mounted as a single file, as by `docker run -v
 * ./config.yaml:/app/config.yaml`. The mounts are real, in a namespace of each
 * run's own; skipped where the system lets nobody have one.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { canMount, UNSHARE } from "../support/mounts.ts";
import { runCommand, type RunResult, starter } from "../support/program.ts";
import {
  assertRefused,
  blockNames,
  FEW_NAMES,
  MINE,
  type Scene,
  setScene,
} from "../support/scene.ts";

/** Makes `config.yaml` a mount of a file that is elsewhere, by its name here. */
const MOUNTS = {
  "the same file system": `mount --bind host/config.yaml config.yaml`,
  "another file system": `mount -t tmpfs tmpfs host
    cp before.yaml host/config.yaml
    mount --bind host/config.yaml config.yaml`,
} as const;

/** A scene with the file that is to be mounted, in the folder of the "host". */
async function setMountScene(): Promise<Scene> {
  const scene = await setScene();
  await Deno.mkdir(scene.path("host"));
  await scene.write(MINE, "host/config.yaml");
  await scene.write(MINE, "before.yaml");
  await scene.write("", "config.yaml");
  return scene;
}

const SYSTEM_PATH = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";

/** Runs the program behind a mount; what the mount shows then is `after.yaml`. */
async function runMounted(
  { folder, env }: Scene,
  mount: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  const { command, prefix } = starter();
  const script = `set -e
    (${SYSTEM_PATH}; ${mount})
    code=0
    "$@" || code=$?
    (${SYSTEM_PATH}; cat config.yaml >after.yaml)
    exit $code`;
  const unshare = {
    command: "/usr/bin/unshare",
    prefix: [...UNSHARE, "/bin/sh", "-c", script, "sh"],
  };
  const whole = [command, ...prefix, "--config", "config.yaml", ...args];
  return await runCommand(unshare, whole, {
    env: { ...env, ...more },
    cwd: folder,
  });
}

const ignore = !await canMount();

/** What is there before a run, and `after.yaml`. */
const NAMES = ["after.yaml", "before.yaml", "config.yaml", "host"];

for (const [where, mount] of Object.entries(MOUNTS)) {
  Deno.test({
    name:
      `a config mounted as a single file from ${where} is refused, and nothing is left`,
    ignore,
    fn: async () => {
      await using scene = await setMountScene();
      const result = await runMounted(scene, mount, []);
      assertRefused(result, {
        code: 3,
        text: "cannot be saved: mounted as a single file",
        hint: "mount its folder instead, such as -v ./litellm:/config, " +
          "or use --in-place or --output",
      });
      assertEquals(await scene.read("after.yaml"), MINE);
      assertEquals(await scene.names(), NAMES);
    },
  });

  Deno.test({
    name: `--in-place writes a config mounted as a single file from ${where}`,
    ignore,
    fn: async () => {
      await using scene = await setMountScene();
      const { code, stderr } = await runMounted(scene, mount, ["--in-place"]);
      assertEquals(code, 0, stderr);
      assertEquals(blockNames(await scene.read("after.yaml")), FEW_NAMES);
      assertEquals(await scene.read("config.yaml.bak"), MINE);
    },
  });

  Deno.test({
    name: `--undo of a config mounted as a single file from ${where}`,
    ignore,
    fn: async () => {
      await using scene = await setMountScene();
      await runMounted(scene, mount, ["--in-place"]);
      const refreshed = await scene.read("after.yaml");
      await scene.write(refreshed, "before.yaml");
      await scene.write(refreshed, "host/config.yaml");
      const refused = await runMounted(scene, mount, ["--undo"]);
      assertRefused(refused, { code: 3, text: "mounted as a single file" });
      assertEquals(await scene.read("after.yaml"), refreshed);
      assertEquals(await scene.read("config.yaml.bak"), MINE);
      const args = ["--undo", "--in-place"];
      const { code, stderr } = await runMounted(scene, mount, args);
      assertEquals(code, 0, stderr);
      assertEquals(await scene.read("after.yaml"), MINE);
      assertEquals(await scene.read("config.yaml.bak"), refreshed);
    },
  });

  Deno.test({
    name: `--output reads a config mounted as a single file from ${where}`,
    ignore,
    fn: async () => {
      await using scene = await setMountScene();
      const args = ["--output", "out.yaml"];
      const { code, stderr } = await runMounted(scene, mount, args);
      assertEquals(code, 0, stderr);
      assertEquals(blockNames(await scene.read("out.yaml")), FEW_NAMES);
      assertEquals(await scene.read("after.yaml"), MINE);
    },
  });
}

Deno.test({
  name: "a run that has nothing to write does not mind the mount",
  ignore,
  fn: async () => {
    await using scene = await setMountScene();
    const mount = MOUNTS["the same file system"];
    await runMounted(scene, mount, ["--in-place"]);
    const before = await scene.read("after.yaml");
    const { code, stderr } = await runMounted(scene, mount, []);
    assertEquals(code, 0, stderr);
    assertEquals(await scene.read("after.yaml"), before);
  },
});

Deno.test({
  name:
    "a symbolic link to a file that is mounted by itself is refused like the file",
  ignore,
  fn: async () => {
    await using scene = await setMountScene();
    await Deno.symlink("config.yaml", scene.path("link.yaml"));
    const mount = MOUNTS["the same file system"];
    const result = await runMounted(scene, mount, ["--config", "link.yaml"]);
    assertRefused(result, { code: 3, text: "mounted as a single file" });
    assertEquals(await scene.names(), [...NAMES, "link.yaml"]);
  },
});

Deno.test({
  name: "a mounted folder is no obstacle",
  ignore,
  fn: async () => {
    await using scene = await setMountScene();
    await Deno.mkdir(scene.path("config"));
    const mount = "mount --bind host config";
    const args = ["--config", "config/config.yaml"];
    const { code, stderr } = await runMounted(scene, mount, args);
    assertEquals(code, 0, stderr);
    assertEquals(blockNames(await scene.read("host/config.yaml")), FEW_NAMES);
  },
});

Deno.test({
  name:
    "--start starts LiteLLM with a config that is mounted as a single file, as it is",
  ignore,
  fn: async () => {
    await using scene = await setMountScene();
    const bin = scene.path("bin");
    await Deno.mkdir(bin);
    const litellm = `#!/bin/sh\n${SYSTEM_PATH}\ncat "$2"\n`;
    await Deno.writeTextFile(`${bin}/litellm`, litellm, { mode: 0o755 });
    const mount = MOUNTS["the same file system"];
    const env = { PATH: bin };
    const { code, stdout, stderr } = await runMounted(
      scene,
      mount,
      ["--start"],
      env,
    );
    assertEquals(code, 0, stderr);
    assertEquals(stdout, MINE);
    assertStringIncludes(stderr, "mounted as a single file");
    assertStringIncludes(
      stderr.replace(/\s+/g, " "),
      "starting LiteLLM anyway",
    );
    assert(!(await scene.names()).includes("config.yaml.bak"));
  },
});
