/**
 * Writes wheels into `dist/`, so that `pip`, `uv tool` and `pipx` install the
 * program; that of LiteLLM's own environment puts it beside `litellm`.
 *
 * usage: deno run -A packaging/wheel.ts [--programs FOLDER] [TARGET...]
 *
 * Without a TARGET it writes the wheels of all. `--programs` names a folder with
 * programs that are built already, under the names of `RELEASE_FILES`: a release
 * packs the files that it has tested. Without, it builds them first. Their
 * licenses are also in `dist/licenses/`, for those who hand on the programs.
 *
 * @module
 */

import project from "../deno.json" with { type: "json" };
import { build, programsFor, RELEASE_FILES, ROOT } from "./build.ts";
import { embeddedPackages, thirdPartyText } from "./third_party.ts";
import { makeWheel } from "./wheel_archive.ts";

/** Which wheels are asked for, and of what. */
interface WheelRequest {
  readonly targets: readonly string[];
  /** Where the programs are; nothing: they are built. */
  readonly folder: string | undefined;
}

function parseArguments(args: readonly string[]): WheelRequest {
  const [flag, folder, ...rest] = args;
  if (flag !== "--programs") {
    return { targets: namedOrAll(args), folder: undefined };
  }
  if (folder !== undefined) return { targets: namedOrAll(rest), folder };
  throw new Error("usage: wheel.ts [--programs FOLDER] [TARGET...]");
}

function namedOrAll(targets: readonly string[]): readonly string[] {
  return targets.length > 0 ? targets : Object.keys(RELEASE_FILES);
}

async function writeWheels({ targets, folder }: WheelRequest): Promise<void> {
  const programs = programsFor(targets);
  if (folder === undefined) await build(targets);
  const licenses = await writeLicenses();
  for (const [target, name] of programs) {
    const path = folder === undefined ? inDist(name) : `${folder}/${name}`;
    const program = await Deno.readFile(path);
    const content = { facts: project, target, program, licenses };
    const { file, bytes } = await makeWheel(content);
    await Deno.writeFile(inDist(file), bytes);
    Deno.stdout.writeSync(new TextEncoder().encode(`dist/${file}\n`));
  }
}

/** Writes the licenses, which all programs share; by the names of their files. */
async function writeLicenses(): Promise<Readonly<Record<string, string>>> {
  const licenses = {
    LICENSE: await Deno.readTextFile(new URL("LICENSE", ROOT)),
    "THIRD-PARTY.md": thirdPartyText(await embeddedPackages()),
  };
  await Deno.mkdir(inDist("licenses"), { recursive: true });
  for (const [name, text] of Object.entries(licenses)) {
    await Deno.writeTextFile(inDist(`licenses/${name}`), text);
  }
  return licenses;
}

function inDist(name: string): URL {
  return new URL(`dist/${name}`, ROOT);
}

if (import.meta.main) await writeWheels(parseArguments(Deno.args));
