/**
 * Writes, for every config, what it was and what a run made of it, for PyYAML
 * to judge: `NAME.before` and `NAME.after` in the folder that is named.
 *
 * @module
 */
import { ConfigError } from "../../lib/errors.ts";
import { findRegion } from "../../lib/block/splice.ts";
import { corpusPaths } from "../support/corpus.ts";
import { runHere } from "../support/in_process.ts";
import { startProviders } from "../support/stand_in_providers.ts";

/** A block that is there already would be hand-written to the judge. */
function hasBlock(bytes: Uint8Array): boolean {
  try {
    return findRegion(bytes).kind === "existing";
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

const [folder] = Deno.args;
if (folder === undefined) throw new Error("usage: write_pairs.ts FOLDER");
await using providers = await startProviders();
for (const source of await corpusPaths()) {
  const name = source.slice(source.lastIndexOf("/") + 1);
  const path = `${folder}/${name}`;
  const original = await Deno.readFile(source);
  if (hasBlock(original)) continue;
  await Deno.writeFile(path, original);
  const { code } = await runHere(["--config", path], providers.env);
  if (code === 0) {
    await Deno.writeFile(`${path}.before`, original);
    await Deno.rename(path, `${path}.after`);
  } else {
    await Deno.remove(path);
  }
}
