/**
 * The program under test where `start-proxy.ps1` finds it.
 *
 * @module
 */
import { isCompiled, onWindows, starter } from "../program.ts";
import { writeDiscover } from "../scripts.ts";
import { hasPowerShell } from "./pwsh.ts";

/** Whether there are both; on Windows only the compiled program can be put. */
export const canRunWhole: boolean = hasPowerShell &&
  (!onWindows || isCompiled);

/** Puts the program under test into a folder, as a user does. */
export async function installDiscover(folder: string): Promise<void> {
  if (onWindows) {
    const program = Deno.realPathSync(Deno.env.get("DISCOVER_PROGRAM") ?? "");
    await Deno.copyFile(program, `${folder}/discover.exe`);
  } else if (isCompiled) {
    await Deno.symlink(starter().command, `${folder}/discover`);
  } else {
    await writeDiscover(`${folder}/discover`);
  }
}
