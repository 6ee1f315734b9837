/**
 * What is known of LiteLLM without touching it: the names under which it is
 * started, what it may be given, and the port that it takes.
 *
 * @module
 */

/** LiteLLM as found on PATH. */
export const litellmByName = "litellm";

/** LiteLLM in a virtual environment in the working directory. */
export const litellmInFolders: readonly string[] = [
  ".venv/bin/litellm",
  "venv/bin/litellm",
  ".venv/Scripts/litellm.exe",
  "venv/Scripts/litellm.exe",
];

/** The same one folder above it, where that is the folder of the config. */
export const litellmAbove: readonly string[] = litellmInFolders
  .map((program) => `../${program}`);

/** All that needs a `run` permission. */
export const litellmPrograms: readonly string[] = [
  litellmByName,
  ...litellmInFolders,
  ...litellmAbove,
];

/**
 * The variables that the hand-off touches: it looks LiteLLM up, and takes out
 * what would make the system load other libraries.
 */
export const handoffVariables: readonly string[] = ["DYLD_*", "LD_*", "PATH"];

/** LiteLLM's port if nobody says otherwise. */
export const defaultPort = 4000;

/**
 * The folders of a PATH. On Windows an entry may stand in quotes, which are
 * not part of it, and then may hold a semicolon; an empty entry is none. Elsewhere
 * an empty entry is the working directory.
 */
export function pathFolders(path: string, isWindows: boolean): string[] {
  if (!isWindows) return path.split(":");
  return [...path.matchAll(/(?:"[^"]*"?|[^;"])+/g)]
    .map(([entry]) => entry.replaceAll('"', ""))
    .filter((entry) => entry !== "");
}

/** Whether a folder of a PATH is the same whatever the working directory is. */
export function isAbsoluteFolder(folder: string, isWindows: boolean): boolean {
  return isWindows
    ? /^(?:[A-Za-z]:[\\/]|[\\/]{2})/.test(folder)
    : folder.startsWith("/");
}

/**
 * Variables that no file may set: they decide which program runs and how. What
 * else hands LiteLLM variables of a file (`start-proxy.ps1`) leaves out these.
 */
export const neverFromFiles =
  /^(?:PATH|PATHEXT|COMSPEC|PYTHON.*|LD_.*|DYLD_.*)$/is;

/**
 * The environment that LiteLLM gets on top of the inherited one: the variables
 * from files, without those that decide which program runs and how. `utf8`
 * says that the config is valid UTF-8, so that Python may read it as such.
 */
export function childEnvironment(
  { env, utf8 }: {
    readonly env: Readonly<Record<string, string>>;
    readonly utf8: boolean;
  },
): Record<string, string> {
  const entries = Object.entries(env).filter(([name, value]) =>
    /^[^=\0]+$/.test(name) && !value.includes("\0") &&
    !neverFromFiles.test(name)
  );
  if (utf8) entries.push(["PYTHONUTF8", "1"]);
  return Object.fromEntries(entries);
}

/**
 * The port that LiteLLM will use: the last `--port`, else the variable `PORT`,
 * else 4000. Nothing if what stands there is no port: LiteLLM will say so.
 */
export function proxyPort(
  args: readonly string[],
  portVariable?: string,
): number | undefined {
  let text = portVariable || String(defaultPort);
  args.forEach((arg, index) => {
    if (arg === "--port") text = args[index + 1] ?? "";
    else if (arg.startsWith("--port=")) text = arg.slice("--port=".length);
  });
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65536 ? port : undefined;
}
