/**
 * The `litellm` that lies next to this program and cannot be started from there.
 *
 * @module
 */

// @ts-types="../types/std_path.d.ts"
import { dirname } from "@std/path/dirname";
// @ts-types="../types/std_path.d.ts"
import { join } from "@std/path/join";
import { isProgram } from "./program.ts";

/** A `litellm` next to this program. */
export interface Neighbor {
  readonly program: string;
  /** Both of them are in it. */
  readonly folder: string;
  /** What activates the virtual environment, if the folder is part of one. */
  readonly script?: string;
}

const isWindows = Deno.build.os === "windows";

/**
 * The `litellm` in the folder of this program, where pip puts both. Nothing may
 * start it from there: the program is built with the names that it may run.
 * macOS names a program by the link that it was started through. Never rejects.
 */
export async function findNeighbor(
  ownPath: string,
): Promise<Neighbor | undefined> {
  const realPath = await Deno.realPath(ownPath).catch(() => ownPath);
  for (const folder of [dirname(ownPath), dirname(realPath)]) {
    const program = join(folder, isWindows ? "litellm.exe" : "litellm");
    if (!await isProgram(program)) continue;
    const script = join(folder, isWindows ? "Activate.ps1" : "activate");
    const hasScript = await Deno.stat(script).then(() => true, () => false);
    return { program, folder, ...(hasScript && { script }) };
  }
  return undefined;
}
