/**
 * What is known about LiteLLM without touching it: the names under which it is
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
 * The variables that the hand-off touches: it looks LiteLLM up, and removes
 * what would make the system load other libraries.
 */
export const handoffVariables: readonly string[] = ["DYLD_*", "LD_*", "PATH"];

/** LiteLLM's default port. */
export const defaultPort = 4000;

/**
 * The folders of a PATH. On Windows an entry may be in quotes, which are not
 * part of it, and may then hold a semicolon; an empty entry does not count.
 * Elsewhere an empty entry is the working directory.
 */
export function pathFolders(path: string, isWindows: boolean): string[] {
  if (!isWindows) return path.split(":");
  return [...path.matchAll(/(?:"[^"]*"?|[^;"])+/g)]
    .map(([entry]) => entry.replaceAll('"', ""))
    .filter((entry) => entry !== "");
}

/** Whether a folder of a PATH does not depend on the working directory. */
export function isAbsoluteFolder(folder: string, isWindows: boolean): boolean {
  return isWindows
    ? /^(?:[A-Za-z]:[\\/]|[\\/]{2})/.test(folder)
    : folder.startsWith("/");
}

/**
 * Variables that no file may set: they decide which program runs and how.
 * `start-proxy.ps1` has the same rule.
 */
export const neverFromFiles =
  /^(?:PATH|PATHEXT|COMSPEC|PYTHON.*|LD_.*|DYLD_.*)$/is;

/** The environment and the encodings that LiteLLM gets. */
export interface ChildOptions {
  /** Variables from files, on top of the inherited environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the config is valid UTF-8, so that Python may read it as such. */
  readonly utf8: boolean;
  /** `PYTHONIOENCODING` as the environment has it. */
  readonly outputEncoding: string | undefined;
}

/**
 * The environment that LiteLLM gets on top of the inherited one: the variables
 * from files, without those that decide which program runs and how. Where
 * Python must not read all files as UTF-8, at least its output is UTF-8: with
 * redirected output on Windows, LiteLLM's banner does not fit the code page and
 * the start fails (LiteLLM's issue 42366).
 */
export function childEnvironment(
  { env, utf8, outputEncoding }: ChildOptions,
): Record<string, string> {
  const entries = Object.entries(env).filter(([name, value]) =>
    /^[^=\0]+$/.test(name) && !value.includes("\0") &&
    !neverFromFiles.test(name)
  );
  if (utf8) entries.push(["PYTHONUTF8", "1"]);
  else if (!outputEncoding) entries.push(["PYTHONIOENCODING", "utf-8"]);
  return Object.fromEntries(entries);
}

/**
 * The port that LiteLLM will use: the last `--port` before a `--`, else the
 * variable `PORT`, else 4000. Nothing if that is not a port: LiteLLM reports
 * it. Its command line has no shorter spelling, and ignores spaces around the
 * number (`set PORT=4001 & litellm` leaves one).
 */
export function proxyPort(
  args: readonly string[],
  portVariable?: string,
): number | undefined {
  const text = lastOption(args, "--port") ??
    (portVariable || String(defaultPort));
  const port = /^\s*[0-9]{1,5}\s*$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65536 ? port : undefined;
}

/** The host that LiteLLM is told to listen on; it has no shorter spelling. */
export function proxyHost(args: readonly string[]): string | undefined {
  return lastOption(args, "--host");
}

/** Whether LiteLLM is told to speak https. */
export function usesTls(args: readonly string[]): boolean {
  return Boolean(lastOption(args, "--ssl_certfile_path"));
}

/** The value of an option's last use; empty where the value is missing. */
function lastOption(
  args: readonly string[],
  name: string,
): string | undefined {
  const options = optionsOf(args);
  const start = `${name}=`;
  const at = options.findLastIndex((arg) =>
    arg === name || arg.startsWith(start)
  );
  const found = options[at];
  return found === name ? options[at + 1] ?? "" : found?.slice(start.length);
}

/** The arguments before a `--`, where options end for LiteLLM and for us. */
export function optionsOf(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return end < 0 ? args : args.slice(0, end);
}
