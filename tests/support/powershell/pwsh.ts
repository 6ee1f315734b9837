/**
 * Finds a PowerShell and runs it. `DISCOVER_PWSH` names one, else it is the
 * `pwsh` on PATH (on Windows `powershell`, too), else what `.ci/setup-pwsh` put
 * into `.cache/pwsh`. A Windows one on Linux runs under Wine, together with the
 * Windows program: `DISCOVER_PROGRAM` must name an `.exe` as well.
 *
 * Under Wine, PowerShell says nothing into a pipe: it gets a terminal, so what
 * it prints arrives as one text in `stdout`, and `stderr` is empty.
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
} from "../program.ts";
import { inTerminal, type Starter, underWine } from "../wine.ts";
import { fromRepository } from "../repository.ts";

const chosen = Deno.env.get("DISCOVER_PWSH");
const program = chosen ?? findPowerShell();

/** Whether there is a PowerShell to ask. */
export const hasPowerShell: boolean = program !== undefined;

if (program?.endsWith(".exe") && Deno.build.os !== "windows" && !onWine) {
  throw new Error(
    `Cannot run "${program}": the program under test is none for Windows; ` +
      "let DISCOVER_PROGRAM name discover.exe",
  );
}

function findPowerShell(): string | undefined {
  const isWindows = Deno.build.os === "windows";
  const names = isWindows ? ["pwsh.exe", "powershell.exe"] : ["pwsh"];
  const folders = (Deno.env.get("PATH") ?? "").split(isWindows ? ";" : ":");
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => `${folder}/${name}`)),
    ...(isWindows ? [] : [fromRepository(".cache/pwsh/linux/run")]),
  ];
  return onWine ? undefined : candidates.find(isFile);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** A test that is left out where there is no PowerShell. */
export function powershellTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: !hasPowerShell, fn });
}

/**
 * The command that starts PowerShell with these arguments, in a terminal where
 * `isTerminal` says so.
 */
export function powershellStarter(
  args: readonly string[],
  isTerminal: boolean = onWine,
): Starter {
  if (program === undefined) {
    throw new Error("Cannot run PowerShell: there is none; see DISCOVER_PWSH");
  }
  const found = /[/\\]/.test(program) ? Deno.realPathSync(program) : program;
  const starter = onWine ? underWine(found) : { command: found, prefix: [] };
  const policy = onWindows ? ["-ExecutionPolicy", "Bypass"] : [];
  const all = ["-NoProfile", "-NoLogo", ...policy, ...args];
  return isTerminal
    ? inTerminal(starter, all, 400)
    : { ...starter, prefix: [...starter.prefix, ...all] };
}

/**
 * Runs PowerShell to its end with arguments of its own, such as `-File PATH`
 * or `-Command TEXT`. Paths in them are those that PowerShell sees.
 */
export async function runPowerShell(
  args: readonly string[],
  options: Omit<RunOptions, "wholeCode"> = {},
): Promise<RunResult> {
  const home = await Deno.makeTempDir({ prefix: "discover-home-" });
  try {
    const result = await runCommand(powershellStarter(args), [], {
      timeoutMs: 90_000,
      ...options,
      env: { ...powershellEnvironment(home), ...options.env },
    });
    return onWine ? { ...result, stdout: plainScreen(result.stdout) } : result;
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** What PowerShell itself needs; it writes caches below `home`. */
export function powershellEnvironment(
  home: string,
): Readonly<Record<string, string>> {
  const quiet = { POWERSHELL_TELEMETRY_OPTOUT: "1", NO_COLOR: "1" };
  if (onWine) return { ...quiet, ...dotnetBeside(program ?? "") };
  if (onWindows) return { ...quiet, ...inheritedOnWindows() };
  return { ...quiet, HOME: home, PATH: "/usr/bin:/bin" };
}

/** An unpacked PowerShell brings its .NET in a folder next to its own. */
function dotnetBeside(path: string): Record<string, string> {
  const root = Deno.realPathSync(path).replace(/\/[^/]+\/[^/]+$/, "/dotnet");
  return { DOTNET_ROOT: seenPath(root) };
}

/** Without these, Windows PowerShell finds neither its modules nor a home. */
function inheritedOnWindows(): Record<string, string> {
  const names = [
    "APPDATA",
    "LOCALAPPDATA",
    "PATH",
    "ProgramData",
    "ProgramFiles",
    "SystemDrive",
    "USERPROFILE",
    "windir",
  ];
  return Object.fromEntries(names.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }));
}

/** What a terminal shows, without its control sequences. */
export function plainScreen(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\x1b\][^\x07]*\x07|\x1b\[[0-9;?]*[ -/]*[@-~]/g, "")
    .replaceAll("\r", "");
}

/** A text in PowerShell's single quotes. */
export function quoted(text: string): string {
  // Typographic quotes end a string as well.
  return `'${text.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}
