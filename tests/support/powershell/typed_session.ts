/**
 * A session of PowerShell at a keyboard, for what only a user there can do: to
 * press Ctrl+C, or to answer a question.
 *
 * @module
 */
import { onWindows, onWine } from "../program.ts";
import { hasPowerShell } from "./pwsh.ts";
import { partOf, readReport, writePlan } from "./session_plan.ts";
import type { Act, Started } from "./stage.ts";
import { openTerminal } from "./terminal.ts";

/** A test that needs a keyboard, which there is no way to have on Windows. */
export function keyboardTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: !hasPowerShell || (onWindows && !onWine), fn });
}

/** A session at a keyboard, which does what is typed. */
export interface TypedSession extends AsyncDisposable {
  /** Types the call of the script, and Enter. */
  readonly start: () => Promise<void>;
  /** Presses keys: `\x03` is Ctrl+C. */
  readonly press: (keys: string) => Promise<void>;
  /** Presses Ctrl+C until the prompt is there again, as a user does. */
  readonly interrupt: () => Promise<void>;
  /** Waits until a text has been shown since the last wait. */
  readonly shows: (text: string) => Promise<void>;
  /** Ends the session, once it has its prompt again. */
  readonly end: () => Promise<Started>;
}

/** Opens a session at a keyboard; on a real Windows there is none to be had. */
export async function openSession(act: Act): Promise<TypedSession> {
  const folder = await Deno.makeTempDir({ prefix: "discover-session-" });
  const command = await writePlan(folder, [act], "by hand");
  await act.stage.forget();
  const keyboard = openTerminal(
    [
      "-NoExit",
      "-Command",
      `Remove-Module PSReadLine; ${command}; . Open-Stage $stageActs`,
    ],
    { cwd: folder, home: folder },
  );
  const prompt = "@@ prompt @@";
  let isAtPrompt = false;
  // What is typed before the prompt is there can be lost.
  const type = async (line: string): Promise<void> => {
    if (!isAtPrompt) await keyboard.shows(prompt);
    isAtPrompt = false;
    await keyboard.press(`${line}\r`);
  };
  // On a busy machine PowerShell may overlook a key that comes too early. And
  // Wine's console does not give up a line that is being read: it takes Enter,
  // too, until PowerShell notices that it is to stop.
  const interrupt = async (): Promise<void> => {
    for (let attempt = 1; !isAtPrompt; attempt++) {
      await keyboard.press(onWine && attempt > 1 ? "\x03\r" : "\x03");
      isAtPrompt = await keyboard.shows(prompt, 6000).then(
        () => true,
        (error) => {
          if (attempt === 5) throw error;
          return false;
        },
      );
    }
  };
  return {
    start: () => type(". $stageCall"),
    press: keyboard.press,
    interrupt,
    shows: keyboard.shows,
    end: async () => {
      await type(". Close-Stage $stageActs; exit");
      const shown = await keyboard.ended();
      const report = await readReport(`${folder}/report0`);
      if (report === undefined) {
        throw new Error(`The session ended early\n${shown}`);
      }
      return { ...report, stdout: partOf(shown, 0), stderr: "" };
    },
    [Symbol.asyncDispose]: async () => {
      await keyboard.stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
