/**
 * Every config there is to try: the ones of this repository, and, where the
 * folder beside it exists, real ones found in public repositories.
 *
 * @module
 */
import { cli } from "../lib/cli.ts";
import type { Io } from "../lib/io.ts";
import { createStore } from "../lib/store.ts";
import { createTerminal } from "../lib/terminal.ts";
import { fromRepository } from "./repository.ts";

const FOLDERS: readonly string[] = [
  "tests/fixtures/configs",
  "../shared/corpus/configs",
];

/** The configs' paths, sorted; only the first folder is always there. */
export async function corpusPaths(): Promise<string[]> {
  const paths: string[] = [];
  for (const folder of FOLDERS) {
    try {
      for await (const { name } of Deno.readDir(fromRepository(folder))) {
        if (/\.ya?ml$/.test(name)) {
          paths.push(fromRepository(`${folder}/${name}`));
        }
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return paths.toSorted();
}

/** Runs the program in this process, with the real file system and network. */
export async function runHere(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const io: Io = {
    version: "0.0.0",
    build: { os: "linux", target: "none", deno: "0.0.0" },
    environment,
    variable: (name) => environment[name],
    setNoProxy: () => {},
    mayReach: () => true,
    programDir: fromRepository("tests/fixtures"),
    workingDir: Deno.cwd,
    fetch,
    nowMs: () => performance.now(),
    now: () => new Date(),
    store: createStore(),
    launcher: {
      find: () => Promise.resolve(undefined),
      start: () => Promise.reject(new Error("nothing is started here")),
      isPortTaken: () => Promise.resolve(false),
    },
    createTerminal: (options) => createTerminal({ ...options, mode: "quiet" }),
    interrupted: new AbortController().signal,
    giveUp: () => Promise.resolve(),
  };
  return await cli(args, io);
}
