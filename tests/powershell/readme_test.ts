/**
 * The README's commands for PowerShell, each run as it stands there, in the
 * folder of a config with the real program next to `start-proxy.ps1`. The
 * execution policy is set for real under Wine alone: on a Windows of somebody's
 * own the command only says what it would do. Elsewhere there is no policy, and
 * PowerShell says so.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { onWindows, onWine } from "../support/program.ts";
import {
  assertStarted,
  type Desk,
  notesOf,
  setDesk,
  typed,
} from "../support/powershell/desk.ts";
import { canRunWhole } from "../support/powershell/real_discover.ts";
import { fromRepository } from "../support/repository.ts";
import { blocksIn, commandsIn, readReadme } from "../support/readme.ts";
import { MINE, setScene } from "../support/scene.ts";
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

/** The README's line with a key, and a key in it. */
const SET_ENV = blocksIn(README, "powershell")
  .filter((text) => text.trim() === KEY).join("")
  .replace("sk-or-…", FAKE_KEYS.OPENROUTER_API_KEY);

/** How docs/install.md checks a download. */
const INSTALL = await Deno.readTextFile(fromRepository("docs/install.md"));
const [SUM = "''"] = blocksIn(INSTALL, "powershell")
  .filter((text) => text.includes("SHA256SUMS"));

/** A first run, the sum of a download, then three ways to start. */
const USUAL = `
${DRY_RUN}
note (Test-Path config.yaml.bak)
${HELP}
Push-Location release
$isRight = ${SUM.trim()}
Pop-Location
note $isRight
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
  readonly fn: (desk: Desk) => Promise<void>;
}

const PARTS: readonly Part[] = [
  {
    name:
      "the README's commands show the first run and the help, and start LiteLLM",
    commands: [KEY, DRY_RUN, HELP, START, BYPASS, RELOAD],
    // Under Wine the next one starts it.
    ignore: !canRunWhole || onWine,
    fn: async ({ stage, scene }) => {
      // The hash of "abc", as FIPS 180-2 has it.
      await stage.write("release/discover.exe", "abc");
      await stage.write(
        "release/SHA256SUMS",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" +
          "  discover.exe\n",
      );
      const shown = await typed({ stage, scene }, USUAL);
      assertStringIncludes(shown, '+  - model_name: "claude-fallback"');
      assertStringIncludes(shown, "-SkipDiscovery");
      // LiteLLM's own code, each time.
      assertEquals(
        await notesOf(stage),
        ["False", "True", "7", "7", "7"],
        shown,
      );
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
      await using stage = await setDesk(SET_ENV);
      await fn({ stage, scene });
    },
  });
}

Deno.test("every command of the README for PowerShell is run by one of these", () => {
  const run = new Set(PARTS.flatMap(({ commands }) => commands));
  assertEquals([...run].toSorted(), COMMANDS.toSorted());
});
