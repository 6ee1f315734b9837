/**
 * Finds the LiteLLM that would be started on the disk: its release, and its
 * list of models. Nothing is started for that, and no folder is searched: each
 * place follows from where the program is, or from the Python that it names.
 *
 * @module
 */

// @ts-types="../types/std_path.d.ts"
import { dirname } from "@std/path/dirname";
// @ts-types="../types/std_path.d.ts"
import { join } from "@std/path/join";
import { type CostMap, parseCostMap } from "./cost_map.ts";
import { interpreterIn } from "./interpreter.ts";
import { isAbsoluteFolder } from "./litellm.ts";
import { findNeighbor } from "./neighbor.ts";
import { findProgram, type Found } from "./program.ts";

/** The LiteLLM that belongs to this program. */
export interface Installation {
  /** The program, as it was found. */
  readonly program: string;
  /** "1.108.7"; nothing if it is not to be seen. */
  readonly release: string | undefined;
  /** Its list of models; nothing if it is not where it should be. */
  readonly costMapPath: string | undefined;
}

/** What `readCostMap` found. */
export type CostMapReading =
  | { readonly kind: "read"; readonly map: CostMap }
  | { readonly kind: "absent" }
  | { readonly kind: "damaged"; readonly path: string };

/** The same, and what its list of models says. */
export interface Inspection extends Installation {
  readonly costMap: CostMapReading;
}

type Contents = Omit<Installation, "program">;

const isWindows = Deno.build.os === "windows";
const listName = "model_prices_and_context_window_backup.json";
/** Launchers have some 50 to 200 KB, scripts a few hundred bytes. */
const largestProgramBytes = 4_000_000;
const largestListBytes = 32_000_000;

/** Finds it and reads its list; nothing if there is none. Never rejects. */
export async function inspectLitellm(
  looksAbove: boolean,
  ownPath: string,
): Promise<Inspection | undefined> {
  const found = await findInstallation(looksAbove, ownPath);
  return found && { ...found, costMap: await readCostMap(found) };
}

/**
 * The LiteLLM that would be started, else the one next to this program, which
 * only needs its environment activated; nothing if there is neither. Never
 * rejects.
 */
export async function findInstallation(
  looksAbove: boolean,
  ownPath: string,
): Promise<Installation | undefined> {
  const found: Found | undefined = await findProgram(looksAbove) ??
    await findNeighbor(ownPath);
  return found && await installationOf(found.path ?? found.program);
}

/** What belongs to a program, which is a path. Never rejects. */
export async function installationOf(program: string): Promise<Installation> {
  const contents = await contentsOf(program);
  const nothing = { release: undefined, costMapPath: undefined };
  return { program, ...(contents ?? nothing) };
}

/** The list of models of an installation. Never rejects. */
export async function readCostMap(
  { costMapPath }: Pick<Installation, "costMapPath">,
): Promise<CostMapReading> {
  if (costMapPath === undefined) return { kind: "absent" };
  const bytes = await readSmall(costMapPath, largestListBytes);
  const map = bytes && parseCostMap(new TextDecoder().decode(bytes));
  return map ? { kind: "read", map } : { kind: "damaged", path: costMapPath };
}

async function contentsOf(program: string): Promise<Contents | undefined> {
  const path = await realPath(program) ?? program;
  const python = await pythonOf(path);
  const version = python && /python(3\.\d+)/i.exec(
    (await realPath(python) ?? python).replace(/^.*[\\/]/s, ""),
  )?.[1];
  for (const folder of await programFolders(path, python)) {
    for (const packages of await packageFolders(folder, version)) {
      const contents = await contentsIn(packages);
      if (contents !== undefined) return contents;
    }
  }
  return undefined;
}

/**
 * The Python that the program names. Python's install manager for Windows has
 * the same launcher for all, and its Python in a file next to it.
 */
async function pythonOf(program: string): Promise<string | undefined> {
  const beside = await readSmall(`${program}.__target__`, largestProgramBytes);
  const bytes = await readSmall(program, largestProgramBytes);
  const named = beside
    ? new TextDecoder().decode(beside).trim()
    : bytes && interpreterIn(bytes);
  if (!named) return undefined;
  const isAbsolute = isAbsoluteFolder(named, isWindows);
  return isAbsolute ? named : join(dirname(program), named);
}

/**
 * The folders of programs from which the packages follow, in Python's order:
 * what a user installed (`pip install --user`) comes before the system's, and
 * a virtual environment has only its own. The link that leads from its Python
 * to the system's is not followed, since Python does not do so either.
 */
async function programFolders(
  program: string,
  python: string | undefined,
): Promise<string[]> {
  const own = dirname(program);
  if (python === undefined) return [own];
  const folder = dirname(python);
  const files = [`${folder}/../pyvenv.cfg`, `${folder}/pyvenv.cfg`];
  const isVirtual = (await Promise.all(files.map(isFile))).includes(true);
  return isVirtual ? [folder, own] : [own, folder];
}

/** Where packages are, for a folder of programs. */
async function packageFolders(
  folder: string,
  version: string | undefined,
): Promise<string[]> {
  const places = [];
  for (const lib of [join(folder, "../lib"), join(folder, "../lib64")]) {
    for (const python of pythonFolders(await namesIn(lib), version)) {
      places.push(`${lib}/${python}/site-packages`);
      places.push(`${lib}/${python}/dist-packages`);
    }
  }
  // On Windows: a virtual environment or `Scripts`, a Python itself, and
  // `Python312\Scripts` of a user.
  const windows = ["../Lib/site-packages", "Lib/site-packages"];
  return [
    ...places,
    ...[...windows, "../site-packages"].map((place) => join(folder, place)),
  ];
}

/**
 * The folders of one version where it is known, else the newest first. Debian
 * has one for all versions (`python3`), as have users of macOS (`python`).
 */
function pythonFolders(
  names: readonly string[],
  version: string | undefined,
): string[] {
  return names.flatMap((name) => {
    // Python without its global lock is `python3.14t`.
    const [found, minor] = /^python(?:3(?:\.(\d+)t?)?)?$/.exec(name) ?? [];
    const fits = !minor || !version || version === `3.${minor}`;
    return found && fits ? [{ name, minor: Number(minor ?? 0) }] : [];
  }).toSorted((a, b) => b.minor - a.minor).map(({ name }) => name);
}

async function contentsIn(packages: string): Promise<Contents | undefined> {
  const releases = (await namesIn(packages)).flatMap((name) =>
    /^litellm-([0-9][^-]*)\.dist-info$/.exec(name)?.[1] ?? []
  );
  const path = join(packages, "litellm", listName);
  const costMapPath = await isFile(path) ? path : undefined;
  if (costMapPath === undefined && releases.length === 0) return undefined;
  // An update that was cut off leaves two: then neither is sure.
  return { release: releases[1] ? undefined : releases[0], costMapPath };
}

async function readSmall(
  path: string,
  largestBytes: number,
): Promise<Uint8Array | undefined> {
  try {
    const { isFile, size } = await Deno.stat(path);
    return isFile && size <= largestBytes
      ? await Deno.readFile(path)
      : undefined;
  } catch {
    return undefined;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  } catch {
    return [];
  }
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isFile, () => false);
}

async function realPath(path: string): Promise<string | undefined> {
  return await Deno.realPath(path).catch(() => undefined);
}
