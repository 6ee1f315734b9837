/**
 * A user's folder and a session of PowerShell in it, in which commands are typed
 * as a page shows them.
 *
 * @module
 */
import { assert, assertEquals } from "../assert.ts";
import { onWindows, seenPath } from "../program.ts";
import { basesOf, blockNames, MINE, type Scene } from "../scene.ts";
import { FAKE_KEYS } from "../stand_in_providers.ts";
import { powershellStarter, quoted, runPowerShell } from "./pwsh.ts";
import { installDiscover } from "./real_discover.ts";
import { searchPath } from "./session_plan.ts";
import { setStage, type Stage } from "./stage.ts";

/** Makes `powershell` the one that runs; `note` keeps what came of a command. */
function sessionOf(stage: Stage): string {
  const path = onWindows ? searchPath(stage) : `${stage.bin}:/usr/bin:/bin`;
  const program = onWindows
    ? "(Get-Process -Id $PID).Path"
    : quoted(powershellStarter([], false).command);
  return `
$env:PATH = ${quoted(path)}
Set-Alias powershell (${program})
function note($Text) { Add-Content -LiteralPath notes.txt -Value $Text }
`;
}

/**
 * The folder of a user: the program, the script, a config, and this text as
 * `set-env.ps1`. LiteLLM ends with 7.
 */
export async function setDesk(setEnv: string): Promise<Stage> {
  const stage = await setStage({
    litellm: { exitCode: 7 },
    discover: undefined,
    files: {
      "config.yaml": MINE,
      "set-env.ps1": setEnv,
    },
  });
  await installDiscover(stage.folder);
  return stage;
}

/** That folder, and what answers for the providers. */
export interface Desk {
  readonly stage: Stage;
  readonly scene: Scene;
}

/** What a session in that folder shows. */
export async function typed(
  { stage, scene }: Desk,
  lines: string,
): Promise<string> {
  await stage.forget();
  const file = `${stage.besides}/session.ps1`;
  // With a BOM, so that Windows PowerShell reads it as UTF-8.
  await Deno.writeTextFile(file, `\ufeff${sessionOf(stage)}${lines}\n`);
  const { stdout, stderr } = await runPowerShell(["-File", seenPath(file)], {
    cwd: stage.folder,
    env: { ...basesOf(scene), PORT: "1" },
  });
  return stdout + stderr;
}

/** What came of the commands of a session, one after the other. */
export async function notesOf(stage: Stage): Promise<string[]> {
  const text = await Deno.readTextFile(stage.path("notes.txt"));
  return text.trim().split(/\s+/);
}

/** That LiteLLM was started, with a fresh config and the key of set-env.ps1. */
export async function assertStarted(
  stage: Stage,
  shown: string,
  ...flags: readonly string[]
): Promise<void> {
  const litellm = await stage.recorded("litellm");
  assertEquals(
    litellm?.args,
    ["--config", seenPath(stage.path("config.yaml")), ...flags],
    shown,
  );
  assertEquals(
    litellm?.env.OPENROUTER_API_KEY,
    FAKE_KEYS.OPENROUTER_API_KEY,
  );
  const config = await Deno.readTextFile(stage.path("config.yaml"));
  assert(blockNames(config).includes("claude-fallback"), shown);
}
