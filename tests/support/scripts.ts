/**
 * Scripts of the shell that stand for programs.
 *
 * @module
 */
import { starter } from "./program.ts";

/** Writes a script that can be run; the folder is there. */
export async function writeScript(path: string, lines: string): Promise<void> {
  await Deno.writeTextFile(path, `#!/bin/sh\n${lines.trim()}\n`);
  await Deno.chmod(path, 0o755);
}

/** Writes a `discover` that is the program under test. */
export async function writeDiscover(path: string): Promise<void> {
  const { command, prefix } = starter();
  const words = [command, ...prefix].map((word) => `'${word}'`).join(" ");
  await writeScript(path, `exec ${words} "$@"`);
}
