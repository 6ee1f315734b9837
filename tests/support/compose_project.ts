/**
 * A folder that is set up as `docs/compose.md` says, and what its services run,
 * with the real program, the mounted folder moved to the scene, and a `litellm`
 * that writes down how it is started.
 *
 * @module
 */
import {
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../../lib/text/fields.ts";
import { assertEquals } from "./assert.ts";
import {
  readPlainEnv,
  readServices,
  type Services,
  startOrder,
} from "./compose.ts";
import { denoVariables, onLinux, runCommand } from "./program.ts";
import { fromRepository } from "./repository.ts";
import { assertNoKey, type Scene } from "./scene.ts";
import { writeDiscover, writeScript } from "./scripts.ts";
import type { Starter } from "./wine.ts";

/** The folder of the examples. */
export const EXAMPLES: string = fromRepository("examples/compose");

/** The files that each way of using them names. */
export const BASE: readonly string[] = ["compose.yaml"];
export const REFRESH: readonly string[] = [...BASE, "compose.refresh.yaml"];
export const OLLAMA: readonly string[] = [...BASE, "compose.ollama.yaml"];

/** A test on Linux: there alone is what the services run, as in their images. */
export function composeTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `compose: ${name}`, ignore: !onLinux, fn });
}

/** Notes its arguments and the length of its master key, and what it then reads. */
const LITELLM = `
echo "\${#LITELLM_MASTER_KEY} $*" >"$SCENE/litellm.started"
while [ "$1" != --config ]; do shift; done
cat "$2" >"$SCENE/litellm.read"
`;

/** Finds a program on the PATH that it is given. */
const ENV: Starter = { command: "/usr/bin/env", prefix: [] };

/** How a service ended. */
export interface Ended {
  readonly code: number;
  readonly stderr: string;
}

/** The services of a project, and where they run. */
export interface Project {
  readonly scene: Scene;
  readonly services: Services;
  /** Begins before each command of a container. */
  readonly prefix: readonly string[];
}

/** A service that runs until the test ends it. */
export interface Running extends AsyncDisposable {
  readonly child: Deno.ChildProcess;
}

/** Sets up the folder for these files; `more` goes into `.env` as well. */
export async function setProject(
  scene: Scene,
  files: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Project> {
  await Deno.mkdir(scene.path("config"));
  await Deno.mkdir(scene.path("bin"));
  await Deno.rename(scene.config, scene.path("config/config.yaml"));
  const example = await Deno.readTextFile(`${EXAMPLES}/.env.example`);
  await scene.write(filledIn(example, { ...scene.env, ...more }), ".env");
  await writeDiscover(scene.path("bin/discover"));
  await writeScript(scene.path("bin/litellm"), LITELLM);
  const env = readPlainEnv(await scene.read(".env"));
  const services = await readServices(EXAMPLES, files, env);
  return { scene, services, prefix: [] };
}

/** The example with its empty values filled in, and the other ones after it. */
function filledIn(
  example: string,
  values: Readonly<Record<string, string>>,
): string {
  const rest = { ...values };
  const text = example.replaceAll(/^(\w+)=$/gm, (_, name) => {
    const value = rest[name] ?? "";
    delete rest[name];
    return `${name}=${value}`;
  });
  const lines = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  return `${text}${lines.join("\n")}\n`;
}

/** What a container runs, where, and with which variables. */
interface Container {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

async function containerOf(
  { scene, services, prefix }: Project,
  name: string,
): Promise<Container> {
  const { folder } = scene;
  const service = objectField(services, name);
  const move = moveMounts(service, folder);
  return {
    words: [...prefix, ...wordsOf(name, service).map(move)],
    cwd: move(textField(service, "working_dir") ?? folder),
    env: {
      ...await variablesOf(service, scene),
      ...denoVariables(),
      PATH: `${folder}/bin:/usr/bin:/bin`,
      SCENE: folder,
    },
  };
}

/** https://docs.docker.com/compose/how-tos/environment-variables/envvars-precedence/ */
async function variablesOf(
  service: JsonObject,
  scene: Scene,
): Promise<Record<string, string>> {
  const file = textField(service, "env_file");
  const own = Object.entries(objectField(service, "environment"))
    .map(([name, value]) => [name, String(value)]);
  return {
    ...file === undefined ? {} : readPlainEnv(await scene.read(file)),
    ...Object.fromEntries(own),
  };
}

/** Paths in what a service mounts, moved to what is mounted there. */
function moveMounts(
  service: JsonObject,
  folder: string,
): (word: unknown) => string {
  const mounts = listField(service, "volumes").filter(isJsonObject);
  return (word) => {
    const path = String(word);
    const mount = mounts.find(({ target }) => isAtOrBelow(path, `${target}`));
    if (mount === undefined) return path;
    const source = `${mount["source"]}`.replace(/^\.\//, "");
    return `${folder}/${source}${path.slice(`${mount["target"]}`.length)}`;
  };
}

function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The entry point of LiteLLM's image starts `litellm` with its arguments. */
function wordsOf(name: string, service: JsonObject): readonly unknown[] {
  const own = listField(service, "entrypoint");
  const first = name === "litellm" && own.length === 0 ? ["litellm"] : own;
  return [...first, ...listField(service, "command")];
}

/** Runs a service to its end. */
export async function runService(
  project: Project,
  name: string,
): Promise<Ended> {
  const { words, ...options } = await containerOf(project, name);
  const timeoutMs = 120_000;
  const { code, stderr } = await runCommand(ENV, words, {
    ...options,
    timeoutMs,
  });
  assertNoKey(stderr, name);
  return { code, stderr };
}

/** Starts a service that has no end, in a session of its own, with all it starts. */
export async function startService(
  project: Project,
  name: string,
): Promise<Running> {
  const { words, ...options } = await containerOf(project, name);
  const child = new Deno.Command("/usr/bin/env", {
    ...{ args: ["setsid", ...words], clearEnv: true, ...options },
    ...{ stdout: "null", stderr: "null" },
  }).spawn();
  return {
    child,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      const args = ["-KILL", "--", `-${child.pid}`];
      await new Deno.Command("kill", { args, stderr: "null" }).output();
      await child.status;
    },
  };
}

/**
 * Starts LiteLLM as `docker compose up litellm` does, after all that it waits
 * for, Ollama's own image excepted. The result is that of `discover`.
 */
export async function upLitellm(project: Project): Promise<Ended> {
  let discover: Ended = { code: -1, stderr: "" };
  for (const name of startOrder(project.services, "litellm")) {
    if (name === "ollama") continue;
    const ended = await runService(project, name);
    assertEquals(ended.code, 0, `${name} failed: ${ended.stderr}`);
    if (name === "discover") discover = ended;
  }
  return discover;
}
