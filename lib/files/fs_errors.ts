/**
 * Errors of the operating system about a file, in words: a code becomes a state
 * such as "permission denied". The error's own text is not shown, since it
 * differs between versions and systems; it stays the `cause`. Touches no file.
 *
 * @module
 */
import { ConfigError, Interrupted } from "../errors.ts";

/** Codes for the error classes that may come without one. */
const CODE_OF_CLASS: Readonly<Record<string, string>> = {
  NotFound: "ENOENT",
  PermissionDenied: "EACCES",
  AlreadyExists: "EEXIST",
  Busy: "EBUSY",
};

const STATES: Readonly<Record<string, string>> = {
  ENOENT: "not found",
  ENOTDIR: "not found",
  EACCES: "permission denied",
  EPERM: "permission denied",
  NotCapable: "not permitted for this program",
  EISDIR: "a folder, not a file",
  ELOOP: "a symbolic link loop",
  ENAMETOOLONG: "the file name is too long",
  ENOSPC: "no space left on the device",
  EDQUOT: "disk quota exceeded",
  EFBIG: "too large for the file system",
  EROFS: "the file system is read-only",
  EIO: "input/output error",
  EBUSY: "in use, or mounted as a single file",
  ETXTBSY: "in use",
  EMFILE: "too many open files",
  ENFILE: "too many open files",
};

const MAKE_WRITABLE =
  "make the file and its folder writable, or name another file with --output";
const HINTS: Readonly<Record<string, string>> = {
  EACCES: MAKE_WRITABLE,
  EPERM: MAKE_WRITABLE,
  EROFS: "make the file system writable, or name another file with --output",
  EBUSY:
    "mount the folder instead of the single file, or name another file with --output",
};

/** The system's code ("ENOENT"), else its number, else the error's name. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  const known = CODE_OF_CLASS[error.name];
  if (known !== undefined) return known;
  const number = /\(os error ([0-9]+)\)/.exec(error.message)?.[1];
  return number === undefined ? error.name : `error ${number}`;
}

/** The file does not exist, or not even its folder. */
export function isAbsent(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(errorCode(error));
}

/** On Windows: another program has the file open, or it is protected. */
export function isHeld(error: unknown): boolean {
  return ["EACCES", "EPERM", "EBUSY"].includes(errorCode(error));
}

/** On Windows: another program lets nobody else open the file. */
export function isLocked(error: unknown): boolean {
  return errorCode(error) === "EBUSY";
}

/** An error that came while reading a file. */
export function readError(cause: unknown): ConfigError {
  if (!isLocked(cause)) return new ConfigError(stateOf(cause), { cause });
  const hint = "close the program that has it open";
  return new ConfigError("in use by another program", { hint, cause });
}

/** An error that came while writing a file, and what to do about it. */
export function writeError(cause: unknown, isWindows = false): ConfigError {
  if (isWindows && isHeld(cause)) {
    const hint = "close the program that has it open, or use --output";
    const state = "in use by another program, or protected";
    return new ConfigError(state, { hint, cause });
  }
  // The file itself need not exist.
  const state = isAbsent(cause) ? "its folder does not exist" : stateOf(cause);
  return new ConfigError(state, { hint: HINTS[errorCode(cause)], cause });
}

function stateOf(error: unknown): string {
  const code = errorCode(error);
  return STATES[code] ?? `the system reports ${code}`;
}

/** Errors that can only be a bug in this program, not a file's state. */
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError];

/**
 * Runs `work` and turns what the system says about a file into a
 * {@linkcode ConfigError}, with `what` ("cannot be saved") in front of its
 * state. A bug in this program passes unchanged.
 */
export async function mapFsErrors<T>(
  work: () => Promise<T>,
  explain: (error: unknown) => ConfigError,
  what?: string,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isCoded = error instanceof Error && "code" in error;
    const isBug = !isCoded &&
      BUGS.some((kind) => error instanceof kind);
    if (isBug || error instanceof Interrupted) throw error;
    const known = error instanceof ConfigError ? error : explain(error);
    throw what === undefined ? known : prefixError(what, known);
  }
}

/** Puts `what` ("cannot be saved") in front of a state. */
export function prefixError(what: string, error: ConfigError): ConfigError {
  const { hint, cause } = error;
  return new ConfigError(`${what}: ${error.message}`, { hint, cause });
}
