/**
 * Where `start-proxy.ps1` finds a LiteLLM that is neither on PATH nor in a
 * virtual environment, on Windows. The system's shell plays LiteLLM: it passes
 * over what stands before `/c`.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { onWindows, seenPath } from "../support/program.ts";
import { installShell } from "../support/windows.ts";
import { powershellTest } from "../support/powershell/pwsh.ts";
import {
  setStage,
  type Stage,
  startTogether,
} from "../support/powershell/stage.ts";

/** Folders below `APPDATA`, `LOCALAPPDATA` and `USERPROFILE` with LiteLLM. */
async function installed(folders: readonly string[]): Promise<Stage> {
  const stage = await setStage({ litellm: undefined });
  for (const folder of folders) {
    await installShell(`${stage.besides}/${folder}`, "litellm.exe");
  }
  return stage;
}

const USER = "appdata/Python/Python39/Scripts";
const USER_NEWER = "appdata/Python/Python312/Scripts";
const SYSTEM = "local/Programs/Python/Python311-32/Scripts";
const MANAGER = "local/Python/pythoncore-3.14-64/Scripts";
const TOOL = "home/.local/bin";

powershellTest(
  "litellm is found where pip, uv and pipx put it, of the newest Python",
  async () => {
    if (!onWindows) return;
    const cases: readonly (readonly [readonly string[], string])[] = [
      [[USER, USER_NEWER, SYSTEM], USER_NEWER],
      [[USER, SYSTEM, MANAGER, TOOL], MANAGER],
      [[USER, SYSTEM], SYSTEM],
      [[TOOL], TOOL],
    ];
    await using stack = new AsyncDisposableStack();
    const stages: Stage[] = [];
    for (const [folders] of cases) {
      stages.push(stack.use(await installed(folders)));
    }
    const started = await startTogether(stages.map((stage) => ({
      stage,
      args: ["--host", "x", "/c", "exit", "7"],
      env: {
        APPDATA: seenPath(`${stage.besides}/appdata`),
        LOCALAPPDATA: seenPath(`${stage.besides}/local`),
        USERPROFILE: seenPath(`${stage.besides}/home`),
      },
    })));
    for (const [at, { code, stdout }] of started.entries()) {
      const found = `${stages[at]?.besides}/${cases[at]?.[1]}/litellm.exe`;
      const shown = seenPath(found).replaceAll("/", "\\");
      assertStringIncludes(
        stdout.replaceAll(/\s+/g, ""),
        `litellmisnotonPATH:using"${shown.replaceAll(/\s+/g, "")}"`,
      );
      assertEquals(code, 7);
    }
  },
);
