/**
 * Starts a real LiteLLM, by way of the program under test, waits until it
 * answers, and ends it so that no process stays. What it is asked is no
 * business of this file.
 *
 * @module
 */

import { spawnCommand, starter } from "../support/program.ts";
import { until } from "../support/until.ts";
import type { Starter } from "../support/wine.ts";

/** The virtual environment with LiteLLM; the proof cannot do without. */
export const VENV: string = Deno.realPathSync(
  Deno.env.get("DISCOVER_LITELLM") ?? missing(),
);

function missing(): never {
  throw new Error(
    'DISCOVER_LITELLM: not set; ".ci/setup-python VENV" makes VENV, ' +
      "and DISCOVER_LITELLM=VENV names it",
  );
}

/** The proxy's own key. */
export const MASTER_KEY = "sk-5ecre7-of-the-pr0xy";

/** From cold on a busy machine; 6 s is usual. */
const START_LIMIT_MS = 240_000;
const END_LIMIT_MS = 60_000;
/** Python's resource tracker ends when it sees that its parent has ended. */
const LINGER_LIMIT_MS = 20_000;

/** What every Python process of the proof gets. */
export const LITELLM_ENV: Readonly<Record<string, string>> = environmentOf(
  VENV,
);

function environmentOf(venv: string): Readonly<Record<string, string>> {
  return {
    PATH: `${venv}/bin:/usr/bin:/bin`,
    // Else it downloads its price list when it starts.
    LITELLM_LOCAL_MODEL_COST_MAP: "True",
    LITELLM_MASTER_KEY: MASTER_KEY,
  };
}

/** A running proxy. */
export interface Proxy extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly base: string;
  /** What the program and LiteLLM have printed so far, on both streams. */
  readonly log: () => string;
  /** Asks it to end; its exit code. Throws if a process stays. */
  readonly stop: () => Promise<number>;
}

/** Where and with what the program is started. */
export interface ProxyOptions {
  /** Working directory and home; no two proxies may share one. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where it is to listen; a free one unless told. */
  readonly port?: number;
  /** For LiteLLM. */
  readonly args?: readonly string[];
  /** For the program, besides `--start`. */
  readonly flags?: readonly string[];
  /** The virtual environment with another LiteLLM. */
  readonly venv?: string | undefined;
  /** Another program, or another way to it. */
  readonly command?: Starter;
}

/** `discover --start` in a folder; returns when LiteLLM answers. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const { folder, env, port = freePort(), args = [], venv = VENV } = options;
  const { flags = [], command = starter() } = options;
  const host = "127.0.0.1";
  const child = spawnCommand(command, [
    ...flags,
    ...["--start", "--", "--host", host, "--port", `${port}`, ...args],
  ], { cwd: folder, env: { ...env, ...environmentOf(venv), HOME: folder } });
  const printed: string[] = [];
  const reading = [child.stdout, child.stderr].map((stream) =>
    collect(stream, printed)
  );
  const log = (): string => printed.join("");
  let ending: Promise<number> | undefined;
  const stop = (): Promise<number> =>
    ending ??= end(child, folder).finally(() => Promise.all(reading));
  const proxy: Proxy = {
    base: `http://${host}:${port}`,
    log,
    stop,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await stop();
    },
  };
  try {
    await untilReady(proxy, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return proxy;
}

/** A port of loopback on which nobody listens now. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  printed: string[],
): Promise<void> {
  const texts = stream.pipeThrough(new TextDecoderStream());
  for await (const text of texts) printed.push(text);
}

async function untilReady(
  { base, log }: Proxy,
  child: Deno.ChildProcess,
): Promise<void> {
  let ended: number | undefined;
  child.status.then(({ code }) => ended = code);
  const isReady = await until(async () => {
    if (ended !== undefined) return true;
    return await answers(`${base}/health/readiness`);
  }, START_LIMIT_MS);
  if (ended !== undefined) {
    throw new Error(`the proxy ended with ${ended}:\n${log()}`);
  }
  if (!isReady) throw new Error(`the proxy does not answer:\n${log()}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

/**
 * Ends the program as another program would, and finds what stayed by the home
 * that all its processes share; what stayed is ended too, and is an error.
 */
async function end(child: Deno.ChildProcess, folder: string): Promise<number> {
  signal(child, "SIGTERM");
  const timer = setTimeout(() => signal(child, "SIGKILL"), END_LIMIT_MS);
  const { code } = await child.status;
  clearTimeout(timer);
  let left: readonly number[] = [];
  const isClear = await until(async () => {
    left = await processesOf(folder);
    return left.length === 0;
  }, LINGER_LIMIT_MS);
  if (isClear) return code;
  const commands = await Promise.all(left.map(commandOf));
  for (const pid of left) Deno.kill(pid, "SIGKILL");
  throw new Error(`"discover --start" left behind: ${commands.join("; ")}`);
}

async function commandOf(pid: number): Promise<string> {
  const words = await readIfThere(`/proc/${pid}/cmdline`);
  return `${pid} ${words.replaceAll("\0", " ").trim()}`;
}

function signal(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch (error) {
    // It may have ended by itself in this moment.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Linux only: elsewhere nothing is found. */
async function processesOf(home: string): Promise<number[]> {
  if (Deno.build.os !== "linux") return [];
  const found: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const variables = await readIfThere(`/proc/${name}/environ`);
    if (variables.split("\0").includes(`HOME=${home}`)) {
      found.push(Number(name));
    }
  }
  return found;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch {
    // The process has ended meanwhile, or belongs to somebody else.
    return "";
  }
}
