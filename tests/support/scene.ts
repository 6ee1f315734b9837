/**
 * The stage of a process test: a folder of its own with a config in it,
 * stand-ins for the providers, and the program, run as a user runs it. After
 * every run and at the end it looks for the fake keys, which may stand nowhere.
 *
 * @module
 */
import { assert, assertEquals } from "./assert.ts";
import { type RunOptions, runProgram, type RunResult } from "./program.ts";
import {
  type Cast,
  FAKE_KEYS,
  openRouter,
  type Providers,
  startProviders,
  xAi,
} from "./stand_in_providers.ts";
import type { Behaviour } from "./stand_in.ts";

/** A config as people write them: a comment, an entry, settings behind it. */
export const MINE = `# My proxy
model_list:
  - model_name: my-own   # keep this one
    litellm_params:
      model: openai/my-own-gpt
      api_key: os.environ/OPENAI_API_KEY

litellm_settings:
  drop_params: true
`;

/** Where things are, and what is there. */
export interface Scene extends AsyncDisposable {
  readonly folder: string;
  /** The path of `config.yaml`. */
  readonly config: string;
  readonly providers: Providers;
  /** Keys, and the addresses of the stand-ins. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs `discover --config CONFIG ARGS`. */
  readonly run: (...args: string[]) => Promise<RunResult>;
  /** Runs `discover ARGS` with other options. */
  readonly runWith: (
    options: RunOptions,
    ...args: string[]
  ) => Promise<RunResult>;
  readonly path: (name: string) => string;
  readonly read: (name?: string) => Promise<string>;
  readonly write: (text: string | Uint8Array, name?: string) => Promise<void>;
  /** The names of all files, in order. */
  readonly names: () => Promise<string[]>;
}

/** Sets up a folder with `config.yaml` and the three stand-ins. */
export async function setScene(
  config: string | Uint8Array = MINE,
  cast: Cast = FEW_MODELS,
): Promise<Scene> {
  const providers = await startProviders(cast);
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const path = (name: string): string =>
    Deno.build.os === "windows"
      ? `${folder}\\${name.replaceAll("/", "\\")}`
      : `${folder}/${name}`;
  const { env } = providers;
  const runWith: Scene["runWith"] = async (options, ...args) => {
    const result = await runProgram(args, { env, cwd: folder, ...options });
    assertNoKey(result.stdout, "stdout");
    assertNoKey(result.stderr, "stderr");
    return result;
  };
  const scene: Omit<Scene, typeof Symbol.asyncDispose> = {
    folder,
    config: path("config.yaml"),
    providers,
    env,
    path,
    runWith,
    run: (...args) => runWith({}, "--config", path("config.yaml"), ...args),
    read: (name = "config.yaml") => Deno.readTextFile(path(name)),
    write: async (text, name = "config.yaml") => {
      const bytes = typeof text === "string"
        ? new TextEncoder().encode(text)
        : text;
      await Deno.writeFile(path(name), bytes);
    },
    names: () => namesIn(folder),
  };
  await scene.write(config);
  return { ...scene, [Symbol.asyncDispose]: () => strike(scene) };
}

/** The addresses of the stand-ins without the keys. */
export function basesOf({ env }: Scene): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => name.endsWith("_BASE")),
  );
}

/** Takes the stage down; what the program wrote must hold no key. */
async function strike(
  { providers, folder, names, path }: Omit<Scene, typeof Symbol.asyncDispose>,
): Promise<void> {
  await providers.stop();
  for (const name of await names()) {
    const { isFile } = await Deno.lstat(path(name));
    if (isFile && !KEY_FILES.includes(name)) {
      assertNoKey(await Deno.readTextFile(path(name)), `the file ${name}`);
    }
  }
  await Deno.remove(folder, { recursive: true });
}

/** Files in which a test itself writes keys. */
const KEY_FILES: readonly string[] = [".env", "set-env.ps1", "more.env"];

/** Part of every fake key, and of nothing else. */
const SECRET_PART = "5ecre7";

/** Fails when a fake key, or much of one, stands in a text. */
export function assertNoKey(text: string, where: string): void {
  assert(!text.includes(SECRET_PART), `${where} shows a key`);
}

/** How many of the fake keys the check above would find. */
export function recognizableKeys(): number {
  return Object.values(FAKE_KEYS)
    .filter((key) => key.includes(SECRET_PART)).length;
}

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  return names.sort();
}

/** OpenRouter's list of these ids. */
export function openRouterModels(...ids: string[]): Behaviour {
  const data = ids.map((id) => ({ id, canonical_slug: id }));
  return { kind: "answers", body: { data } };
}

/** xAI's list of these ids. */
export function xaiModels(...ids: string[]): Behaviour {
  const models = ids.map((id) => ({ id, object: "model" }));
  return { kind: "answers", body: { models } };
}

/** Gemini's list of these ids, on one page. */
export function geminiModels(...ids: string[]): Behaviour {
  const models = ids.map((id) => ({
    name: `models/${id}`,
    supportedGenerationMethods: ["generateContent"],
  }));
  return { kind: "answers", body: { models } };
}

/** One model for each provider: short to read, quick to serve. */
export const FEW_MODELS: Cast = {
  openrouter: openRouter(openRouterModels("anthropic/claude-sonnet-5")),
  xai: xAi(xaiModels("grok-4.5")),
  gemini: geminiModels("gemini-3.8-flash"),
};

/** The names in the block that `FEW_MODELS` gives, aliases among them. */
export const FEW_NAMES: readonly string[] = [
  "claude-sonnet-5",
  "grok-4.5",
  "gemini-3.8-flash",
  "claude-fallback",
  "grok",
  "gemini",
  "gemini-flash",
];

/** The `model_name`s between the markers, in their order. */
export function blockNames(text: string): string[] {
  const [, block = ""] =
    /# >>> discover: auto-discovered models >>>\s(.*?)# <<< discover: auto/s
      .exec(text) ?? [];
  return [...block.matchAll(/^ *- model_name: "(.*)"\r?$/gm)]
    .map(([, name = ""]) => name);
}

/** The text without the lines from marker to marker. */
export function withoutBlock(text: string): string {
  return text.replace(/^ *# >>> discover: .*? models <<<\r?\n/ms, "");
}

/** The one object of `--json`. */
export function parseReport(stdout: string): Record<string, unknown> {
  const value: unknown = JSON.parse(stdout);
  assert(typeof value === "object" && value !== null, "no object");
  return { ...value };
}

/** That a run was refused: its code, its words, an untouched config. */
export function assertRefused(
  { code, stdout, stderr }: RunResult,
  expected: { code: number; text: string; hint?: string },
): void {
  const shown = oneLine(stderr);
  assert(shown.includes(expected.text), `"${expected.text}" not in: ${stderr}`);
  if (expected.hint !== undefined) {
    assert(
      shown.includes(`hint: ${expected.hint}`),
      `hint "${expected.hint}" not in: ${stderr}`,
    );
  }
  assertEquals(code, expected.code, stderr);
  assertEquals(stdout, "");
}

/** Undoes the wrapping of long lines. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
