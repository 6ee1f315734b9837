/**
 * What running a Windows program under Wine takes: the command, and paths and
 * variables as they look from inside. It knows nothing of the program itself;
 * `program.ts` is what tests use.
 *
 * @module
 */
import { fromRepository } from "./repository.ts";

/** A command and its first arguments. */
export interface Starter {
  readonly command: string;
  readonly prefix: readonly string[];
}

/** `/tmp/a` is `Z:\tmp\a` inside; anything else stays as it is. */
export function toWinePath(path: string): string {
  return path.startsWith("/") ? "Z:" + path.replaceAll("/", "\\") : path;
}

/** Translates the path in `/path/file` and `--flag=/path/file`, but not `/c`. */
export function toWineArgument(argument: string): string {
  const [, flag = "", value = argument] =
    /^(--[a-z-]+=)(.*)$/s.exec(argument) ?? [];
  return flag + (/^\/[^/]+\//.test(value) ? toWinePath(value) : value);
}

/** Wine keeps these to itself, and takes `WINE...` for the program's. */
const OWN_VARIABLES: ReadonlySet<string> = new Set([
  "HOME",
  "PATH",
  "TEMP",
  "TMP",
]);

/** Translates the names and paths of an environment. */
export function toWineEnvironment(
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      OWN_VARIABLES.has(name) ? `WINE${name}` : name,
      // One with a backslash is written for Windows already.
      name === "PATH" && !value.includes("\\")
        ? value.split(":").map(toWinePath).join(";")
        : toWinePath(value),
    ]),
  );
}

function wineRoot(): string {
  return Deno.env.get("DISCOVER_WINE") ?? fromRepository(".cache/wine");
}

/** The command that runs a Windows program. */
export function underWine(program: string): Starter {
  return {
    command: fromRepository(".ci/wine"),
    prefix: [wineRoot(), program],
  };
}

/** Where the drive `C:` of Wine lies. */
export function wineDriveC(): string {
  return `${wineRoot()}/root/.wine/drive_c`;
}

/**
 * The command in a terminal of its own: what is written to its standard input
 * is typed, what it shows comes out of its standard output. With a number of
 * columns it has that width, and passes Enter on as it is typed, which Wine's
 * console otherwise takes for Ctrl+J.
 */
export function inTerminal(
  { command, prefix }: Starter,
  args: readonly string[],
  columns?: number,
): Starter {
  const call = [command, ...prefix, ...args]
    .map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(" ");
  const line = columns === undefined
    ? call
    : `/usr/bin/stty cols ${columns} rows 50 -icrnl; ${call}`;
  return {
    command: "/usr/bin/script",
    prefix: ["--quiet", "--return", "--flush", "--command", line, "/dev/null"],
  };
}

/** Notes the whole exit code of a Windows program, of which Wine gives 8 bits. */
export interface CodeRecorder extends Starter {
  /** The code of the program that has just ended. */
  read(): number;
  remove(): void;
}

/** Wraps a program into a batch file that writes its exit code to a file. */
export function recordCode(program: string): CodeRecorder {
  const folder = Deno.makeTempDirSync({ prefix: "discover-code-" });
  const batch = `${folder}/run.bat`;
  Deno.writeTextFileSync(
    batch,
    `@"${toWinePath(program)}" %*\r\n` +
      `@echo %ERRORLEVEL% >"${toWinePath(folder)}\\code"\r\n`,
  );
  const { command, prefix } = underWine("cmd");
  return {
    command,
    prefix: [...prefix, "/c", toWinePath(batch)],
    read(): number {
      // cmd shows a signed number.
      return Number(Deno.readTextFileSync(`${folder}/code`)) >>> 0;
    },
    remove(): void {
      Deno.removeSync(folder, { recursive: true });
    },
  };
}
