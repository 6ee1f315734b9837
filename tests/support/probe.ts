/**
 * Tries what the program must not be able to do, under its permission set, and
 * prints what became of each attempt. Run by `permissions_test.ts`, from source
 * or compiled like the program itself.
 *
 * With the variable `DISCOVER_HOSTS` it prints instead which of the hosts in it,
 * `host:port` and commas between, it may connect to.
 *
 * With the variable `DISCOVER_WATCH` it runs the whole program instead and
 * tries, at moments of that run, what the program may do only until then; the
 * results go to the file that the variable names.
 *
 * @module
 */

/** A program that is there: a missing one is not found, allowed or not. */
const SHELL = Deno.build.os === "windows" ? "cmd" : "sh";

type Attempts = Readonly<Record<string, () => unknown>>;

const NEVER_ALLOWED: Attempts = {
  "another host": () => fetch("https://example.com/"),
  "another port": () => fetch("https://openrouter.ai:8443/"),
  "an address outside": () => Deno.connect({ hostname: "8.8.8.8", port: 53 }),
  "another program": () => new Deno.Command(SHELL).outputSync(),
  "this program itself": () => new Deno.Command(Deno.execPath()).outputSync(),
  "another variable": () => Deno.env.get("HOME"),
  "all variables": () => Deno.env.toObject(),
  "system information": () => Deno.hostname(),
  "foreign functions": () => Deno.dlopen("libc.so.6", {}),
  "a variable of its own": () => Deno.env.get("XAI_API_KEY"),
  "a file": () => Deno.stat("."),
};

/** `XAI_API_BASE` is a stand-in, and a `litellm` is on PATH. */
const GIVEN_UP: Attempts = {
  net: () => fetch(`${Deno.env.get("XAI_API_BASE")}/probe`),
  run: () => new Deno.Command("litellm", { args: ["probe"] }).outputSync(),
};

async function attempt(action: () => unknown): Promise<string> {
  try {
    const result = await action();
    if (result instanceof Response) await result.body?.cancel();
    return "allowed";
  } catch (error) {
    return error instanceof Error ? error.name : "?";
  }
}

async function attemptAll(attempts: Attempts): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const [name, action] of Object.entries(attempts)) {
    results[name] = await attempt(action);
  }
  return results;
}

/**
 * Runs the program and steps in where it first looks for the config, where it
 * writes its first file, which is after the last answer, and where it ends.
 */
async function watch(logPath: string): Promise<void> {
  const { exit, lstat, open } = Deno;
  const log: Record<string, unknown> = {};
  const note = async (moment: string): Promise<void> => {
    if (moment in log) return;
    log[moment] = {};
    log[moment] = await attemptAll(GIVEN_UP);
  };
  await note("start");
  replace("lstat", async (path: string): Promise<Deno.FileInfo> => {
    await note("config");
    return await lstat(path);
  });
  replace("open", async (path: string, options?: Deno.OpenOptions) => {
    if (options?.createNew) await note("save");
    return await open(path, options);
  });
  replace("exit", async (code: number): Promise<void> => {
    await note("end");
    Deno.writeTextFileSync(logPath, JSON.stringify(log));
    exit(code);
  });
  await import("../../main.ts");
}

function replace(name: "lstat" | "open" | "exit", value: unknown): void {
  Object.defineProperty(Deno, name, { value });
}

function print(results: unknown): void {
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(results)));
}

function mayConnect(host: string): boolean {
  return Deno.permissions.querySync({ name: "net", host }).state === "granted";
}

const hosts = Deno.env.get("DISCOVER_HOSTS");
const logPath = Deno.env.get("DISCOVER_WATCH");
if (hosts !== undefined) {
  print(hosts.split(",").filter(mayConnect));
} else if (logPath === undefined) {
  print(await attemptAll(NEVER_ALLOWED));
} else {
  await watch(logPath);
}
