import { assert, assertEquals } from "./support/assert.ts";
import { fromRepository } from "./support/repository.ts";

/** What touches the outside; `main.ts` alone imports it, and hands it to `run`. */
const IO_FILES: readonly string[] = [
  "fetch/fetch.ts",
  "litellm/installation.ts",
  "litellm/launcher.ts",
  "litellm/neighbor.ts",
  "litellm/program.ts",
  "litellm/signals.ts",
  "terminal/terminal.ts",
];

/** The store and its parts, which touch files; names alone are read here. */
const STORE_PARTS = "files/";
const PURE_FILES: readonly string[] = [
  "files/paths.ts",
  "files/standard_streams.ts",
];

/** Words that a pure file must not say, outside comments and texts. */
const OUTSIDE =
  /\bDeno\.|\bfetch\(|\bconsole\.|Date\.now|new Date\(\)|performance\.|Math\.random|randomUUID|getRandomValues|\bset(?:Timeout|Interval)\b/;

async function sources(folder = "lib"): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const entry of Deno.readDir(fromRepository(folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) {
      for (const [name, text] of await sources(path)) found.set(name, text);
    } else if (path.endsWith(".ts") && !path.endsWith(".d.ts")) {
      const text = await Deno.readTextFile(fromRepository(path));
      found.set(path.slice("lib/".length), text);
    }
  }
  return found;
}

function code(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/.*|"[^"\n]*"/g, "");
}

function touchesOutside(name: string): boolean {
  return IO_FILES.includes(name) ||
    name.startsWith(STORE_PARTS) && !PURE_FILES.includes(name);
}

/** The files that `name` imports for more than their types. */
function importsOf(name: string, text: string): string[] {
  const statements = text.match(/^(?:import|export) [^;]*? from "[^"]+"/gm);
  return (statements ?? []).filter((statement) =>
    !/^(?:import|export) type /.test(statement)
  ).flatMap((statement) => {
    const path = /from "(\..*)"$/.exec(statement)?.[1];
    if (path === undefined) return [];
    return [new URL(path, `file:///${name}`).pathname.slice(1)];
  });
}

Deno.test("pure files use neither Deno, fetch, console, a clock nor randomness", async () => {
  const files = await sources();
  assert(files.size > 30);
  const impure = [...files].filter(([name, text]) =>
    !touchesOutside(name) && OUTSIDE.test(code(text))
  );
  assertEquals(impure.map(([name]) => name), []);
});

Deno.test("pure files import no file that touches the outside", async () => {
  const wrong = [...await sources()].flatMap(([name, text]) =>
    touchesOutside(name) ? [] : importsOf(name, text).filter(touchesOutside)
      .map((imported) => `${name} imports ${imported}`)
  );
  assertEquals(wrong, [
    // With a `fetch` of its own, which reaches nobody.
    "commands/rehearsal.ts imports fetch/fetch.ts",
    "commands/requests.ts imports fetch/fetch.ts",
  ]);
});

Deno.test("before the requests go out, nothing is loaded that looks at the config for LiteLLM's list or at a failure", async () => {
  const files = await sources();
  const main = await Deno.readTextFile(fromRepository("main.ts"));
  const loaded = new Set([
    ...importsOf("main.ts", main).map((path) => path.slice("lib/".length)),
    ...["commands/run.ts", "commands/requests.ts"],
  ]);
  // A set that grows is gone through to its end.
  for (const name of loaded) {
    for (const next of importsOf(name, files.get(name) ?? "")) loaded.add(next);
  }
  assert(loaded.size > 40);
  const late =
    /^(?:advice|why|doctor)\/|^litellm\/(?:installation|cost_map)\.ts$|^fetch\/(?:refusal|said|connection)\.ts$/;
  const unneeded: readonly string[] = [
    ...["cli/right_line.ts", "litellm/flags.ts", "terminal/closing.ts"],
    ...["litellm/missing_hint.ts", "litellm/neighbor.ts"],
    ...["commands/config_refusals.ts", "commands/unread_settings.ts"],
  ];
  assert(unneeded.every((name) => files.has(name)));
  assertEquals(
    [...loaded].filter((name) => late.test(name) || unneeded.includes(name)),
    [],
  );
});

Deno.test("what the program says leads to no file of the repository, which few of its users have", async () => {
  const leading = [...await sources()].flatMap(([name, text]) =>
    (text.replace(/\/\*[^]*?\*\/|^ *\/\/.*$/gm, "")
      .match(/(?<!\/)\b(?:docs|examples)\/[\w-]+|README/g) ?? [])
      .map((place) => `${name}: ${place}`)
  );
  assertEquals(leading, []);
});

Deno.test("every file says what it is for", async () => {
  const silent = [...await sources()].filter(([, text]) =>
    !/^\/\*\*[^]*?@module[^]*?\*\//.test(text)
  );
  assertEquals(silent.map(([name]) => name), []);
});
