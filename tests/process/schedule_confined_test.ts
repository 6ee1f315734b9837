/**
 * The example discover.service as closed as it asks for: another user, no new
 * privileges, and a system that is read-only but for one folder. The mounts are
 * real, in a namespace of each run's own. They run for root alone, with the
 * compiled program, since no other user may read the source's packages.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import {
  isCompiled,
  onLinux,
  type RunResult,
  starter,
} from "../support/program.ts";
import {
  environmentOf,
  readExample,
  run,
  setMachine,
} from "../support/scheduled.ts";
import { blockNames, FEW_NAMES, MINE, type Scene } from "../support/scene.ts";
import { commandsOf, readUnit } from "../support/unit_file.ts";

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: !canConfine, fn });
}

/**
 * Runs `$3 ...` where nothing can be written but the folder `$1`, if `$2` is "rw".
 * Only the mounts of a namespace of its own are changed: with `bind`, the file
 * system itself stays as it is.
 */
const CONFINED = `set -e
  mount --bind "$1" "$1"
  mount -o remount,bind,ro /
  mount -o "remount,bind,$2" "$1"
  shift 2
  exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs \\
    --bounding-set=-all --inh-caps=-all "$@"`;

function confine(folder: string, access: "rw" | "ro"): string[] {
  return ["unshare", "-m", "/bin/sh", "-c", CONFINED, "sh", folder, access];
}

const canConfine = isCompiled && onLinux && Deno.uid() === 0 && await works();

async function works(): Promise<boolean> {
  const folder = await Deno.makeTempDir();
  try {
    const args = [...confine(folder, "rw"), "true"];
    return (await new Deno.Command("/usr/bin/env", { args }).output()).success;
  } finally {
    await Deno.remove(folder);
  }
}

/** Runs discover.service's command with this access to the config's folder. */
async function runConfined(
  scene: Scene,
  access: "rw" | "ro",
): Promise<RunResult> {
  const unit = readUnit(await readExample(scene, "systemd/discover.service"));
  assertEquals(unit.get("ProtectSystem"), ["strict"]);
  assertEquals(unit.get("ReadWritePaths"), [scene.folder]);
  // V8 asks for a call that the filter leaves out: it would end the program.
  assertEquals(unit.get("SystemCallErrorNumber"), ["EPERM"]);
  const words = commandsOf(unit).flatMap(({ words }) => words);
  const environment = await environmentOf(unit);
  return await run([...confine(scene.folder, access), ...words], environment);
}

/** As the user `litellm` would have it, who may not read this repository. */
async function giveAway(scene: Scene): Promise<void> {
  await Deno.remove(scene.path("bin/discover"));
  await Deno.copyFile(starter().command, scene.path("bin/discover"));
  await Deno.chmod(scene.config, 0o640);
  for (const name of [".", "bin", "bin/discover", ".env", "config.yaml"]) {
    await Deno.chown(scene.path(name), 65534, 65534);
  }
}

test(
  "discover.service needs to write nothing but the config's folder",
  async () => {
    await using scene = await setMachine();
    await giveAway(scene);
    const { code, stderr } = await runConfined(scene, "rw");
    assertEquals(code, 0, stderr);
    assertEquals(blockNames(await scene.read()), FEW_NAMES);
    const { mode, uid } = await Deno.stat(scene.config);
    assertEquals([(mode ?? 0) & 0o777, uid], [0o640, 65534]);
  },
);

test(
  "discover.service fails where the config's folder is not in ReadWritePaths",
  async () => {
    await using scene = await setMachine();
    await giveAway(scene);
    const { code, stderr } = await runConfined(scene, "ro");
    assertEquals(code, 3, stderr);
    assertStringIncludes(stderr, "the file system is read-only");
    assertEquals(await scene.read(), MINE);
  },
);
