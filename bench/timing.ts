/**
 * Puts a clock around the stages of the program without touching `lib/`: an
 * import map leads to modules that stand in front of the timed ones. Most are
 * a line around one function and are written here; `store.ts`, `run.ts` and
 * `refresh.ts` in `bench/timed/` are more than that, and so is the `fetch` that
 * `main.ts` there puts in the place of the real one.
 *
 * @module
 */

import project from "../deno.json" with { type: "json" };
import { fromRepository } from "../tests/support/repository.ts";

/** Module, function, how it is timed, and for which stage. */
const TIMED = [
  ["commands/config_version", "openVersion", "timedAsync", "parse"],
  ["fetch/fetch", "askProvider", "timedAsync", "fetch"],
  ["commands/plan", "planRefresh", "timedAsync", "render"],
  ["config/verify", "verify", "timed", "verify"],
  ["fetch/turn", "goOut", "timedAsync", "out"],
  ["commands/rehearsal", "rehearse", "timedAsync", "rehearse"],
  ["commands/report", "buildReport", "timed", "report"],
  ["commands/emit", "emitReport", "timedAsync", "report"],
] as const;
const BY_HAND = {
  store: "files/store",
  run: "commands/run",
  refresh: "commands/refresh",
} as const;

/** Writes the import map and the modules into `folder`; returns its path. */
export async function writeTimedImports(folder: string): Promise<string> {
  const front: Record<string, string> = {};
  const originals: Record<string, string> = {};
  for (const [name, module] of Object.entries(BY_HAND)) {
    const original = url(`lib/${module}.ts`);
    front[original] = url(`bench/timed/${name}.ts`);
    originals[original] = original;
  }
  await Deno.mkdir(`${folder}/timed`, { recursive: true });
  for (const [module, work, clock, stage] of TIMED) {
    const original = url(`lib/${module}.ts`);
    const path = `${folder}/timed/${module.replaceAll("/", "_")}.js`;
    await Deno.writeTextFile(
      path,
      `import { ${work} as real } from "${original}";
import { ${clock} } from "${url("bench/timed/marks.ts")}";
export * from "${original}";
export const ${work} = (...args) => ${clock}("${stage}", () => real(...args));
`,
    );
    front[original] = `file://${path}`;
    originals[original] = original;
  }
  const map = {
    imports: { ...project.imports, ...front },
    // What a timed module imports is the original, or it would find itself.
    scopes: {
      [url("bench/timed/")]: originals,
      [`file://${folder}/timed/`]: originals,
    },
  };
  const path = `${folder}/imports.json`;
  await Deno.writeTextFile(path, JSON.stringify(map));
  return path;
}

function url(path: string): string {
  return `file://${fromRepository(path)}`;
}
