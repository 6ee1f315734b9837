/**
 * Whether two paths lead to one file, or would once it is made, and which names
 * next to a config are copies that a run keeps. Changes nothing.
 *
 * @module
 */
import { isTemporaryOf, splitPath } from "./replace.ts";

/** As many links in a row as Linux follows. */
const MAX_LINKS = 40;

/** Whether two paths lead to one file; there need not be one yet. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  if (await placeOf(one) === await placeOf(other)) return true;
  const [first, second] = await Promise.all([factsOf(one), factsOf(other)]);
  // A hard link. Some file systems of Windows have no such number.
  return first !== undefined && first.ino !== null && first.ino !== 0 &&
    first.ino === second?.ino && first.dev === second.dev;
}

/**
 * Whether `path` leads to a copy that a save of `config` keeps, such as
 * `config.yaml.bak`, or to one of its temporaries; or would lead to one.
 */
export async function isKeptCopy(
  path: string,
  config: string,
): Promise<boolean> {
  const { folder, name } = splitPath(await placeOf(config));
  const target = splitPath(await placeOf(path));
  if (target.folder === folder && isCopyOf(name, target.name)) return true;
  const entries = await Array.fromAsync(Deno.readDir(folder))
    .catch((): Deno.DirEntry[] => []);
  for (const entry of entries) {
    const isCopy = isCopyOf(name, foldCase(entry.name));
    if (isCopy && await isSameFile(path, folder + entry.name)) return true;
  }
  return false;
}

function isCopyOf(config: string, name: string): boolean {
  if (isTemporaryOf(config, name)) return true;
  return name.startsWith(`${config}.`) &&
    /^(?:bak|before-discover|bak\.before-discover|edited-[0-9a-z]+)$/
      .test(name.slice(config.length + 1));
}

/** What a path leads to, if that exists and is accessible. */
async function factsOf(path: string): Promise<Deno.FileInfo | undefined> {
  return await Deno.stat(path).catch(() => undefined);
}

/** The one path of a file, whether it is there or not, to be compared. */
async function placeOf(path: string, links = MAX_LINKS): Promise<string> {
  const real = await Deno.realPath(path).catch(() => undefined);
  if (real !== undefined) return foldCase(real);
  const { folder, name } = splitPath(path);
  const realFolder = await Deno.realPath(folder || ".").catch(() => folder);
  // A dangling link: what is written through it is created at its target.
  const to = await Deno.readLink(path).catch(() => undefined);
  if (to === undefined || links === 0) {
    return foldCase(below(realFolder, usedName(name)));
  }
  const isAbsolute = /^([/\\]|[A-Za-z]:)/.test(to);
  return await placeOf(isAbsolute ? to : below(realFolder, to), links - 1);
}

function below(folder: string, name: string): string {
  const separator = Deno.build.os === "windows" ? "\\" : "/";
  return /[/\\]$/.test(folder) ? folder + name : `${folder}${separator}${name}`;
}

/** Windows leaves final dots and spaces out, and `::$DATA` is the file. */
function usedName(name: string): string {
  return Deno.build.os === "windows"
    ? name.replace(/(?:::\$DATA|[. ])+$/i, "")
    : name;
}

/** Where names may differ only in case, they count as the same. */
function foldCase(path: string): string {
  return ["windows", "darwin"].includes(Deno.build.os)
    ? path.toLowerCase()
    : path;
}
