/**
 * PowerShell at a terminal: what a user types, and what is shown. `script`
 * makes the terminal, so there is none on a real Windows.
 *
 * @module
 */
import { deadline } from "@std/async/deadline";
import { spawnCommand } from "../program.ts";
import {
  plainScreen,
  powershellEnvironment,
  powershellStarter,
} from "./pwsh.ts";

/** A running PowerShell and its keyboard. */
export interface Terminal {
  /** Presses keys: `\r` is Enter, `\x03` is Ctrl+C. */
  readonly press: (keys: string) => Promise<void>;
  /** Waits until a text has been shown since the last wait; 30 s by default. */
  readonly shows: (text: string, limitMs?: number) => Promise<void>;
  /** Waits for the end, 30 s at most; returns all that was shown. */
  readonly ended: () => Promise<string>;
  /** Ends it if it is still there. */
  readonly stop: () => Promise<void>;
}

/** Starts PowerShell with these arguments at a terminal of its own. */
export function openTerminal(
  args: readonly string[],
  { cwd, home }: { readonly cwd: string; readonly home: string },
): Terminal {
  // Its line editor asks the terminal for things that this one cannot tell.
  const child = spawnCommand(powershellStarter(args, true), [], {
    env: { ...powershellEnvironment(home), TERM: "dumb" },
    cwd,
    stdin: "",
  });
  const keyboard = child.stdin.getWriter();
  const press = (keys: string): Promise<void> =>
    keyboard.write(new TextEncoder().encode(keys));
  let screen = "";
  let seen = 0;
  let changed = Promise.withResolvers<void>();
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of child.stdout) {
      const text = decoder.decode(chunk, { stream: true });
      screen += text;
      // PowerShell asks where the cursor is, and waits for the answer.
      const asked = text.split("\x1b[6n").length - 1;
      if (asked > 0) await press("\x1b[1;1R".repeat(asked));
      changed.resolve();
      changed = Promise.withResolvers();
    }
    changed.reject(new Error(`PowerShell has ended\n${screen}`));
    changed.promise.catch(() => {});
  })();
  const noErrors = child.stderr.cancel();
  return {
    press,
    async shows(text, limitMs = 30_000): Promise<void> {
      const dropPermission = setTimeout(() => {
        changed.reject(new Error(`"${text}" is not shown:\n${screen}`));
        changed = Promise.withResolvers();
      }, limitMs);
      try {
        while (!screen.includes(text, seen)) await changed.promise;
        seen = screen.indexOf(text, seen) + text.length;
      } finally {
        clearTimeout(dropPermission);
      }
    },
    async ended(): Promise<string> {
      await deadline(reading, 30_000);
      await child.status;
      return plainScreen(screen);
    },
    async stop(): Promise<void> {
      try {
        child.kill("SIGKILL");
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
      await Promise.all([child.status, reading, noErrors]);
      await keyboard.close().catch(() => {});
    },
  };
}
