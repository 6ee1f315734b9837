/**
 * One `--start` that gets a signal: from another program, or as Ctrl+C at a
 * terminal of its own. A script stands in for LiteLLM and writes down what it
 * gets.
 *
 * @module
 */

import { spawnCommand, starter } from "../support/program.ts";
import { assertNoKey, type Scene } from "../support/scene.ts";

/** A signal and where it comes from. */
export interface Way {
  /** Without `SIG`. */
  readonly name: "TERM" | "INT" | "HUP" | "QUIT";
  /** What a shell calls the end by this signal. */
  readonly code: number;
  /** Default: another program sends it, and no stream is a terminal. */
  readonly from?: "terminal";
  /** Another process holds the lock of the config's folder. */
  readonly isLocked?: boolean;
  /** Besides `--config`. Default: `--start -- --port 1`. */
  readonly args?: readonly string[];
}

const START: readonly string[] = ["--start", "--", "--port", "1"];

/** How the program ended. */
export interface Ended {
  readonly code: number;
  readonly output: string;
  /** The lines that the stand-in for LiteLLM has written. */
  readonly litellm: readonly string[];
}

/** Notes the signal that it gets and ends with 42, or with 0 after 5 s. */
const LITELLM = `#!/bin/sh
for name in TERM INT HUP QUIT; do
  trap "echo $name >>'$0.log'; exit 42" $name
done
echo started >>"$0.log"
n=0; while [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
`;

/** A run under way. */
export class Attempt implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #way: Way;
  readonly #folder: string;
  /** One of them stands in the command line of each process of this run. */
  readonly #folders: readonly string[];
  readonly #lock: Deno.FsFile | undefined;
  readonly #texts: Promise<string[]>;
  readonly #keyboard: WritableStreamDefaultWriter | undefined;
  #begun = Promise.withResolvers<void>();

  private constructor(
    scene: Scene,
    way: Way,
    folder: string,
    lock: Deno.FsFile | undefined,
  ) {
    const args = ["--config", scene.config, ...(way.args ?? START)];
    const env = { ...scene.env, PATH: `${folder}:/usr/bin:/bin` };
    const { command, prefix } = starter();
    const line = [command, ...prefix, ...args];
    const isTyped = way.from === "terminal";
    this.#child = isTyped
      ? spawnCommand(
        { command: "script", prefix: ["-qec"] },
        [`echo begun; exec ${line.map(quoted).join(" ")}`, "/dev/null"],
        { env, stdin: "" },
      )
      // A shell may have told this process, and so its children, to ignore some.
      : spawnCommand(
        { command: "env", prefix: ["--default-signal=TERM,INT,HUP,QUIT"] },
        line,
        { env },
      );
    this.#way = way;
    this.#folder = folder;
    this.#folders = [folder, scene.folder];
    this.#lock = lock;
    this.#keyboard = isTyped ? this.#child.stdin.getWriter() : undefined;
    if (!isTyped) this.#begun.resolve();
    const { stdout, stderr } = this.#child;
    this.#texts = Promise.all([stdout, stderr].map((one) => this.#read(one)));
  }

  /** Starts the program; comes back when a signal would reach it. */
  static async start(scene: Scene, way: Way): Promise<Attempt> {
    const folder = await Deno.makeTempDir({ prefix: "discover-signals-" });
    await Deno.writeTextFile(`${folder}/litellm`, LITELLM);
    await Deno.chmod(`${folder}/litellm`, 0o755);
    const lock = way.isLocked ? await Deno.open(scene.folder) : undefined;
    await lock?.lock(true);
    const attempt = new Attempt(scene, way, folder, lock);
    await attempt.#begun.promise;
    return attempt;
  }

  /** Waits until the stand-in for LiteLLM runs and would note a signal. */
  async litellmStarted(): Promise<void> {
    for (let tries = 0; tries < 2000; tries++) {
      if ((await this.#litellm()).includes("started")) return;
      await pause(5);
    }
    throw new Error("LiteLLM's stand-in was not started");
  }

  /** Sends the signal; a program that has ended does not get it. */
  async signal(): Promise<void> {
    if (this.#keyboard !== undefined) {
      await this.#keyboard.write(new TextEncoder().encode("\x03"));
    } else this.#child.kill(`SIG${this.#way.name}`);
  }

  /** Stops it where it is, or lets it go on; one that has ended does neither. */
  halt(signal: "SIGSTOP" | "SIGCONT"): void {
    try {
      this.#child.kill(signal);
    } catch {
      // It has ended.
    }
  }

  /** Waits for the end, but not for ever. */
  async ended(): Promise<Ended> {
    const timer = setTimeout(() => this.#kill(), 30_000);
    const { code } = await this.#child.status;
    clearTimeout(timer);
    const output = (await this.#texts).join("");
    assertNoKey(output, "the output");
    return { code, output, litellm: await this.#litellm() };
  }

  /** The command lines of processes of this run that are still there. */
  async processesLeft(): Promise<string[]> {
    for (let tries = 1;; tries++) {
      const lines: string[] = [];
      for await (const { name } of Deno.readDir("/proc")) {
        if (!/^\d+$/.test(name)) continue;
        const text = await Deno.readTextFile(`/proc/${name}/cmdline`)
          .catch(() => "");
        if (this.#folders.some((folder) => text.includes(folder))) {
          lines.push(text);
        }
      }
      if (lines.length === 0 || tries === 20) return lines;
      await pause(50);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lock?.close();
    this.#kill();
    await this.#keyboard?.close().catch(() => {});
    await Deno.remove(this.#folder, { recursive: true });
  }

  #kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended, as it should.
    }
  }

  async #litellm(): Promise<string[]> {
    const text = await Deno.readTextFile(`${this.#folder}/litellm.log`)
      .catch(() => "");
    return text.split("\n").filter((line) => line !== "");
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<string> {
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      if (text.includes("begun")) this.#begun.resolve();
    }
    return text;
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
