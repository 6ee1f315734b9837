/**
 * The stage on which `start-proxy.ps1` is tried: a folder with a copy of it and
 * a config, stand-ins for `litellm` and `discover` on PATH, and a session of a
 * real PowerShell that starts it and tells what it left behind.
 *
 * @module
 */
import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import { fromRepository } from "../repository.ts";
import { runPowerShell } from "./pwsh.ts";
import {
  partOf,
  type PlannedStart,
  readReport,
  type Report,
  type StartOptions,
  writePlan,
} from "./session_plan.ts";
import {
  installStandIn,
  readRecord,
  type Recorded,
  type StandInProgram,
} from "./stand_in_program.ts";

/** What stands on a stage. */
export interface StageOptions {
  /** The name of the proxy's folder; default `my proxy`. */
  readonly name?: string;
  /** Its further files, by their names; `config.yaml` may be `undefined`. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  /** `undefined`: there is none. */
  readonly litellm?: StandInProgram | undefined;
  readonly discover?: StandInProgram | undefined;
}

/** A start among several in one session. */
export interface Act extends PlannedStart {
  readonly stage: Stage;
}

/** What came of a start. */
export interface Started extends Report {
  /** Under Wine both streams are in `stdout`. */
  readonly stdout: string;
  readonly stderr: string;
}

/** The proxy's folder, and what is around it. */
export interface Stage extends AsyncDisposable {
  /** The folder of config and script; `path()` leads into it. */
  readonly folder: string;
  readonly path: (name: string) => string;
  /** The folder on PATH. */
  readonly bin: string;
  /** A folder for whatever else a test needs. */
  readonly besides: string;
  readonly write: (name: string, text: string | Uint8Array) => Promise<void>;
  /** Puts a stand-in into another folder. */
  readonly install: (
    folder: string,
    name: "litellm" | "discover",
    what: StandInProgram,
  ) => Promise<void>;
  /** Runs `start-proxy.ps1 ARGS` in a session of its own. */
  readonly start: (...args: readonly string[]) => Promise<Started>;
  readonly startWith: (
    options: StartOptions & { readonly stdin?: string },
    ...args: readonly string[]
  ) => Promise<Started>;
  /** What the stand-in was given in the last start, if it was started. */
  readonly recorded: (
    name: "litellm" | "discover",
  ) => Promise<Recorded | undefined>;
  /** Forgets what the stand-ins have written down. */
  readonly forget: () => Promise<void>;
}

const CONFIG = "model_list: []\n";

/** Sets up a stage; by default both programs are there and end with 0. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
  // On Windows the name may be shortened to `RUNNER~1`.
  const root = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "discover-stage-" }),
  );
  const folder = join(root, options.name ?? "my proxy");
  const records = join(root, "records");
  const startWith: Stage["startWith"] = async (start, ...args) => {
    const { stdin, ...act } = start;
    const [started] = await startTogether([{ stage, args, ...act }], stdin);
    if (started === undefined) throw new Error("Cannot start: no act");
    return started;
  };
  const stage: Stage = {
    folder,
    path: (name) => join(folder, name),
    bin: join(root, "bin"),
    besides: join(root, "besides"),
    write: (name, text) => writeInto(join(folder, name), text),
    install: (...stand) => installStandIn(records, ...stand),
    startWith,
    start: (...args) => startWith({}, ...args),
    recorded: (name) => readRecord(records, name),
    forget: async () => {
      await Deno.remove(records, { recursive: true });
      await Deno.mkdir(records);
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
  for (const path of [folder, records, stage.bin, stage.besides]) {
    await Deno.mkdir(path);
  }
  await furnish(stage, options);
  return stage;
}

async function writeInto(
  path: string,
  text: string | Uint8Array,
): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const bytes = typeof text === "string"
    ? new TextEncoder().encode(text)
    : text;
  await Deno.writeFile(path, bytes);
}

/** Puts the script, the files and the stand-ins where they belong. */
async function furnish(stage: Stage, options: StageOptions): Promise<void> {
  const script = "start-proxy.ps1";
  await Deno.copyFile(fromRepository(script), stage.path(script));
  const files = { "config.yaml": CONFIG, ...options.files };
  for (const [name, text] of Object.entries(files)) {
    if (text !== undefined) await stage.write(name, text);
  }
  const programs = { litellm: {}, discover: {}, ...options };
  for (const name of ["litellm", "discover"] as const) {
    const what = programs[name];
    if (what !== undefined) await stage.install(stage.bin, name, what);
  }
}

/**
 * Starts the scripts of several stages one after the other in one session,
 * which saves PowerShell's own start. Each stage may come once.
 */
export async function startTogether(
  acts: readonly Act[],
  stdin?: string,
): Promise<Started[]> {
  if (new Set(acts.map(({ stage }) => stage)).size !== acts.length) {
    throw new Error("Cannot start one stage twice in a session");
  }
  const folder = await Deno.makeTempDir({ prefix: "discover-session-" });
  try {
    const command = await writePlan(folder, acts);
    for (const { stage } of acts) await stage.forget();
    const { stdout, stderr } = await runPowerShell(["-Command", command], {
      cwd: folder,
      ...(stdin === undefined ? {} : { stdin }),
    });
    return await Promise.all(acts.map(async (_, index) => {
      const report = await readReport(`${folder}/report${index}`);
      if (report === undefined) {
        throw new Error(
          `The session ended in start ${index + 1} of ${acts.length}` +
            `\nstdout: ${stdout}\nstderr: ${stderr}`,
        );
      }
      const part = (text: string): string => partOf(text, index);
      return { ...report, stdout: part(stdout), stderr: part(stderr) };
    }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
