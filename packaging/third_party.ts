/**
 * The licenses of what the compiled program holds of others, as one text: who
 * gets the program must get their notices. Which packages those are and where
 * they lie, Deno says (2.9.6; 2.6.8 does not yet say where), and their texts are
 * read there.
 *
 * @module
 */

import {
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../lib/text/fields.ts";
import { ROOT } from "./build.ts";

/** A package that is part of the program. */
export interface EmbeddedPackage {
  readonly name: string;
  readonly version: string;
  /** The text of its license file; nothing where it has none. */
  readonly license: string | undefined;
}

/** What the sources say of a package that has no license file. */
const NOTICES: Readonly<Record<string, string>> = {
  "deno-std": `MIT license; its terms are those in LICENSE, next to this file.
Copyright 2018-2026 the Deno authors.
Its YAML parser: Copyright 2011-2015 by Vitaly Puzrin.
Its paths: Copyright the Browserify authors.`,
};

/** The runtime is a program of its own, to which ours is added. */
const RUNTIME = `# Deno, https://github.com/denoland/deno

MIT license; its terms are those in LICENSE, next to this file.
Copyright 2018-2026 the Deno authors.
It holds V8 and the Rust packages in its Cargo.lock, under licenses of their own.
`;

/** The whole text; throws for a package of which no license is known. */
export function thirdPartyText(packages: readonly EmbeddedPackage[]): string {
  const parts = packages.map(({ name, version, license = NOTICES[name] }) => {
    if (license !== undefined) {
      return `# ${name} ${version}\n\n${license.trim()}\n`;
    }
    throw new Error(`package "${name}": it has no license file`);
  });
  const head = "What the program holds of others, and under which licenses.\n";
  return [head, RUNTIME, ...parts].join("\n");
}

/** The packages that `main.ts` imports, in order of their names. */
export async function embeddedPackages(): Promise<EmbeddedPackage[]> {
  const graph = await readGraph();
  const ids = listField(graph, "modules").filter(isJsonObject)
    .flatMap((module) => textField(module, "npmPackage") ?? []);
  const known = objectField(graph, "npmPackages");
  return await Promise.all(
    [...new Set(ids)].toSorted()
      .map((id) => readPackage(objectField(known, id), id)),
  );
}

/** What `deno info` says of the program. */
async function readGraph(): Promise<JsonObject> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "main.ts"],
    cwd: ROOT,
  }).output();
  const [text, error] = [stdout, stderr]
    .map((bytes) => new TextDecoder().decode(bytes));
  if (code !== 0) throw new Error(`deno info: code ${code}: ${error}`);
  const graph: unknown = JSON.parse(text ?? "");
  return isJsonObject(graph) ? graph : {};
}

async function readPackage(
  facts: JsonObject,
  id: string,
): Promise<EmbeddedPackage> {
  const folder = textField(facts, "localPath");
  if (folder === undefined) {
    throw new Error(
      `package "${id}": Deno ${Deno.version.deno} does not say where it lies`,
    );
  }
  return {
    name: textField(facts, "name") ?? id,
    version: textField(facts, "version") ?? "",
    license: await readLicense(folder),
  };
}

async function readLicense(folder: string): Promise<string | undefined> {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  // A folder lists its files in no order that holds on each machine.
  const file = names.toSorted()
    .find((name) => /^license(\.md|\.txt)?$/i.test(name));
  return file && await Deno.readTextFile(`${folder}/${file}`);
}
