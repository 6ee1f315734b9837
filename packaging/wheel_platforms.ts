/**
 * The systems that there are wheels for, each with the tag by which installers
 * choose. A tag promises which systems the program starts on, and the runtime
 * in it decides that: a newer Deno may need more, so each program is asked.
 *
 * @module
 */

/** What a wheel says of its system. */
export interface WheelPlatform {
  /**
   * The last part of the file's name. As PyPA's page says it:
   * https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
   */
  readonly tag: string;
  /** One of PyPI's: https://pypi.org/classifiers/ */
  readonly classifier: string;
}

const LINUX = "Operating System :: POSIX :: Linux";
const MACOS = "Operating System :: MacOS :: MacOS X";

/** By the targets of `RELEASE_FILES`. */
export const WHEEL_PLATFORMS: Readonly<Record<string, WheelPlatform>> = {
  "x86_64-pc-windows-msvc": {
    tag: "win_amd64",
    classifier: "Operating System :: Microsoft :: Windows",
  },
  "x86_64-unknown-linux-gnu": {
    tag: "manylinux_2_27_x86_64",
    classifier: LINUX,
  },
  "aarch64-unknown-linux-gnu": {
    tag: "manylinux_2_27_aarch64",
    classifier: LINUX,
  },
  "x86_64-apple-darwin": { tag: "macosx_12_0_x86_64", classifier: MACOS },
  "aarch64-apple-darwin": { tag: "macosx_12_0_arm64", classifier: MACOS },
};

/** A version of two numbers; compared number by number. */
type Version = readonly [major: number, minor: number];

/** Throws if the program needs a newer system than the tag promises. */
export function assertRunsOn(tag: string, program: Uint8Array): void {
  const [, family, major, minor] =
    /^(manylinux|macosx)_(\d+)_(\d+)_/.exec(tag) ?? [];
  if (family === undefined) return;
  const isMac = family === "macosx";
  const needed = isMac ? neededMacOs(program) : neededGlibc(program);
  if (!needed || !isNewer(needed, [Number(major), Number(minor)])) return;
  const name = isMac ? "macOS" : "glibc";
  throw new Error(
    `tag "${tag}": the program needs ${name} ${needed.join(".")}`,
  );
}

function isNewer(a: Version, b: Version): boolean {
  return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
}

/** The newest glibc of whose symbols a program for Linux asks any. */
function neededGlibc(program: Uint8Array): Version | undefined {
  const text = new TextDecoder("latin1").decode(program);
  const found = [...text.matchAll(/GLIBC_(\d+)\.(\d+)[.\d]*\0/g)]
    .map(([, major, minor]): Version => [Number(major), Number(minor)]);
  return found.toSorted((a, b) => isNewer(a, b) ? -1 : 1)[0];
}

const MACH_O_64 = 0xfeedfacf;
const MACH_O_HEADER_BYTES = 32;
const LC_BUILD_VERSION = 0x32;

/** The macOS that a program for it says it needs, in its load commands. */
function neededMacOs(program: Uint8Array): Version | undefined {
  const { buffer, byteOffset, byteLength } = program;
  if (byteLength < MACH_O_HEADER_BYTES) return undefined;
  const view = new DataView(buffer, byteOffset, byteLength);
  if (view.getUint32(0, true) !== MACH_O_64) return undefined;
  let at = MACH_O_HEADER_BYTES;
  for (let left = view.getUint32(16, true); left > 0; left--) {
    if (view.getUint32(at, true) === LC_BUILD_VERSION) {
      const version = view.getUint32(at + 12, true);
      return [version >> 16, version >> 8 & 0xff];
    }
    at += view.getUint32(at + 4, true);
  }
  return undefined;
}
