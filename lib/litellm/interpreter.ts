/**
 * Reads out of a program's bytes which Python it starts: a script of pip or
 * uv, or one of the small launchers that stand for scripts on Windows.
 *
 * @module
 */

/** What a script can have before its code, in bytes. */
const headBytes = 4096;
/** A path in a launcher, in bytes; Windows has at most 32,767 characters. */
const longestPathBytes = 98_301;

/**
 * The Python that a program's bytes name, as they name it: it may be relative
 * to the program's folder. Nothing where the program asks the system for one
 * (`env`), or works it out as it runs.
 */
export function interpreterIn(bytes: Uint8Array): string | undefined {
  const start = latin1(bytes.subarray(0, 2));
  const named = start === "#!"
    ? inScript(utf8(bytes.subarray(0, headBytes)))
    : start === "MZ"
    ? afterLauncher(bytes) ?? inLauncherEnd(bytes) ?? inResources(bytes)
    : undefined;
  // A shell or `env` leads to no folder of Python's.
  return /(?:^|[\\/])python[^\\/]*$/i.test(named ?? "") ? named : undefined;
}

/**
 * The `#!` line of a script. The system takes neither spaces nor long paths
 * there, so pip and uv then go through the shell, on the second line.
 */
function inScript(text: string): string | undefined {
  const [first = "", second = ""] = text.split(/\r?\n/);
  const throughShell = /^'''exec' (?:"([^"$]+)"|'([^']+)'|([^\s"'$]+))\s/.exec(
    second,
  );
  if (throughShell) return throughShell.slice(1).find(Boolean);
  const line = /^#!\s*(?:"([^"]+)"|(.+?\.exe)(?=\s|$)|(\S+))/i.exec(first);
  return line?.slice(1).find(Boolean);
}

/** pip (distlib): launcher, `#!` line, zip with the script. */
function afterLauncher(bytes: Uint8Array): string | undefined {
  const line = /#![^\r\n\0]{1,32767}\r?\n(?=PK)/.exec(latin1(bytes));
  if (line === null) return undefined;
  return inScript(
    utf8(bytes.subarray(line.index, line.index + line[0].length)),
  );
}

/** uv until 0.8: launcher, zip, path, length of the path, four letters. */
function inLauncherEnd(bytes: Uint8Array): string | undefined {
  const end = bytes.length - 8;
  if (end < 0 || !/^UV(?:UV|SC|PY)$/.test(latin1(bytes.subarray(end + 4)))) {
    return undefined;
  }
  const length = viewOf(bytes).getUint32(end, true);
  if (length > Math.min(end, longestPathBytes)) return undefined;
  return utf8(bytes.subarray(end - length, end));
}

/** uv since 0.8: a resource of the launcher. */
function inResources(bytes: Uint8Array): string | undefined {
  try {
    return utf8(new Resources(bytes).named("UV_PYTHON_PATH"));
  } catch (error) {
    // A damaged file points outside itself.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What a program of Windows carries with it, see Microsoft's "PE Format". */
class Resources {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #header: number;
  readonly #root: number;

  /** Throws `RangeError` where there are none. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.#header = this.#u32(0x3c);
    if (this.#u32(this.#header) !== 0x4550) throw new RangeError("no program");
    const optional = this.#header + 24;
    const directories = optional + (this.#u16(optional) === 0x20b ? 112 : 96);
    this.#root = this.#inFile(this.#u32(directories + 16));
  }

  /** Raw data (type 10) by its name, in its first language. Throws `RangeError`. */
  named(name: string): Uint8Array {
    const data = this.#entry(this.#entry(this.#entry(this.#root, 10), name));
    const start = this.#inFile(this.#u32(data));
    const length = Math.min(this.#u32(data + 4), longestPathBytes);
    return this.#bytes.subarray(start, start + length);
  }

  /** Where the entry points that has the id or name; any, if none is given. */
  #entry(table: number, wanted?: number | string): number {
    const count = this.#u16(table + 12) + this.#u16(table + 14);
    for (let index = 0; index < count; index++) {
      const id = this.#u32(table + 16 + 8 * index);
      const isNamed = id >= 0x8000_0000;
      const found = isNamed ? this.#name(this.#root + id - 0x8000_0000) : id;
      if (wanted !== undefined && found !== wanted) continue;
      return this.#root + (this.#u32(table + 20 + 8 * index) & 0x7fff_ffff);
    }
    throw new RangeError("no such resource");
  }

  #name(at: number): string {
    const end = at + 2 + 2 * this.#u16(at);
    return new TextDecoder("utf-16le").decode(
      this.#bytes.subarray(at + 2, end),
    );
  }

  /** Where in the file is what the program will have at this address. */
  #inFile(address: number): number {
    const sections = this.#header + 24 + this.#u16(this.#header + 20);
    for (let index = 0; index < this.#u16(this.#header + 6); index++) {
      const section = sections + 40 * index;
      const offset = address - this.#u32(section + 12);
      if (offset >= 0 && offset < this.#u32(section + 16)) {
        return this.#u32(section + 20) + offset;
      }
    }
    throw new RangeError("outside all sections");
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  #u16(at: number): number {
    return this.#view.getUint16(at, true);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** One character for each byte, so that places in the text are places in it. */
function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
