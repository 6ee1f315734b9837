/**
 * Configs that cannot be replaced in earnest: a full file system, folders and
 * files of other users, links, pipes and devices. Some need root, to mount and
 * to run the program as somebody else.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { isCompiled } from "../support/program.ts";
import { MINE, type Scene, setScene } from "../support/scene.ts";
import { leaveOut, type Round, tell, useTool } from "./stage.ts";

interface Case {
  readonly name: string;
  /** Makes it so; returns the path of the config to name. */
  readonly prepare: (scene: Scene) => Promise<string>;
  readonly code: number;
  /** Part of what is said. */
  readonly says: string;
  readonly args?: readonly string[];
  readonly asNobody?: boolean;
  /** A tool of the system. */
  readonly needs?: string;
  readonly mounts?: boolean;
  /** What the config must be like afterwards, where not the old bytes. */
  readonly check?: (scene: Scene, path: string) => Promise<void>;
}

const CASES: readonly Case[] = [
  {
    name: "a full file system of 1 MB",
    prepare: fullFileSystem,
    mounts: true,
    code: 3,
    says: "no space left",
  },
  {
    name: "a folder that takes no new file",
    prepare: (scene) => withModes(scene, 0o555, 0o666),
    asNobody: true,
    code: 3,
    says: "permission denied",
  },
  {
    name: "a file that another user alone may write",
    prepare: (scene) => withModes(scene, 0o777, 0o644),
    asNobody: true,
    code: 3,
    says: "not writable",
  },
  {
    name: "a file of another user that anybody may write",
    prepare: (scene) => withModes(scene, 0o777, 0o666),
    asNobody: true,
    code: 3,
    says: "its owner or group would change",
  },
  {
    name: "a file of another user that anybody may write, in place",
    prepare: (scene) => withModes(scene, 0o777, 0o666),
    args: ["--in-place"],
    asNobody: true,
    code: 0,
    says: "Added the block",
    check: async (scene, path) => {
      const { uid, mode } = await Deno.stat(path);
      assertEquals([uid, (mode ?? 0) & 0o777], [0, 0o666]);
      assert((await scene.read()).includes("claude-fallback"));
      const backup = await Deno.stat(`${path}.bak`);
      assertEquals([backup.uid, (backup.mode ?? 0) & 0o777], [65534, 0o600]);
    },
  },
  {
    name: "a file that is mounted by itself",
    prepare: mountedFile,
    mounts: true,
    code: 3,
    says: "mounted as a single file",
    check: async (scene) => {
      assertEquals(await scene.read(), MINE);
      assertEquals(await scene.names(), ["config.yaml", "real.yaml"]);
    },
  },
  {
    name: "a file that is mounted by itself, in place",
    prepare: mountedFile,
    args: ["--in-place"],
    mounts: true,
    code: 0,
    says: "Added the block",
    check: async (scene) => {
      assert((await scene.read("real.yaml")).includes("claude-fallback"));
      assertEquals(await scene.read("config.yaml.bak"), MINE);
    },
  },
  {
    name: "a full file system of 1 MB, in place",
    prepare: fullFileSystem,
    args: ["--in-place"],
    mounts: true,
    code: 3,
    says: "no space left",
  },
  {
    name: "a file with an access list, in place",
    prepare: async (scene) => {
      await Deno.chmod(scene.config, 0o600);
      await useTool("setfacl", ["-m", "u:1234:r", scene.config]);
      return scene.config;
    },
    args: ["--in-place"],
    needs: "setfacl",
    code: 0,
    says: "Added the block",
    check: async (scene, path) => {
      const list = await new Deno.Command("getfacl", {
        args: ["-cE", path, `${path}.bak`],
      }).output();
      const entries = new TextDecoder().decode(list.stdout).trim().split("\n");
      assertEquals(entries.filter((line) => line !== ""), [
        ...["user::rw-", "user:1234:r--", "group::---", "mask::r--"],
        ...["other::---", "user::rw-", "group::---", "other::---"],
      ]);
      assert((await scene.read()).includes("claude-fallback"));
    },
  },
  {
    name: "a file that nobody may write",
    prepare: (scene) => withModes(scene, 0o755, 0o444),
    code: 3,
    says: "read-only",
  },
  {
    name: "a symbolic link",
    prepare: async (scene) => {
      await Deno.rename(scene.config, scene.path("real.yaml"));
      await Deno.symlink("real.yaml", scene.config);
      return scene.config;
    },
    code: 0,
    says: "Added the block",
    check: async (scene, path) => {
      assertEquals(await Deno.readLink(path), "real.yaml");
      assert((await scene.read("real.yaml")).includes("claude-fallback"));
    },
  },
  {
    name: "a dangling link",
    prepare: async (scene) => {
      await Deno.symlink("nowhere.yaml", scene.path("link.yaml"));
      return scene.path("link.yaml");
    },
    code: 3,
    says: "a symbolic link to a file that does not exist",
    check: async (scene) => {
      assertEquals(await scene.names(), ["config.yaml", "link.yaml"]);
    },
  },
  {
    name: "a hard link",
    prepare: async (scene) => {
      await Deno.link(scene.config, scene.path("other.yaml"));
      return scene.config;
    },
    code: 0,
    says: "hard link",
    check: async (scene) => {
      assertEquals(await scene.read("other.yaml"), MINE);
    },
  },
  {
    name: "a hard link, in place",
    prepare: async (scene) => {
      await Deno.link(scene.config, scene.path("other.yaml"));
      return scene.config;
    },
    args: ["--in-place"],
    code: 0,
    says: "Added the block",
    check: async (scene) => {
      assertEquals(await scene.read("other.yaml"), await scene.read());
      assertEquals(await scene.read("config.yaml.bak"), MINE);
    },
  },
  {
    name: "a pipe",
    prepare: async (scene) => {
      await useTool("mkfifo", [scene.path("pipe.yaml")]);
      return scene.path("pipe.yaml");
    },
    code: 3,
    says: "not a regular file",
    check: () => Promise.resolve(),
  },
  {
    name: "/dev/null",
    prepare: () => Promise.resolve("/dev/null"),
    code: 3,
    says: "not a regular file",
    check: async () => {
      assert((await Deno.stat("/dev/null")).isCharDevice);
    },
  },
];

/** Every case once: nothing in them is left to chance. */
export async function realFiles(_round: Round): Promise<void> {
  let tried = 0;
  for (const one of CASES) {
    const missing = await missingFor(one);
    if (missing === undefined) {
      await tryCase(one);
      tried++;
    } else leaveOut(one.name, missing);
  }
  tell(`  ${tried} kinds of file, each as it must be afterwards, damaged 0`);
}

/** To mount, and to be somebody else, one must be root. */
async function missingFor(
  { asNobody, mounts, needs }: Case,
): Promise<string | undefined> {
  if (needs !== undefined) {
    const isThere = await useTool(needs, ["--version"])
      .then(() => true, () => false);
    if (!isThere) return needs;
  }
  if ((asNobody || mounts) && Deno.uid() !== 0) return "root";
  // Deno itself may lie in a folder that is closed to others.
  return asNobody && !isCompiled ? "DISCOVER_PROGRAM" : undefined;
}

async function tryCase(one: Case): Promise<void> {
  await using scene = await setScene();
  const path = await one.prepare(scene);
  try {
    const args = ["--config", path, ...one.args ?? []];
    const { code, stderr } = await run(scene, args, one.asNobody ?? false);
    assertEquals(code, one.code, stderr);
    assert(stderr.replace(/\s+/g, " ").includes(one.says), stderr);
    if (one.check) await one.check(scene, path);
    else assertEquals(await Deno.readTextFile(path), MINE);
  } catch (error) {
    throw new Error(one.name, { cause: error });
  } finally {
    if (path.startsWith(`${scene.folder}/full/`)) {
      await useTool("umount", [scene.path("full")]);
    }
    if (one.prepare === mountedFile) await useTool("umount", [path]);
  }
}

async function run(
  scene: Scene,
  args: readonly string[],
  asNobody: boolean,
): Promise<{ code: number; stderr: string }> {
  if (!asNobody) return await scene.runWith({ timeoutMs: 5000 }, ...args);
  // The checkout may lie in a folder that is closed to others.
  const open = await Deno.makeTempDir();
  try {
    await Deno.chmod(open, 0o755);
    const program = `${open}/discover`;
    await Deno.copyFile(Deno.env.get("DISCOVER_PROGRAM") ?? "", program);
    return await runAsNobody(scene, [program, ...args]);
  } finally {
    await Deno.remove(open, { recursive: true });
  }
}

async function runAsNobody(
  { env }: Scene,
  command: readonly string[],
): Promise<{ code: number; stderr: string }> {
  const id = 65534;
  const output = await new Deno.Command("setpriv", {
    args: [`--reuid=${id}`, `--regid=${id}`, "--clear-groups", ...command],
    clearEnv: true,
    env: { ...env, PATH: "/usr/bin" },
    cwd: "/",
  }).output();
  return { ...output, stderr: new TextDecoder().decode(output.stderr) };
}

async function withModes(
  { folder, config }: Scene,
  ofFolder: number,
  ofFile: number,
): Promise<string> {
  await Deno.chmod(config, ofFile);
  await Deno.chmod(folder, ofFolder);
  return config;
}

async function mountedFile(scene: Scene): Promise<string> {
  await scene.write(MINE, "real.yaml");
  await useTool("mount", ["--bind", scene.path("real.yaml"), scene.config]);
  return scene.config;
}

async function fullFileSystem(scene: Scene): Promise<string> {
  const folder = scene.path("full");
  await Deno.mkdir(folder);
  await useTool("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]);
  await Deno.writeTextFile(`${folder}/config.yaml`, MINE);
  await Deno.writeFile(`${folder}/filler`, new Uint8Array(2 ** 21))
    .catch(() => {
      // As much of it as there is room for.
    });
  return `${folder}/config.yaml`;
}
