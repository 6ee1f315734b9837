/**
 * Appends lines to a log, and to nothing else: a typo in `--log-file` must not
 * put a line into another file.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { mapFsErrors, writeError } from "./fs_errors.ts";
import { exists, locate, readUpTo, writeAll } from "./snapshot.ts";
import { lock } from "./replace.ts";

/** An interrupted run also gets a line in the log. */
const UNINTERRUPTED = { interrupted: new AbortController().signal };

/** Whether a line, without its end, is one that this program writes. */
export type IsOurs = (line: string) => boolean;

/** The end of a log that is looked at; a line of ours is far shorter. */
const TAIL_BYTES = 256 * 1024;

/**
 * Adds `line` to the end of a file, which is created if needed. Returns why that
 * failed, if it did: the file is neither empty nor a log, or cannot be written.
 * A pipe is refused, since opening one waits for a reader.
 */
export async function append(
  path: string,
  line: string,
  isOurs: IsOurs,
): Promise<ConfigError | undefined> {
  // The hints for the config do not fit a log.
  const explain = (cause: unknown): ConfigError =>
    new ConfigError(writeError(cause).message, { cause });
  try {
    await mapFsErrors(() => appendOrThrow(path, line, isOurs), explain);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

async function appendOrThrow(
  path: string,
  line: string,
  isOurs: IsOurs,
): Promise<void> {
  if (await exists(path)) await locate(path);
  const options = { read: true, append: true, create: true };
  using file = await Deno.open(path, options);
  // Two runs at once: the second must not see half a line of the first. On
  // Windows a lock would keep readers out.
  using handle = Deno.build.os === "windows"
    ? undefined
    : await Deno.open(path);
  if (handle !== undefined) await lock(handle, UNINTERRUPTED);
  const lead = leadAfter(await readTail(file), isOurs);
  await writeAll(file, new TextEncoder().encode(lead + line));
}

async function readTail(file: Deno.FsFile): Promise<string> {
  const { size } = await file.stat();
  const start = Math.max(0, size - TAIL_BYTES);
  await file.seek(start, Deno.SeekMode.Start);
  return new TextDecoder().decode(await readUpTo(file, size - start));
}

/**
 * What to write in front of a new line: a line end where the last one was cut
 * off, by a full disk or a crash.
 */
function leadAfter(tail: string, isOurs: IsOurs): string {
  if (tail === "") return "";
  const lines = tail.split("\n");
  const last = lines.pop() ?? "";
  const before = lines.pop() ?? "";
  if (last === "" && isOurs(before)) return "";
  if (isOurs(last) || isOurs(before) && last.startsWith('{"time":"')) {
    return "\n";
  }
  throw new ConfigError("its last line was not written by discover", {
    hint: "choose a file that is empty or does not exist yet",
  });
}
