/**
 * Builds the program into `dist/`: bundles it into one file, then compiles that
 * with the permissions of `permissions.ts` built in. Not bundled, it would hold
 * all that its packages could import: 6.8 MB instead of 0.5.
 *
 * usage: deno run -A packaging/build.ts [TARGET...]
 *
 * Without a TARGET it builds for this machine, as `dist/discover`. `DENORT_BIN`
 * names the runtime to build on; `deno compile` downloads it otherwise.
 *
 * @module
 */

import { PERMISSIONS } from "./permissions.ts";

/** The repository: what a build reads, and `dist/`. */
export const ROOT: URL = new URL("..", import.meta.url);

/** The file in `dist/` for each system that a release has a program for. */
export const RELEASE_FILES: Readonly<Record<string, string>> = {
  "x86_64-pc-windows-msvc": "discover.exe",
  "x86_64-unknown-linux-gnu": "discover-x86_64-linux",
  "aarch64-unknown-linux-gnu": "discover-aarch64-linux",
  "x86_64-apple-darwin": "discover-x86_64-macos",
  "aarch64-apple-darwin": "discover-aarch64-macos",
};

/** What `deno` is called with for the file that is compiled. */
const BUNDLE_ARGUMENTS: readonly string[] = [
  ...["bundle", "-q", "--code-splitting", "--outdir", "dist/js", "main.ts"],
];

/** What `deno` is called with for one program; paths are the repository's. */
export function compileArguments(target: string, file: string): string[] {
  return [
    ...["compile", "-q", "--no-prompt"],
    // It would lie in the temporary folder, where another user could plant one.
    "--no-code-cache",
    "-P=discover",
    // In deno.json a relative path counts from its own folder; here it counts
    // from the one that the program will run in.
    `--allow-run=${PERMISSIONS.run.join(",")}`,
    ...(isForWindows(target) ? ["--icon=packaging/discover.ico"] : []),
    ...["--target", target, "-o", `dist/${file}`, "dist/js/main.js"],
  ];
}

function isForWindows(target: string): boolean {
  return target.includes("windows");
}

/** The file of the program where it is used. */
export function programFile(target: string): string {
  return isForWindows(target) ? "discover.exe" : "discover";
}

/** The targets and their files; throws at a target that is none. */
export function programsFor(targets: readonly string[]): [string, string][] {
  const own = Deno.build.target;
  if (targets.length === 0) return [[own, programFile(own)]];
  return targets.map((target) => {
    const file = RELEASE_FILES[target];
    if (file !== undefined) return [target, file];
    const known = Object.keys(RELEASE_FILES).join(", ");
    throw new Error(`target "${target}": not known; there are ${known}`);
  });
}

/** Runs this Deno in the repository; ends with its code where it fails. */
async function runDeno(args: readonly string[]): Promise<void> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    stdin: "null",
  }).spawn().status;
  if (code !== 0) Deno.exit(code);
}

/** Builds the programs; ends this process where one cannot be built. */
export async function build(targets: readonly string[]): Promise<void> {
  const programs = programsFor(targets);
  await runDeno(BUNDLE_ARGUMENTS);
  for (const [target, file] of programs) {
    await runDeno(compileArguments(target, file));
  }
}

if (import.meta.main) await build(Deno.args);
