import { assertEquals } from "./assert.ts";
import { fromRepository } from "./repository.ts";

/** The files of `lib/` that touch the outside; `main.ts` alone builds them. */
const IO_FILES: readonly string[] = [
  "fetch_models.ts",
  "handoff.ts",
  "store.ts",
  "terminal.ts",
];

/** The parts of the I/O files, imported by them alone. */
const IO_PARTS: readonly string[] = [
  "file_fault.ts",
  "file_read.ts",
  "file_replace.ts",
  "json_body.ts",
  "live_region.ts",
  "side_files.ts",
];

async function sources(): Promise<Map<string, string>> {
  const folder = fromRepository("lib");
  const found = new Map<string, string>();
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".ts")) continue;
    found.set(name, await Deno.readTextFile(`${folder}/${name}`));
  }
  return found;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
}

Deno.test("pure files use neither Deno, fetch, console, a clock nor randomness", async () => {
  const impure = [...await sources()].filter(([name]) =>
    !IO_FILES.includes(name) && !IO_PARTS.includes(name)
  ).filter(([, text]) =>
    /(?<!")\bDeno\.|\bfetch\(|console\.|Date\.now|new Date\(\)|performance\.|Math\.random|randomUUID|getRandomValues|setTimeout/
      .test(withoutComments(text))
  );
  assertEquals(impure.map(([name]) => name), []);
});

Deno.test("pure files take types alone from files that touch the outside", async () => {
  const wrong = [...await sources()].flatMap(([name, text]) => {
    if (IO_FILES.includes(name) || IO_PARTS.includes(name)) return [];
    if (name === "run.ts") return [];
    return text.split(";").filter((statement) =>
      /^\s*import (?!type)/.test(statement) &&
      [...IO_FILES, ...IO_PARTS].some((file) =>
        statement.includes(`"./${file}"`)
      )
    ).map((statement) => `${name}: ${statement.trim()}`);
  });
  assertEquals(wrong, []);
});
