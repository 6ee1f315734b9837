/**
 * Every config that LiteLLM accepts before a run it accepts after, with the
 * discovered models added and the hand-written ones unchanged. What LiteLLM
 * makes of a config is told by its own loader.
 *
 * @module
 */

import { ConfigError } from "../../lib/errors.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
} from "../../lib/text/fields.ts";
import { undatedName } from "../../lib/providers/claude.ts";
import { findRegion } from "../../lib/block/splice.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { runProgram } from "../support/program.ts";
import { fromRepository, isFolder } from "../support/repository.ts";
import {
  type Providers,
  startProviders,
} from "../support/stand_in_providers.ts";
import { loadConfigs } from "./loader.ts";

/** The configs of this repository, and others where they are at hand. */
const FOLDERS = ["tests/fixtures/configs", "../shared/corpus/configs"];

/** Exit codes of the runs that are to be expected here. */
const DONE = 0;
const REFUSED = 3;

/** How many runs there are at once. */
const LANES = 3;

/** How many of the repository's own configs LiteLLM must accept at least. */
const ACCEPTED_AT_LEAST = 30;

for (const source of FOLDERS.map(fromRepository)) {
  Deno.test({
    name: `LiteLLM accepts after a run what it accepted before: ${source}`,
    ignore: !await isFolder(source),
    fn: () => provesAcceptance(source),
  });
}

/** A config before and after a run, as LiteLLM sees it. */
interface Pair {
  readonly name: string;
  readonly code: number;
  readonly isSame: boolean;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

async function provesAcceptance(source: string): Promise<void> {
  const pairs = await pairsOf(source);
  const accepted = pairs.filter(({ before }) => field(before, "models"));
  assert(
    accepted.length >= ACCEPTED_AT_LEAST,
    `only ${accepted.length} of ${pairs.length} are accepted before`,
  );
  const refused = pairs.filter(({ code }) => code === REFUSED);
  assert(refused.length <= 5, `${refused.length} configs were refused`);
  const names = await discoveredNames();
  for (const pair of pairs) {
    if (pair.code === REFUSED) {
      assert(pair.isSame, `${pair.name}: refused, but changed`);
    } else {
      assertEquals(pair.code, DONE, pair.name);
      assertPair(pair, names);
    }
  }
}

/** Where LiteLLM says no for a reason of its own, the reason must stay. */
function assertPair({ name, before, after }: Pair, discovered: string[]): void {
  assertEquals(field(after, "error"), field(before, "error"), name);
  const now = listField(after, "models").filter(isJsonObject);
  const userEntries = now.filter((model) => !isOurs(model));
  const was = listField(before, "models").filter(isJsonObject)
    .filter((model) => !isOurs(model));
  assertEquals(userEntries, was, name);
  if (field(after, "error") !== undefined) return;
  const ours = now.filter(isOurs).map(nameOf);
  const theirs = was.map(nameOf);
  assertEquals(ours.filter((own) => theirs.includes(own)), [], name);
  assertEquals(new Set(ours).size, ours.length, `${name}: a name twice`);
  if (theirs.includes("*")) return assertEquals(ours, [], name);
  const all = [...theirs, ...ours];
  // Next to wildcards a Claude has its provider's id, and no second name.
  const missing = discovered.filter((id) =>
    !all.includes(id) && undatedName(id) === undefined &&
    !all.some((other) => dashed(other).endsWith(`/${dashed(id)}`))
  );
  assertEquals(missing, [], `${name}: not offered`);
}

function dashed(id: string): string {
  return id.replaceAll(".", "-");
}

function nameOf(model: JsonObject): string {
  return String(field(model, "model_name"));
}

function isOurs(model: JsonObject): boolean {
  return String(field(objectField(model, "model_info"), "id"))
    .startsWith("discover:");
}

/** Runs the program on a copy of each config; LiteLLM loads both versions. */
async function pairsOf(source: string): Promise<Pair[]> {
  const folder = await Deno.makeTempDir({ prefix: "accepts-" });
  const [before, after] = [`${folder}/before`, `${folder}/after`];
  try {
    await using providers = await startProviders();
    const codes = await refreshAll(source, { before, after, providers });
    const loaded = await loadConfigs([before, after], folder);
    return await Promise.all([...codes].map(async ([name, code]) => ({
      name,
      code,
      isSame:
        await hash(`${before}/${name}`) === await hash(`${after}/${name}`),
      before: objectField(objectField(loaded, before), name),
      after: objectField(objectField(loaded, after), name),
    })));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Copies {
  readonly before: string;
  readonly after: string;
  readonly providers: Providers;
}

async function refreshAll(
  source: string,
  { before, after, providers }: Copies,
): Promise<Map<string, number>> {
  const desk = `${after}-desk`;
  for (const folder of [before, after, desk]) await Deno.mkdir(folder);
  const codes = new Map<string, number>();
  const refresh = async (name: string): Promise<void> => {
    // Copied as bytes: a file that may only be read would be refused.
    const bytes = await Deno.readFile(`${source}/${name}`);
    if (hasBlock(bytes)) return;
    await Deno.writeFile(`${before}/${name}`, bytes);
    await Deno.writeFile(`${desk}/${name}`, bytes);
    const args = ["-q", "--config", `${desk}/${name}`];
    const { code } = await runProgram(args, { env: providers.env });
    codes.set(name, code);
    // Backups stay on the desk, out of LiteLLM's sight.
    await Deno.rename(`${desk}/${name}`, `${after}/${name}`);
  };
  const names = Array.from(Deno.readDirSync(source), ({ name }) => name);
  const rest = names.values();
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (const name of rest) await refresh(name);
  }));
  return codes;
}

/** A block that is there already is replaced, and so not "unchanged". */
function hasBlock(bytes: Uint8Array): boolean {
  try {
    return findRegion(bytes).kind === "existing";
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

async function hash(path: string): Promise<string> {
  const bytes = await Deno.readFile(path);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** What a config without a single model is given. */
async function discoveredNames(): Promise<string[]> {
  await using providers = await startProviders();
  const folder = await Deno.makeTempDir({ prefix: "accepts-" });
  const config = `${folder}/config.yaml`;
  try {
    await Deno.writeTextFile(config, "model_list:\n");
    await runProgram(["-q", "--config", config], { env: providers.env });
    const text = await Deno.readTextFile(config);
    const names = text.matchAll(/^ *- model_name: "(.+)"$/gm);
    return [...names].map(([, name = ""]) => name);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
