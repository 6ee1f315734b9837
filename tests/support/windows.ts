/**
 * What the tests of the Windows program need beyond `program.ts`: the system's
 * own programs, a file that another program holds open, and a LiteLLM to find.
 * They run on Windows and, where `DISCOVER_PROGRAM` names an `.exe`, under
 * Wine; anywhere else they are ignored.
 *
 * @module
 */
import {
  onWindows,
  onWine,
  runCommand,
  type RunOptions,
  type RunResult,
  seenPath,
  spawnCommand,
  starter,
  throughWine,
} from "./program.ts";
import { inTerminal, type Starter, underWine, wineDriveC } from "./wine.ts";

/** A test that runs where the program under test is a Windows program. */
export function windowsTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: !onWindows, fn });
}

/**
 * A test of what only a terminal shows. There is one for a program that is
 * started by means of Wine; on Windows itself there is no way to have one.
 */
export function wineTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: !throughWine, fn });
}

/** The path as Windows people write it. */
export function windowsPath(path: string): string {
  return seenPath(path).replaceAll("/", "\\");
}

/** On Windows itself by its path: no PATH is handed over. */
function systemProgram(name: string): Starter {
  if (throughWine) return underWine(name);
  const folder = `${Deno.env.get("SystemRoot")}\\System32`;
  return { command: `${folder}\\${name}.exe`, prefix: [] };
}

/** Runs one of the system's own programs. */
export async function runSystem(
  name: string,
  args: readonly string[],
  options: Omit<RunOptions, "wholeCode"> = {},
): Promise<RunResult> {
  return await runCommand(systemProgram(name), args, options);
}

/**
 * Starts one of the system's programs, or the one under test, at a console of
 * its own. Its standard input is the keyboard, its standard output the screen.
 */
export function spawnInConsole(
  name: string | undefined,
  args: readonly string[],
  options: Pick<RunOptions, "env" | "cwd">,
): Deno.ChildProcess {
  const program = name === undefined ? starter() : systemProgram(name);
  return spawnCommand(inTerminal(program, args), [], {
    ...options,
    stdin: "",
  });
}

/** The line of a batch file that calls the program under test. */
export function batchCall(args: readonly string[]): string {
  const { command, prefix } = starter();
  const program = throughWine ? prefix.slice(1) : [command, ...prefix];
  const words = [...program.map(windowsPath), ...args];
  return words.map((word) => `"${word}"`).join(" ");
}

/** Makes a folder of its own on the drive `C:`. */
export async function makeFolderOnC(): Promise<
  { readonly path: string; readonly seen: string }
> {
  const prefix = "discover test ";
  if (!throughWine) {
    const path = await Deno.makeTempDir({ prefix });
    return { path, seen: windowsPath(path) };
  }
  const path = await Deno.makeTempDir({ dir: wineDriveC(), prefix });
  return {
    path,
    seen: "C:" + path.slice(wineDriveC().length).replace("/", "\\"),
  };
}

/** A file in the hands of another program. */
export interface Hold extends AsyncDisposable {
  /** Lets go, and waits until the file is free. */
  release(): Promise<void>;
}

/** Opens a file in another program, which then lets others read it, or nobody. */
export async function holdOpen(
  path: string,
  others: "may read" | "may not read",
): Promise<Hold> {
  const folder = await Deno.makeTempDir({ prefix: "discover-hold-" });
  const [command, ...args] = others === "may read"
    ? await heldForReading(path, folder)
    : onWine
    ? await heldByScript(path, folder)
    : heldByPowerShell(path);
  const child = spawnCommand(systemProgram(command), args, { stdin: "" });
  const writer = child.stdin.getWriter();
  await Promise.any([child.stdout, child.stderr].map(readWord));
  let released: Promise<void> | undefined;
  const release = async (): Promise<void> => {
    await Deno.remove(folder, { recursive: true });
    await writer.close();
    await child.status;
  };
  const once = (): Promise<void> => released ??= release();
  return { release: once, [Symbol.asyncDispose]: once };
}

type CommandLine = readonly [string, ...string[]];

/** `>>` of the system's shell keeps writers out; `set /p` waits for its end. */
async function heldForReading(
  path: string,
  folder: string,
): Promise<CommandLine> {
  const batch = `${folder}/hold.bat`;
  const line = `@(echo held 1>&2 & set /p x=) >>"${windowsPath(path)}"\r\n`;
  await Deno.writeTextFile(batch, line);
  return ["cmd", "/c", windowsPath(batch)];
}

/** Wine has no PowerShell. The script ends when its folder is gone. */
async function heldByScript(
  path: string,
  folder: string,
): Promise<CommandLine> {
  const script = `${folder}/hold.js`;
  await Deno.writeTextFile(
    script,
    `var files = new ActiveXObject("Scripting.FileSystemObject");
var file = files.OpenTextFile(WScript.Arguments(0), 8);
WScript.Echo("held");
while (files.FileExists(WScript.ScriptFullName)) WScript.Sleep(20);
`,
  );
  const args = [windowsPath(script), windowsPath(path)];
  return ["cscript", "/nologo", ...args];
}

function heldByPowerShell(path: string): CommandLine {
  const file = `'${windowsPath(path).replaceAll("'", "''")}'`;
  const script = `$file = [IO.File]::Open(${file}, 'Open', 'Read', 'None'); ` +
    "'held'; $null = [Console]::In.ReadToEnd()";
  const name = "WindowsPowerShell\\v1.0\\powershell";
  return [name, "-NoProfile", "-Command", script];
}

/** Reads until the word "held" comes; the rest is thrown away. */
async function readWord(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes("held")) return;
  }
  throw new Error(`Cannot hold a file open: the other program said "${text}"`);
}

/** Puts the system's shell into a folder under another name; returns the folder. */
export async function installShell(
  folder: string,
  name: string,
): Promise<string> {
  const shell = throughWine
    ? `${wineDriveC()}/windows/system32/cmd.exe`
    : Deno.env.get("COMSPEC") ?? "";
  await Deno.mkdir(folder, { recursive: true });
  await Deno.copyFile(shell, `${folder}/${name}`);
  return windowsPath(folder);
}
