/**
 * Records what a program writes to a real terminal, and when. The terminal is a
 * pty that `script` (of util-linux) opens, so this needs Linux.
 *
 * @module
 */

/** One write, with the time since the first. */
export interface Chunk {
  readonly atMs: number;
  readonly text: string;
}

/** What to run, and in how large a terminal. */
export interface Recorded {
  /** A command of the shell. */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly rows: number;
}

/** Runs the command; fails when it does. */
export async function record(run: Recorded): Promise<Chunk[]> {
  const { command, cwd, env, columns, rows } = run;
  const size = `stty cols ${columns} rows ${rows}`;
  const child = new Deno.Command("script", {
    args: ["-q", "-e", "-f", "-c", `${size}; ${command}`, "/dev/null"],
    cwd,
    env: { ...env, SHELL: "/bin/sh", TERM: "xterm-256color", LANG: "C.UTF-8" },
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const chunks: Chunk[] = [];
  const startedMs = performance.now();
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    chunks.push({ atMs: performance.now() - startedMs, text });
  }
  const { code } = await child.status;
  if (code !== 0) throw new Error(`the command ended with ${code}`);
  return chunks;
}
