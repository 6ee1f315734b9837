/**
 * Every config there is to try: the ones of this repository, and, where the
 * folder next to it exists, real ones found in public repositories.
 *
 * @module
 */
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
