/**
 * The systems that there are wheels for, each with the tag by which installers
 * choose. A tag promises which systems the program starts on, and the runtime
 * in it decides that: a newer Deno may need more, so each program is asked.
 *
 * Why not a library, `readelf` or `otool`: it is one version in each file, and
 * one system builds the programs of all.
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
  /** One of those that an index knows. */
  readonly classifier: string;
}

const LINUX = "Operating System :: POSIX :: Linux";
const MACOS = "Operating System :: MacOS :: MacOS X";

/** By the targets of `RELEASE_FILES`. */
const PLATFORMS: Readonly<Record<string, WheelPlatform>> = {
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

/** The system of a target; throws where there is no wheel for it. */
export function platformFor(target: string): WheelPlatform {
  const platform = PLATFORMS[target];
  if (platform !== undefined) return platform;
  const known = Object.keys(PLATFORMS).join(", ");
  throw new Error(`target "${target}": no wheel for it; there are ${known}`);
}

/** A version of two numbers; compared number by number. */
type Version = readonly [major: number, minor: number];

/**
 * Throws if the program needs a newer system than the tag promises, or does not
 * say what it needs: then it is no program for that system, or no longer read
 * right. A tag for Windows promises no version.
 */
export function assertRunsOn(tag: string, program: Uint8Array): void {
  const [, family, major, minor] =
    /^(manylinux|macosx)_(\d+)_(\d+)_/.exec(tag) ?? [];
  if (family === undefined) return;
  const isMac = family === "macosx";
  const needed = isMac ? neededMacOs(program) : neededGlibc(program);
  const name = isMac ? "macOS" : "glibc";
  if (needed === undefined) {
    throw new Error(
      `tag "${tag}": the program does not say which ${name} it needs`,
    );
  }
  if (isNewer(needed, [Number(major), Number(minor)])) {
    throw new Error(
      `tag "${tag}": the program needs ${name} ${needed.join(".")}`,
    );
  }
}

function isNewer(a: Version, b: Version): boolean {
  return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
}

/**
 * The newest glibc of whose symbols a program for Linux asks any. Their versions
 * are texts in the file, each with a zero byte behind it. ELF's tables say which
 * texts those are; without them, one that stands elsewhere can ask for too much,
 * which ends the build, but never for too little.
 */
function neededGlibc(program: Uint8Array): Version | undefined {
  const text = new TextDecoder("latin1").decode(program);
  let newest: Version | undefined;
  for (const match of text.matchAll(/GLIBC_(\d+)\.(\d+)[.\d]*\0/g)) {
    const found: Version = [Number(match[1]), Number(match[2])];
    if (newest === undefined || isNewer(found, newest)) newest = found;
  }
  return newest;
}

// What Apple's <mach-o/loader.h> says of `mach_header_64`, with `ncmds` at 16,
// and of `build_version_command`, with `cmdsize` at 4 and `minos` at 12.
const MACH_O_64 = 0xfeedfacf;
const HEADER_BYTES = 32;
const LC_BUILD_VERSION = 0x32;
const BUILD_VERSION_BYTES = 24;

/**
 * The macOS that a program for it says it needs, in its load commands. One file
 * for both processors has another head: there is none in a release.
 */
function neededMacOs(program: Uint8Array): Version | undefined {
  const { buffer, byteOffset, byteLength } = program;
  if (byteLength < HEADER_BYTES) return undefined;
  const view = new DataView(buffer, byteOffset, byteLength);
  if (view.getUint32(0, true) !== MACH_O_64) return undefined;
  const last = byteLength - BUILD_VERSION_BYTES;
  let at = HEADER_BYTES;
  for (let left = view.getUint32(16, true); left > 0 && at <= last; left--) {
    if (view.getUint32(at, true) === LC_BUILD_VERSION) {
      const version = view.getUint32(at + 12, true);
      return [version >> 16, version >> 8 & 0xff];
    }
    at += view.getUint32(at + 4, true);
  }
  return undefined;
}
