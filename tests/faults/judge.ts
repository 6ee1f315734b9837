/**
 * Hands pairs of configs, before and after a run, to PyYAML: `judge.py` with
 * the Python that the variable `DISCOVER_PYTHON` names.
 *
 * @module
 */

import { fromRepository } from "../support/repository.ts";
import { leaveOut, tell } from "./stage.ts";

/** A config before a run, and what the run made of it. */
export interface Pair {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Fails unless PyYAML reads the hand-written part of every pair as before. */
export async function judgeWithPyYaml(pairs: readonly Pair[]): Promise<void> {
  const python = Deno.env.get("DISCOVER_PYTHON");
  if (python === undefined) {
    return leaveOut("PyYAML's judgement", "DISCOVER_PYTHON (a Python with it)");
  }
  const input = await Deno.makeTempFile();
  try {
    const lines = pairs.map(({ before, after }) =>
      JSON.stringify([before.toBase64(), after.toBase64()])
    );
    await Deno.writeTextFile(input, lines.join("\n"));
    const args = [fromRepository("tests/faults/judge.py"), input];
    const options = { args, stderr: "inherit" } as const;
    let output: Deno.CommandOutput;
    try {
      output = await new Deno.Command(python, options).output();
    } catch (cause) {
      throw new Error(`Cannot run DISCOVER_PYTHON "${python}"`, { cause });
    }
    tell(`  ${new TextDecoder().decode(output.stdout).trim()}`);
    if (!output.success) throw new Error("PyYAML reads some pairs otherwise");
  } finally {
    await Deno.remove(input);
  }
}
