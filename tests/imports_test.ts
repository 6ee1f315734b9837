/**
 * The order of the folders is the order of the data: each imports only from
 * what stands left of it, and no files import each other in a circle.
 *
 * @module
 */

import { assert, assertEquals } from "./support/assert.ts";
import { LIB_PARTS } from "./support/lib_parts.ts";
import { fromRepository } from "./support/repository.ts";

type Imports = ReadonlyMap<string, readonly string[]>;

async function filesIn(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(fromRepository(folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) files.push(...await filesIn(path));
    else if (/(?<!\.d)\.ts$/.test(entry.name)) files.push(path);
  }
  return files;
}

/** What each file imports from the project, types and later imports included. */
async function importsOf(folder: string): Promise<Imports> {
  const imports = new Map<string, string[]>();
  for (const file of await filesIn(folder)) {
    const text = await Deno.readTextFile(fromRepository(file));
    const found = text.matchAll(
      /^(?:import|export)\b(?:[^;]*? from)? "(\.[^"]+)"|\bimport\(\s*"(\.[^"]+)"/gm,
    );
    const paths = [...found].map(([, now, later]) => now ?? later ?? "");
    imports.set(
      file,
      paths.map((path) => new URL(path, `file:///${file}`).pathname.slice(1))
        .filter((path) => !path.endsWith(".d.ts")),
    );
  }
  return imports;
}

/** `lib/yaml/bytes.ts` is in `yaml/`. */
function partOf(file: string): string {
  return LIB_PARTS.find((part) => file.startsWith(`lib/${part}`)) ?? "";
}

/** A way from `file` back to itself; nothing where there is none. */
function circleFrom(file: string, imports: Imports): string[] | undefined {
  const ways = (imports.get(file) ?? []).map((next) => [file, next]);
  const seen = new Set<string>();
  for (let way = ways.shift(); way; way = ways.shift()) {
    const last = way.at(-1) ?? "";
    if (last === file) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const next of imports.get(last) ?? []) ways.push([...way, next]);
  }
  return undefined;
}

Deno.test("a folder of lib/ imports only from those before it in the order", async () => {
  const imports = await importsOf("lib");
  assert([...imports.values()].flat().length > 300);
  const wrong = [...imports].flatMap(([file, paths]) =>
    paths.filter((path) => {
      const [from, to] = [partOf(file), partOf(path)];
      const distance = LIB_PARTS.indexOf(from) - LIB_PARTS.indexOf(to);
      return from !== to && (to === "" || distance < 0);
    }).map((path) => `${file} imports ${path}`)
  );
  assertEquals(wrong, []);
});

for (const folder of ["lib", "bench", "tests/support"]) {
  Deno.test(`no files of ${folder}/ import each other in a circle`, async () => {
    const imports = await importsOf(folder);
    const circles = [...imports.keys()].flatMap((file) => {
      const way = circleFrom(file, imports);
      return way ? [way.join(" > ")] : [];
    });
    assertEquals(circles, []);
  });
}
