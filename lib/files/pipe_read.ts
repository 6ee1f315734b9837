/**
 * Reads what comes through a pipe that the shell opened for this program, as
 * bash does for `<(command)`.
 *
 * @module
 */

// @ts-types="../types/std_async_deadline.d.ts"
import { deadline } from "@std/async/deadline";
import { ConfigError } from "../errors.ts";
import { formatSize, readUpTo } from "./snapshot.ts";

/**
 * The command may ask a secret store on the network, or its owner for a touch:
 * seconds, not minutes. What takes longer can be written to a file.
 */
const PIPE_WAIT_MS = 10_000;

/**
 * Whether a path names a pipe that is open already. To open any other waits
 * for a writer, who may never come, and Deno 2.6 does nothing else meanwhile:
 * so a pipe with a name is none, even by the number of a descriptor.
 */
export async function isOpenPipe(
  path: string,
  { isFifo }: Deno.FileInfo,
): Promise<boolean> {
  if (!isFifo || !/^(?:\/dev|\/proc\/self)\/fd\/\d+$/.test(path)) return false;
  // A link only on Linux; elsewhere, to open the number opens nothing anew.
  const to = await Deno.readLink(path).catch(() => undefined);
  return to === undefined || to.startsWith("pipe:[");
}

/** All that comes until the writer is done, within `waitMs`. */
export async function readPipe(
  path: string,
  maxBytes: number,
  waitMs = PIPE_WAIT_MS,
): Promise<Uint8Array> {
  const read = async (): Promise<Uint8Array> => {
    using file = await Deno.open(path);
    return await readUpTo(file, maxBytes + 1);
  };
  const bytes = await deadline(read(), waitMs).catch((cause: unknown) => {
    const isLate = cause instanceof DOMException &&
      cause.name === "TimeoutError";
    if (!isLate) throw cause;
    const hint = "write it into a file first, and name that";
    const state = `its writer was not done within ${waitMs / 1000} s`;
    throw new ConfigError(state, { hint, cause });
  });
  if (bytes.length <= maxBytes) return bytes;
  throw new ConfigError(`larger than ${formatSize(maxBytes)}`);
}
