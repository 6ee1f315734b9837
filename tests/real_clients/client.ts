/**
 * Runs a client as a user's shell does, with nothing in its environment but
 * what the scene says.
 *
 * @module
 */

import type { Scene } from "./scene.ts";

/** On a busy machine; the slowest takes 3 s. */
const LIMIT_MS = 60_000;

/** What a client is run with. */
export interface Run {
  readonly program: string;
  readonly args: readonly string[];
  /** Its home, and with `work` its working directory. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What it printed as its answer; throws, with all it printed, if it failed. */
export async function answerOf(scene: Scene, run: Run): Promise<string> {
  const command = new Deno.Command(run.program, {
    args: [...run.args],
    cwd: `${run.home}/work`,
    clearEnv: true,
    env: { ...scene.clientEnv, ...run.env, HOME: run.home },
    stdin: "null",
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const { code, stdout, stderr } = await command.output();
  const [said, others] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  if (code === 0) return said?.trim() ?? "";
  throw new Error(
    `${run.program} ${run.args.join(" ")}: exit code ${code}\n${said}${others}`,
  );
}

/** A new home with a working directory, and files by their paths in it. */
export async function makeHome(
  { homes }: Scene,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const home = await Deno.makeTempDir({ dir: homes });
  await Deno.mkdir(`${home}/work`);
  for (const [path, text] of Object.entries(files)) {
    const folder = path.split("/").slice(0, -1).join("/");
    await Deno.mkdir(`${home}/${folder}`, { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, text);
  }
  return home;
}
