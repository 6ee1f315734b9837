/**
 * Runs the program under test the way a user does: as a process, with an
 * environment of its own. That is `main.ts`, or the compiled program that
 * the variable `DISCOVER_PROGRAM` names; a Windows program on Linux runs
 * under the Wine in the folder that `DISCOVER_WINE` names (default
 * `.cache/wine`, made by `.ci/setup-wine`).
 *
 * Under Wine, arguments and variables that hold an absolute path are
 * translated (`/tmp/a` becomes `Z:\tmp\a`), so that one test serves all; what
 * the program prints is compared with `seenPath(path)`.
 *
 * @module
 */
import { litellmPrograms } from "../../lib/litellm/litellm.ts";
import { insideWine } from "./inside_wine.ts";
import { fromRepository } from "./repository.ts";
import {
  recordCode,
  type Starter,
  toWineArgument,
  toWineEnvironment,
  toWinePath,
  underWine,
} from "./wine.ts";

const COMPILED = Deno.env.get("DISCOVER_PROGRAM");

/** Whether the program under test is the compiled one. */
export const isCompiled: boolean = COMPILED !== undefined;

/** Whether the program under test runs on Windows, be it under Wine. */
export const onWindows: boolean = Deno.build.os === "windows" ||
  COMPILED?.endsWith(".exe") === true;

/** Whether the program under test runs on Linux itself, not by means of Wine. */
export const onLinux: boolean = Deno.build.os === "linux" && !onWindows;

/** Whether tests that run elsewhere start the program by means of Wine. */
export const throughWine: boolean = onWindows && Deno.build.os !== "windows";

/** Whether the program under test runs under Wine, in this way or another. */
export const onWine: boolean = throughWine || insideWine;

/** How to run the program. */
export interface RunOptions {
  /** The whole environment, besides what the system needs to start it. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** After this the program is killed and the test fails; default 30 s. */
  readonly timeoutMs?: number;
  /** Default: nothing to read. */
  readonly stdin?: string;
  /**
   * Find out all 32 bits of the exit code, of which Wine gives the low 8. The
   * arguments then pass through a batch file: no `%`, `^`, `&` or quotes.
   */
  readonly wholeCode?: boolean;
}

/** What came of it. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A path of the test as the program under test sees and prints it. */
export function seenPath(path: string): string {
  return throughWine ? toWinePath(path) : path;
}

/**
 * Runs the program to its end. It never hangs: see `timeoutMs`. One of many at
 * once may have to wait for its turn, which does not count.
 */
export async function runProgram(
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  using _turn = await takeTurn();
  if (!throughWine || !options.wholeCode || COMPILED === undefined) {
    return await finish(start(starter(), args, options), args, options);
  }
  const recorder = recordCode(Deno.realPathSync(COMPILED));
  try {
    const child = start(recorder, args, options);
    const result = await finish(child, args, options);
    return { ...result, code: recorder.read() };
  } finally {
    recorder.remove();
  }
}

/** Where more run at once, each may need longer than it is given. */
const MOST_AT_ONCE = 8;

let running = 0;
const waiting: (() => void)[] = [];

/** Waits until few enough programs run; the turn ends by its disposal. */
async function takeTurn(): Promise<Disposable> {
  if (running < MOST_AT_ONCE) running++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  return {
    [Symbol.dispose](): void {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    },
  };
}

/**
 * Starts the program, for tests that send signals or talk to it. The caller
 * ends it, and reads or cancels its pipes.
 */
export function spawnProgram(
  args: readonly string[],
  options: Pick<RunOptions, "env" | "cwd" | "stdin"> = {},
): Deno.ChildProcess {
  return start(starter(), args, options);
}

/** Starts another command in the same way, such as one of the system's own. */
export function spawnCommand(
  command: Starter,
  args: readonly string[],
  options: Pick<RunOptions, "env" | "cwd" | "stdin"> = {},
): Deno.ChildProcess {
  return start(command, args, options);
}

/** Runs another command in the same way, to its end. */
export async function runCommand(
  command: Starter,
  args: readonly string[],
  options: Omit<RunOptions, "wholeCode"> = {},
): Promise<RunResult> {
  return await finish(start(command, args, options), args, options);
}

/** The command that starts the program, for tests that write it into a script. */
export function starter(): Starter {
  if (COMPILED === undefined) {
    return {
      command: Deno.execPath(),
      prefix: [
        ...["run", "-q", "--no-prompt", "--cached-only", "-P=discover"],
        // As the build does: see the test of virtual environments.
        `--allow-run=${litellmPrograms.join(",")}`,
        ...["--config", fromRepository("deno.json")],
        fromRepository("main.ts"),
      ],
    };
  }
  const program = Deno.realPathSync(COMPILED);
  return throughWine ? underWine(program) : { command: program, prefix: [] };
}

function start(
  { command, prefix }: Starter,
  args: readonly string[],
  { env = {}, cwd, stdin }: RunOptions,
): Deno.ChildProcess {
  return new Deno.Command(command, {
    args: [...prefix, ...(throughWine ? args.map(toWineArgument) : args)],
    clearEnv: true,
    env: {
      ...systemEnvironment(),
      ...(throughWine ? toWineEnvironment(env) : env),
    },
    ...(cwd === undefined ? {} : { cwd }),
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** The variables without which the program cannot be started at all. */
function systemEnvironment(): Record<string, string> {
  const inherited = Object.entries(Deno.env.toObject())
    .filter(([name]) => SYSTEM_VARIABLES.has(name.toUpperCase()));
  return {
    ...Object.fromEntries(inherited),
    ...denoVariables(),
    // Without a PATH, Deno cannot look up the program it may run, and gives up.
    ...(throughWine ? {} : { PATH: fromRepository("tests") }),
  };
}

const SYSTEM_VARIABLES: ReadonlySet<string> = new Set(
  throughWine
    ? ["TMPDIR"]
    : Deno.build.os === "windows"
    ? ["SYSTEMROOT", "COMSPEC", "PATHEXT", "TEMP", "TMP"]
    : [],
);

let knownFolder: string | undefined;

/** Where Deno keeps the packages that the source imports, whatever HOME is. */
function denoFolder(): string {
  if (knownFolder !== undefined) return knownFolder;
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--no-config"],
  }).outputSync();
  const info: unknown = JSON.parse(new TextDecoder().decode(stdout));
  if (
    typeof info !== "object" || info === null || !("denoDir" in info) ||
    typeof info.denoDir !== "string"
  ) {
    throw new Error('Cannot find Deno\'s cache: "deno info" names none');
  }
  return knownFolder = info.denoDir;
}

/** Waits for the program's end and its output, or kills it. */
async function finish(
  child: Deno.ChildProcess,
  args: readonly string[],
  { timeoutMs = 30_000, stdin }: RunOptions,
): Promise<RunResult> {
  const dropPermission = new AbortController();
  const timer = setTimeout(() => {
    kill(child);
    // Something that the program started may still hold its pipes.
    dropPermission.abort();
  }, timeoutMs);
  try {
    const [stdout, stderr, { code }] = await Promise.all([
      collect(child.stdout, dropPermission.signal),
      collect(child.stderr, dropPermission.signal),
      child.status,
      stdin === undefined ? undefined : feed(child.stdin, stdin),
    ]);
    if (!dropPermission.signal.aborted) return { code, stdout, stderr };
    throw new Error(
      `Cannot run "discover ${args.join(" ")}": no end after ${timeoutMs} ms` +
        `\nstdout: ${stdout}\nstderr: ${stderr}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(chunk): void {
      text += decoder.decode(chunk, { stream: true });
    },
  });
  try {
    await stream.pipeTo(sink, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return text + decoder.decode();
}

async function feed(
  stream: WritableStream<Uint8Array<ArrayBuffer>>,
  text: string,
): Promise<void> {
  const writer = stream.getWriter();
  try {
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
  } catch (error) {
    // The program may end without reading.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It may have ended by itself in this moment.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** What Deno needs to run the source; the compiled program needs nothing. */
export function denoVariables(): Record<string, string> {
  if (isCompiled) return {};
  // It names a folder of the cache.
  const registry = Deno.env.get("NPM_CONFIG_REGISTRY");
  return {
    DENO_DIR: denoFolder(),
    // Deno itself, not the program, would ask for its newest version.
    DENO_NO_UPDATE_CHECK: "1",
    ...(registry === undefined ? {} : { NPM_CONFIG_REGISTRY: registry }),
  };
}
