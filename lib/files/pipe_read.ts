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
 * The command may query a secret store on the network, or ask the user for a
 * touch: seconds, not minutes. Anything slower can be saved to a file.
 */
const PIPE_WAIT_MS = 10_000;

/**
 * Whether a path names a pipe that is already open. Opening any other one waits
 * for a writer, who may never come, and blocks all of Deno 2.6 meanwhile: so
 * named pipes do not count, not even by the number of a descriptor.
 */
export async function isOpenPipe(
  path: string,
  { isFifo }: Deno.FileInfo,
): Promise<boolean> {
  if (!isFifo || !/^(?:\/dev|\/proc\/self)\/fd\/\d+$/.test(path)) return false;
  // A link only on Linux; elsewhere, opening the number opens nothing new.
  const to = await Deno.readLink(path).catch(() => undefined);
  return to === undefined || to.startsWith("pipe:[");
}

/** Everything that the writer sends, if it is done within `waitMs`. */
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
    const hint = "save the output to a file and pass that file";
    const state = `the command did not finish within ${waitMs / 1000} s`;
    throw new ConfigError(state, { hint, cause });
  });
  if (bytes.length <= maxBytes) return bytes;
  throw new ConfigError(`larger than ${formatSize(maxBytes)}`);
}
