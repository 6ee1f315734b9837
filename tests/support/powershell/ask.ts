/**
 * Asks PowerShell itself about something: a script of this folder reads a JSON
 * file and writes another.
 *
 * @module
 */
import { seenPath } from "../program.ts";
import { fromRepository } from "../repository.ts";
import { runPowerShell } from "./pwsh.ts";

/** What the script `tests/support/powershell/NAME` answers, in the folder `cwd`. */
export async function askPowerShell(
  name: string,
  question: unknown,
  cwd?: string,
): Promise<unknown> {
  const folder = await Deno.makeTempDir({ prefix: "discover-ask-" });
  try {
    const path = (file: string): string => seenPath(`${folder}/${file}`);
    await Deno.copyFile(
      fromRepository(`tests/support/powershell/${name}`),
      `${folder}/${name}`,
    );
    await Deno.writeTextFile(
      `${folder}/question.json`,
      JSON.stringify(question),
    );
    const { stdout, stderr } = await runPowerShell(
      ["-File", path(name), path("question.json"), path("answer.json")],
      { cwd: cwd ?? folder },
    );
    try {
      return JSON.parse(await Deno.readTextFile(`${folder}/answer.json`));
    } catch (cause) {
      throw new Error(`${name} gave no answer\n${stdout}${stderr}`, { cause });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
