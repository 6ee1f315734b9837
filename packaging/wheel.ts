/**
 * Writes wheels into `dist/`, so that `pip`, `uv tool` and `pipx` install the
 * program; that of LiteLLM's own environment puts it beside `litellm`.
 *
 * usage: deno run -A packaging/wheel.ts [--programs FOLDER] [TARGET...]
 *
 * Without a TARGET it writes the wheels of all. `--programs` names a folder with
 * programs that are built already, under the names of `RELEASE_FILES`: a release
 * packs the files that it has tested. Without, it builds them first.
 *
 * @module
 */

import project from "../deno.json" with { type: "json" };
import { build, RELEASE_FILES, ROOT } from "./build.ts";
import { embeddedPackages, thirdPartyText } from "./third_party.ts";
import { makeWheel } from "./wheel_archive.ts";

/** Where the programs are, and which. */
interface WheelRequest {
  /** Nothing: they are built. */
  readonly programs: string | undefined;
  readonly targets: readonly string[];
}

function parse(args: readonly string[]): WheelRequest {
  const [first, folder, ...rest] = args;
  const isBuilt = first === "--programs";
  if (isBuilt && folder === undefined) {
    throw new Error("usage: wheel.ts [--programs FOLDER] [TARGET...]");
  }
  const targets = isBuilt ? rest : args;
  return {
    programs: isBuilt ? folder : undefined,
    targets: targets.length > 0 ? targets : Object.keys(RELEASE_FILES),
  };
}

async function writeWheels({ programs, targets }: WheelRequest): Promise<void> {
  if (programs === undefined) await build(targets);
  const dist = new URL("dist/", ROOT);
  const licenses = {
    LICENSE: await Deno.readTextFile(new URL("LICENSE", ROOT)),
    "THIRD-PARTY.md": thirdPartyText(await embeddedPackages()),
  };
  await Deno.mkdir(dist, { recursive: true });
  for (const target of targets) {
    const name = RELEASE_FILES[target] ?? target;
    const path = programs === undefined
      ? new URL(name, dist)
      : `${programs}/${name}`;
    const program = await Deno.readFile(path);
    const { file, bytes } = await makeWheel({
      facts: project,
      target,
      program,
      licenses,
    });
    await Deno.writeFile(new URL(file, dist), bytes);
    Deno.stdout.writeSync(new TextEncoder().encode(`dist/${file}\n`));
  }
}

if (import.meta.main) await writeWheels(parse(Deno.args));
