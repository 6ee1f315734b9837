/**
 * The README's commands for PowerShell, each run as it stands there, in the
 * folder of a config with the real program next to `start-proxy.ps1`. The
 * execution policy is set for real under Wine alone: on a Windows of somebody's
 * own the command only says what it would do. Elsewhere there is no policy, and
 * PowerShell says so.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { onWindows, onWine, seenPath } from "../support/program.ts";
import {
  canRunWhole,
  installDiscover,
} from "../support/powershell/real_discover.ts";
import {
  powershellStarter,
  quoted,
  runPowerShell,
} from "../support/powershell/pwsh.ts";
import { setStage, type Stage } from "../support/powershell/stage.ts";
import { searchPath } from "../support/powershell/session_plan.ts";
import { blocksIn, commandsIn, readReadme } from "../support/readme.ts";
import {
  basesOf,
  blockNames,
  MINE,
  type Scene,
  setScene,
} from "../support/scene.ts";
import { FAKE_KEYS } from "../support/stand_in_providers.ts";

const README = await readReadme();
const COMMANDS = commandsIn(README)
  .filter(({ runner }) => runner === "powershell").map(({ text }) => text);

const POLICY = "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned";
const UNBLOCK = "Unblock-File discover.exe, start-proxy.ps1";
const BYPASS = "powershell -ExecutionPolicy Bypass -File .\\start-proxy.ps1";
const START = ".\\start-proxy.ps1";
const RELOAD = ".\\start-proxy.ps1 --reload";
const HELP = "Get-Help .\\start-proxy.ps1 -Full";
const DRY_RUN = ".\\discover -n";
const KEY = "$env:OPENROUTER_API_KEY = 'sk-or-…'";

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

/** The folder of a user: the program, the script, a config, a line with a key. */
async function setDesk(): Promise<Stage> {
  const line = blocksIn(README, "powershell")
    .find((text) => text.trim() === KEY) ?? "";
  const stage = await setStage({
    litellm: { exitCode: 7 },
    discover: undefined,
    files: {
      "config.yaml": MINE,
      "set-env.ps1": line.replace("sk-or-…", FAKE_KEYS.OPENROUTER_API_KEY),
    },
  });
  await installDiscover(stage.folder);
  return stage;
}

/** What a session in that folder shows. */
async function typed(
  { stage, scene }: { stage: Stage; scene: Scene },
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
async function notesOf(stage: Stage): Promise<string[]> {
  const text = await Deno.readTextFile(stage.path("notes.txt"));
  return text.trim().split(/\s+/);
}

/** That LiteLLM was started, with a fresh config and the key of set-env.ps1. */
async function assertStarted(
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

/** A first run, then three ways to start. */
const USUAL = `
${DRY_RUN}
note (Test-Path config.yaml.bak)
${HELP}
${START}
note $LASTEXITCODE
${BYPASS}
note $LASTEXITCODE
${RELOAD}
note $LASTEXITCODE
`;

/** As a browser marks what it downloads. */
const MARK = `foreach ($file in 'discover.exe', 'start-proxy.ps1') {
  Set-Content -LiteralPath $file -Stream Zone.Identifier -Value "[ZoneTransfer]", "ZoneId=3"
}`;

/** The policy of a stock Windows, and what the README's commands make of it. */
const STOCK_WINDOWS = `
$env:PSExecutionPolicyPreference = $null
Set-ExecutionPolicy -Scope CurrentUser Restricted
${MARK}
try {
  note (Get-ExecutionPolicy)
  try { ${START}; note $LASTEXITCODE } catch { note $_.FullyQualifiedErrorId }
  ${BYPASS}
  note $LASTEXITCODE
  ${POLICY}
  note (Get-ExecutionPolicy)
  try { ${START}; note $LASTEXITCODE } catch { note $_.FullyQualifiedErrorId }
  ${UNBLOCK}
  try { ${START}; note $LASTEXITCODE } catch { note $_.FullyQualifiedErrorId }
} finally {
  Set-ExecutionPolicy -Scope CurrentUser Undefined
}
`;

/** A test with the README's commands that it runs. */
interface Part {
  readonly name: string;
  readonly commands: readonly string[];
  readonly ignore: boolean;
  readonly fn: (desk: { stage: Stage; scene: Scene }) => Promise<void>;
}

const PARTS: readonly Part[] = [
  {
    name:
      "the README's commands show the first run and the help, and start LiteLLM",
    commands: [KEY, DRY_RUN, HELP, START, BYPASS, RELOAD],
    // Under Wine the next one starts it.
    ignore: !canRunWhole || onWine,
    fn: async ({ stage, scene }) => {
      const shown = await typed({ stage, scene }, USUAL);
      assertStringIncludes(shown, '+  - model_name: "claude-fallback"');
      assertStringIncludes(shown, "-SkipDiscovery");
      // LiteLLM's own code, each time.
      assertEquals(await notesOf(stage), ["False", "7", "7", "7"], shown);
      await assertStarted(stage, shown, "--reload");
    },
  },
  {
    name:
      "a stock Windows runs start-proxy.ps1 after the README's two commands",
    commands: [POLICY, UNBLOCK, START, BYPASS],
    ignore: !canRunWhole || !onWine,
    fn: async ({ stage, scene }) => {
      const shown = await typed({ stage, scene }, STOCK_WINDOWS);
      assertEquals(await notesOf(stage), [
        ...["Restricted", "UnauthorizedAccess", "7"],
        ...["RemoteSigned", "UnauthorizedAccess", "7"],
      ], shown);
      await assertStarted(stage, shown);
    },
  },
  {
    name: "on Windows the README's two commands are taken as they stand",
    commands: [POLICY, UNBLOCK],
    ignore: !canRunWhole || !onWindows || onWine,
    fn: async (desk) => {
      await typed(
        desk,
        `$ErrorActionPreference = 'Stop'
$PSDefaultParameterValues['Set-ExecutionPolicy:WhatIf'] = $true
${POLICY}
${MARK}
${UNBLOCK}
note @(Get-Item discover.exe, start-proxy.ps1 -Stream Zone.Identifier -ErrorAction SilentlyContinue).Count`,
      );
      assertEquals(await notesOf(desk.stage), ["0"]);
    },
  },
];

for (const { name, ignore, fn } of PARTS) {
  Deno.test({
    name,
    ignore,
    fn: async () => {
      await using scene = await setScene(MINE);
      await using stage = await setDesk();
      await fn({ stage, scene });
    },
  });
}

Deno.test("every command of the README for PowerShell is run by one of these", () => {
  const run = new Set(PARTS.flatMap(({ commands }) => commands));
  assertEquals([...run].toSorted(), COMMANDS.toSorted());
});
