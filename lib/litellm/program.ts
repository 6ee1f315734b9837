/**
 * Which `litellm` would be started, and which one lies next to this program but
 * cannot be. Nothing is started here.
 *
 * @module
 */

// @ts-types="../types/std_path.d.ts"
import { dirname } from "@std/path/dirname";
// @ts-types="../types/std_path.d.ts"
import { join } from "@std/path/join";
import {
  isAbsoluteFolder,
  litellmAbove,
  litellmByName,
  litellmInFolders,
  pathFolders,
} from "./litellm.ts";
import type { Neighbour } from "./missing_hint.ts";

const isWindows = Deno.build.os === "windows";

/** The program that would be started. */
export interface Found {
  /** The name or path that it is started by. */
  readonly program: string;
  /** The file itself; nothing if only the runtime knows it. */
  readonly path?: string;
  /**
   * The entry of PATH that leads to it, if it is a relative one. The runtime
   * then refuses to start it, and does not look into the later entries.
   */
  readonly relativeEntry?: string;
}

/**
 * What `litellm` alone would start comes first, so that an activated virtual
 * environment wins; then `.venv` and `venv` in the working directory, and in
 * the folder above where that counts.
 */
export async function findProgram(
  looksAbove: boolean,
): Promise<Found | undefined> {
  const found = await findOnPath(litellmByName);
  if (found !== undefined) return found;
  for (const program of programsInFolders(looksAbove)) {
    if (await isProgram(program)) return { program, path: program };
  }
  return undefined;
}

/** The programs in virtual environments that may be started on this system. */
export function programsInFolders(looksAbove: boolean): string[] {
  return [...litellmInFolders, ...(looksAbove ? litellmAbove : [])]
    .filter((program) => program.endsWith(".exe") === isWindows);
}

async function findOnPath(name: string): Promise<Found | undefined> {
  const variable = { name: "env", variable: "PATH" } as const;
  if ((await Deno.permissions.query(variable)).state !== "granted") {
    // Deno looked the name up when it started, and grants it if it was there.
    const { state } = await Deno.permissions.query({
      name: "run",
      command: name,
    });
    return state === "granted" ? { program: name } : undefined;
  }
  const path = Deno.env.get("PATH");
  if (path === undefined) return undefined;
  const endings = isWindows ? [".exe", ".com", ".bat", ".cmd"] : [""];
  for (const folder of pathFolders(path, isWindows)) {
    const isRelative = !isAbsoluteFolder(folder, isWindows);
    for (const ending of endings) {
      const path = `${folder || "."}/${name}${ending}`;
      if (!await isProgram(path)) continue;
      const relative = isRelative && { relativeEntry: folder };
      return { program: name, path, ...relative };
    }
  }
  return undefined;
}

/** Whether it is a file that this user may run, as far as its mode says. */
export async function isProgram(path: string): Promise<boolean> {
  try {
    const { isFile, mode } = await Deno.stat(path);
    return isFile && (isWindows || mode === null || (mode & 0o111) !== 0);
  } catch {
    // Missing or out of reach: either way it cannot be started from here.
    return false;
  }
}

/**
 * The `litellm` in the folder of this program, where pip puts both. Nothing may
 * start it from there: the program is built with the names that it may run.
 * macOS names a program by the link that it was started through.
 */
export async function findNeighbour(
  ownPath: string,
): Promise<Neighbour | undefined> {
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
