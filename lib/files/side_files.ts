/**
 * The small files next to the config, which are read if they exist.
 *
 * @module
 */
import { isAbsent, mapFsErrors, readError } from "./fs_errors.ts";
import { assertRegular, readStable, type Wait } from "./snapshot.ts";
import { isOpenPipe, readPipe } from "./pipe_read.ts";

/** A file's bytes; undefined if it does not exist. */
export async function readOptional(
  path: string,
  maxBytes: number,
  wait: Wait,
): Promise<Uint8Array | undefined> {
  const read = async (): Promise<Uint8Array | undefined> => {
    try {
      const stat = await Deno.stat(path);
      // `.env` is also a usual name for a folder with a Python environment.
      if (stat.isDirectory) return undefined;
      if (await isOpenPipe(path, stat)) return await readPipe(path, maxBytes);
      assertRegular(stat);
      return (await readStable(path, maxBytes, wait)).bytes;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  };
  return await mapFsErrors(
    read,
    readError,
    `cannot read ${JSON.stringify(path)}`,
  );
}
