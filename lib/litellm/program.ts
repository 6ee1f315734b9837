/**
 * Which `litellm` would be started. Nothing is started here.
 *
 * @module
 */

import {
  isAbsoluteFolder,
  litellmAbove,
  litellmByName,
  litellmInFolders,
  pathFolders,
} from "./litellm.ts";

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
  if (!await isGranted({ name: "env", variable: "PATH" })) {
    // Deno looked the name up when it started, and grants it if it was there.
    const isThere = await isGranted({ name: "run", command: name });
    return isThere ? { program: name } : undefined;
  }
  const path = Deno.env.get("PATH");
  if (path === undefined) return undefined;
  const endings = isWindows ? [".exe", ".com", ".bat", ".cmd"] : [""];
  for (const folder of pathFolders(path, isWindows)) {
    const isRelative = !isAbsoluteFolder(folder, isWindows);
    for (const ending of endings) {
      const file = `${folder || "."}/${name}${ending}`;
      if (!await isProgram(file)) continue;
      const relative = isRelative && { relativeEntry: folder };
      return { program: name, path: file, ...relative };
    }
  }
  return undefined;
}

async function isGranted(what: Deno.PermissionDescriptor): Promise<boolean> {
  return (await Deno.permissions.query(what)).state === "granted";
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
