/**
 * Makes up the launchers that pip and uv write on Windows: as little of a
 * program as their readers look at, with the path of a Python.
 *
 * @module
 */

const encoder = new TextEncoder();
/** Begins and ends as a zip does. */
const zip = "PK\x03\x04\x14\0__main__.py" + "x".repeat(40) + "PK\x05\x06" +
  "\0".repeat(18);

/** A launcher of pip, with the line that names its Python, and its end. */
export function pipLauncher(line: string): Uint8Array {
  return encoder.encode(`MZ${"\0#!\r\n".repeat(30)}${line}${zip}`);
}

/**
 * A launcher of uv: of old with the four letters at its end, today with the
 * path as a resource of a program of 32 or 64 bits.
 */
export function uvLauncher(
  path: string,
  kind: "UVUV" | "UVSC" | 32 | 64,
): Uint8Array {
  const bytes = encoder.encode(path);
  if (typeof kind === "number") return withResources(bytes, kind);
  const head = encoder.encode(`MZ${zip}`);
  const launcher = new Uint8Array(head.length + bytes.length + 8);
  launcher.set(head);
  launcher.set(bytes, head.length);
  const view = new DataView(launcher.buffer);
  view.setUint32(head.length + bytes.length, bytes.length, true);
  launcher.set(encoder.encode(kind), launcher.length - 4);
  return launcher;
}

const headerAt = 0x80;
const sectionAt = 0x400;
/** Where the section is in memory: not where it is in the file. */
const sectionAddress = 0x3000;

/** Two types, two names, one language, as Microsoft's "PE Format" has them. */
function withResources(path: Uint8Array, bits: 32 | 64): Uint8Array {
  const file = new Uint8Array(0x1000);
  const view = new DataView(file.buffer);
  const u16 = (at: number, value: number) => view.setUint16(at, value, true);
  const u32 = (at: number, value: number) => view.setUint32(at, value, true);
  const optionalBytes = bits === 64 ? 240 : 224;
  const optional = headerAt + 24;
  file.set(encoder.encode("MZ"));
  u32(0x3c, headerAt);
  file.set(encoder.encode("PE"), headerAt);
  u16(headerAt + 6, 2);
  u16(headerAt + 20, optionalBytes);
  u16(optional, bits === 64 ? 0x20b : 0x10b);
  u32(optional + (bits === 64 ? 112 : 96) + 16, sectionAddress);
  const sections = optional + optionalBytes;
  section(sections, [0x1000, 0x100, 0x300]);
  section(sections + 40, [sectionAddress, 0xc00, sectionAt]);

  table(0, 0, [[3, 0x300, true], [10, 0x40, true]]);
  table(0x40, 2, [[named(0x200, "UV_PYTHON_PATH"), 0x80, true], [
    named(0x240, "UV_TRAMPOLINE_KIND"),
    0x300,
    true,
  ]]);
  table(0x80, 0, [[0, 0x100, false]]);
  table(0x300, 0, []);
  u32(sectionAt + 0x100, sectionAddress + 0x400);
  u32(sectionAt + 0x104, path.length);
  file.set(path, sectionAt + 0x400);
  return file;

  function section(at: number, [address, size, start]: number[]): void {
    u32(at + 12, address ?? 0);
    u32(at + 16, size ?? 0);
    u32(at + 20, start ?? 0);
  }
  function table(
    at: number,
    names: number,
    entries: readonly (readonly [number, number, boolean])[],
  ): void {
    u16(sectionAt + at + 12, names);
    u16(sectionAt + at + 14, entries.length - names);
    for (const [index, [id, target, isTable]] of entries.entries()) {
      const entry = sectionAt + at + 16 + 8 * index;
      u32(entry, id);
      u32(entry + 4, isTable ? target + 0x8000_0000 : target);
    }
  }
  function named(at: number, name: string): number {
    u16(sectionAt + at, name.length);
    for (const [index, letter] of [...name].entries()) {
      u16(sectionAt + at + 2 + 2 * index, letter.charCodeAt(0));
    }
    return at + 0x8000_0000;
  }
}
