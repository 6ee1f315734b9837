/**
 * The compiled program in LiteLLM's own environment, where pip puts it, called
 * by its path: the hint leads to the `litellm` next to it.
 *
 * @module
 */
import { assert, assertEquals } from "../support/assert.ts";
import {
  isCompiled,
  onWindows,
  runCommand,
  type RunResult,
  starter,
  throughWine,
} from "../support/program.ts";
import { type Scene, setScene } from "../support/scene.ts";
import { installShell } from "../support/windows.ts";
import { underWine } from "../support/wine.ts";

/** Puts the program under test into a folder; returns its path. */
async function installProgram(folder: string): Promise<string> {
  const { command, prefix } = starter();
  const program = prefix.at(-1) ?? command;
  const path = `${folder}/${onWindows ? "discover.exe" : "discover"}`;
  // The folder may be on another disk.
  await Deno.link(program, path).catch(() => Deno.copyFile(program, path));
  return path;
}

/** Runs it with `--start`, on the scene's config. */
async function start(scene: Scene, program: string): Promise<RunResult> {
  const command = throughWine
    ? underWine(program)
    : { command: program, prefix: [] };
  const { env, folder: cwd } = scene;
  return await runCommand(command, START, { env, cwd });
}

const START = ["-c", "config.yaml", "--start", "--", "/c", "exit", "7"];

/** The lines of the hint below the last error, without their indent. */
function hintOf({ code, stderr }: RunResult): string[] {
  assertEquals(code, 4, stderr);
  const [, hint = ""] = /^ *hint: (.*)/ms.exec(stderr) ?? [];
  return hint.trimEnd().split(/\r?\n/).map((line) => line.trim());
}

async function hasPython(): Promise<boolean> {
  try {
    const args = ["-c", "import venv"];
    return (await new Deno.Command("python3", { args }).output()).success;
  } catch {
    return false;
  }
}

Deno.test({
  name:
    "called by its path or through a link, the program names the lines after which --start finds LiteLLM",
  ignore: !isCompiled || onWindows || !await hasPython(),
  fn: async () => {
    await using scene = await setScene();
    const venv = scene.path("LiteLLM's own");
    const args = ["-m", "venv", "--without-pip", venv];
    const made = await new Deno.Command("python3", { args }).output();
    assert(made.success, new TextDecoder().decode(made.stderr));
    const litellm = `${venv}/bin/litellm`;
    await Deno.writeTextFile(litellm, "#!/bin/sh\nexit 7\n", { mode: 0o755 });
    const program = await installProgram(`${venv}/bin`);
    const link = scene.path("discover");
    await Deno.symlink(program, link);
    const hint = hintOf(await start(scene, program));
    const lead = `LiteLLM is next to discover, but not on PATH: ${litellm}`;
    assertEquals(hint[0], lead);
    assertEquals(hintOf(await start(scene, link)), hint);
    const [, , activate = "", , onPath = ""] = hint;
    for (const line of [activate, onPath]) {
      const script = `${line}\nexec discover "$@"`;
      const sh = { command: "/bin/sh", prefix: ["-c", script, "sh"] };
      const { env, folder: cwd } = scene;
      const { code, stderr } = await runCommand(sh, START, { env, cwd });
      assertEquals(code, 7, stderr);
    }
  },
});

Deno.test({
  name: "on Windows the lines are PowerShell's",
  ignore: !isCompiled || !onWindows,
  fn: async () => {
    await using scene = await setScene();
    const folder = scene.path("LiteLLM's own");
    const seen = await installShell(folder, "litellm.exe");
    const program = await installProgram(folder);
    const lead =
      `LiteLLM is next to discover, but not on PATH: ${seen}\\litellm.exe`;
    const quoted = seen.replace("'", "''");
    const onPath = `$env:PATH = '${quoted};' + $env:PATH`;
    assertEquals(hintOf(await start(scene, program)), [
      ...[lead, "put its folder on PATH:", onPath],
    ]);
    await Deno.writeTextFile(`${folder}/Activate.ps1`, "");
    assertEquals(hintOf(await start(scene, program)).slice(2), [
      `& '${quoted}\\Activate.ps1'`,
      "or, in a script or a service, put its folder on PATH:",
      onPath,
    ]);
  },
});
