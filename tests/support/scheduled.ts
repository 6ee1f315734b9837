/**
 * A machine on which the examples for systemd, cron and launchd are set up:
 * their folders are the scene's, `discover` is the program under test, and
 * `litellm` writes down how it was started, and with which config.
 *
 * @module
 */

import { denoVariables, runCommand, type RunResult } from "./program.ts";
import { fromRepository } from "./repository.ts";
import {
  assertNoKey,
  FEW_MODELS,
  MINE,
  type Scene,
  setScene,
} from "./scene.ts";
import { writeDiscover, writeScript } from "./scripts.ts";
import type { Cast } from "./stand_in_providers.ts";
import { readAssignments, type Unit } from "./unit_file.ts";

/** A machine as docs/schedule.md sets it up: the keys are in `.env` alone. */
export async function setMachine(
  config: string = MINE,
  cast: Cast = FEW_MODELS,
): Promise<Scene> {
  const scene = await setScene(config, cast);
  const lines = Object.entries(scene.env).map(([name, key]) =>
    `${name}=${key}`
  );
  await scene.write(`# Keys\n${lines.join("\n")}\n`, ".env");
  await Deno.mkdir(scene.path("bin"));
  await writeDiscover(scene.path("bin/discover"));
  await writeScript(
    scene.path("bin/litellm"),
    `cd '${scene.folder}' && echo "$*" >started && cp config.yaml seen.yaml`,
  );
  return scene;
}

/** An example, with its folders moved to the scene. */
export async function readExample(
  { folder }: Scene,
  name: string,
): Promise<string> {
  const text = await Deno.readTextFile(fromRepository(`examples/${name}`));
  return text.replaceAll(/\/opt\/litellm\b/g, folder)
    .replaceAll("/Users/me/litellm/discover<", `${folder}/bin/discover<`)
    .replaceAll(/\/(?:srv|Users\/me)\/litellm\b/g, folder);
}

/** Runs a command with this environment; no key may be in its output. */
export async function run(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<RunResult> {
  const starter = { command: "/usr/bin/env", prefix: [] };
  const result = await runCommand(starter, words, {
    env: { ...denoVariables(), ...env },
    cwd: "/",
  });
  assertNoKey(result.stdout + result.stderr, "the output");
  return result;
}

/** What systemd gives each command of a unit. */
export async function environmentOf(
  unit: Unit,
): Promise<Readonly<Record<string, string>>> {
  const [path = ""] = unit.get("EnvironmentFile") ?? [];
  return {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    ...readAssignments((unit.get("Environment") ?? []).join("\n")),
    ...readAssignments(await Deno.readTextFile(path)),
  };
}
