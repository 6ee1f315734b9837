/**
 * A terminal in which a program runs, by way of tmux: what is on its screen,
 * and keys for it.
 *
 * @module
 */

import { until } from "../support/until.ts";

/** A program on its screen; it is ended when the terminal is closed. */
export interface Terminal extends AsyncDisposable {
  /** The screen's lines as they are now. */
  readonly read: () => Promise<string>;
  /** The screen, as soon as it shows this; throws if it never does. */
  readonly waitFor: (text: RegExp) => Promise<string>;
  readonly type: (text: string) => Promise<void>;
  /** A key by tmux's name for it. */
  readonly press: (key: string) => Promise<void>;
}

/** Wide enough that no row breaks. */
const SIZE = ["-x", "180", "-y", "50"];
const LIMIT_MS = 60_000;
/** A picker is walked through row by row. */
const POLL_MS = 20;

/** Starts a program in a terminal of its own. */
export async function openTerminal(
  command: readonly string[],
  options: Pick<Deno.CommandOptions, "cwd"> & {
    readonly env: Readonly<Record<string, string>>;
  },
): Promise<Terminal> {
  const folder = await Deno.makeTempDir({ prefix: "tmux-" });
  const tmux = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await new Deno.Command("tmux", {
      ...options,
      args: ["-S", `${folder}/socket`, "-f", "/dev/null", ...args],
      clearEnv: true,
      env: { ...options.env, TERM: "xterm-256color" },
    }).output();
    if (code === 0) return new TextDecoder().decode(stdout);
    throw new Error(`tmux ${args[0]}: ${new TextDecoder().decode(stderr)}`);
  };
  await tmux("new-session", "-d", ...SIZE, "--", ...command);
  const read = (): Promise<string> => tmux("capture-pane", "-p");
  return {
    read,
    waitFor: async (text): Promise<string> => {
      let screen = "";
      const isShown = await until(
        async () => {
          screen = await read();
          return text.test(screen);
        },
        LIMIT_MS,
        POLL_MS,
      );
      if (isShown) return screen;
      throw new Error(`the screen never shows ${text}:\n${screen}`);
    },
    type: async (text): Promise<void> => {
      await tmux("send-keys", "-l", text);
    },
    press: async (key): Promise<void> => {
      await tmux("send-keys", key);
    },
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await tmux("kill-server");
      await Deno.remove(folder, { recursive: true });
    },
  };
}
