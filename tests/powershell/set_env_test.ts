/**
 * `set-env.ps1` under `start-proxy.ps1`: what it sets is what it sets by hand,
 * nothing else comes out of it, and no text of its errors is shown.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { onWindows, onWine } from "../support/program.ts";
import { powershellTest } from "../support/powershell/pwsh.ts";
import {
  type Act,
  setStage,
  type Stage,
  startTogether,
} from "../support/powershell/stage.ts";

const SECRET = "5ecre7";

async function keys(stage: Stage): Promise<Record<string, string>> {
  const { env = {} } = await stage.recorded("litellm") ?? {};
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => /^T_/.test(name)).sort(),
  );
}

/** Starts one stage for each script, all in one session. */
async function withScripts(
  scripts: readonly string[],
  act: Omit<Act, "stage"> = {},
): Promise<
  { keys: Record<string, string>; warnings: string[]; leftBehind: unknown }[]
> {
  await using stack = new AsyncDisposableStack();
  const stages: Stage[] = [];
  for (const script of scripts) {
    const stage = await setStage({ files: { "set-env.ps1": script } });
    stages.push(stack.use(stage));
  }
  const started = await startTogether(
    stages.map((stage) => ({ stage, ...act })),
  );
  return await Promise.all(started.map(async ({ leftBehind, ...texts }, at) => {
    const stage = stages[at];
    const text = texts.stdout + texts.stderr;
    assertEquals(text.includes(SECRET), false, text);
    return {
      keys: stage === undefined ? {} : await keys(stage),
      warnings: text.split("\n").filter((line) => line.includes("WARNING"))
        .map((line) => line.replace(/^.*set-env\.ps1"/, "")),
      leftBehind,
    };
  }));
}

powershellTest(
  "a failing statement is told by line and kind, and the keys below it are set",
  async () => {
    const runs = await withScripts([
      `$env:T_A = 'a'\nno-such-command ${SECRET}\n$env:T_B = 'b'`,
      `[int] '${SECRET}'\n$null.Method()\nGet-Item '/${SECRET}'\n$env:T_B = 'b'`,
      `function Fail { Write-Error '${SECRET}' }\n\nFail\n$env:T_B = 'b'`,
    ]);
    assertEquals(runs.map(({ keys }) => keys), [
      { T_A: "a", T_B: "b" },
      { T_B: "b" },
      { T_B: "b" },
    ]);
    const missing = "keys may be missing";
    assertEquals(runs.map(({ warnings }) => warnings), [
      [`, line 2: error (CommandNotFoundException); ${missing}`],
      [
        `, line 1: error (RuntimeException); ${missing}`,
        `, line 2: error (RuntimeException); ${missing}`,
        `, line 3: error (ItemNotFoundException); ${missing}`,
      ],
      [`, line 1: error (WriteErrorException); ${missing}`],
    ]);
  },
);

powershellTest(
  "whatever ends set-env.ps1, LiteLLM starts with the keys so far",
  async () => {
    const ends = [
      "break",
      "continue",
      "exit 3",
      "return",
      `throw '${SECRET}'`,
      "$ErrorActionPreference = 'Stop'\nno-such-command",
    ];
    const runs = await withScripts(
      ends.map((end) => `$env:T_A = 'a'\n${end}\n$env:T_B = 'b'`),
    );
    for (const { keys, leftBehind } of runs) {
      assertEquals(keys, { T_A: "a" });
      assertEquals(leftBehind, []);
    }
    const stopped = "stopped with an error";
    assertEquals(runs.map(({ warnings }) => warnings.join("\n")), [
      ...["", "", "", ""],
      `, line 2: ${stopped} (RuntimeException); keys may be missing`,
      `, line 3: ${stopped} (CommandNotFoundException); keys may be missing`,
    ]);
  },
);

powershellTest(
  "a script that cannot begin is told, with the line of a syntax error",
  async () => {
    const runs = await withScripts([
      "$env:T_A = 'a'\n\nif (",
      "#Requires -Version 99\n$env:T_A = 'a'",
    ]);
    assertEquals(runs.map(({ keys }) => keys), [{}, {}]);
    assertStringIncludes(runs[0]?.warnings[0] ?? "", ", line 3: ");
    assertStringIncludes(
      runs[1]?.warnings[0] ?? "",
      "(ScriptRequiresException)",
    );
  },
);

powershellTest(
  "set-env.ps1 may use the functions, aliases and variables of the session",
  async () => {
    const [run] = await withScripts(
      [
        "$env:T_A = Get-FromVault 'a'\n$env:T_B = vault 'b'\n" +
        "$env:T_C = Get-FromModule\n$env:T_D = $vaultName",
      ],
      {
        profile: `$vaultName = 'mine'
function Get-FromVault($name) { "$name of $(Get-VaultName)" }
function Get-VaultName { $vaultName }
Set-Alias vault Get-FromVault
[System.IO.File]::WriteAllText("$PWD/keys.psm1", @'
$hidden = 'hidden'
function Get-Hidden { $hidden }
function Get-FromModule { Get-Hidden }
Export-ModuleMember Get-FromModule
'@)
Import-Module "$PWD/keys.psm1"
`,
      },
    );
    assertEquals(run?.warnings, []);
    assertEquals(run?.keys, {
      T_A: "a of mine",
      T_B: "b of mine",
      T_C: "hidden",
      T_D: "mine",
    });
  },
);

powershellTest(
  "nothing but variables of the environment comes out of set-env.ps1",
  async () => {
    const [run] = await withScripts([
      "Set-Location ..\n$ErrorActionPreference = 'Stop'\nSet-StrictMode -Version Latest\n" +
      "$global:WarningPreference = 'Stop'\n$global:leak = 1\n" +
      "function global:Show-Leak { }\nSet-Alias leak Get-Item -Scope Global\n" +
      `$env:T_A = 'a'\n'${SECRET}'\nWrite-Output '${SECRET}'`,
    ]);
    assertEquals(run, { keys: { T_A: "a" }, warnings: [], leftBehind: [] });
  },
);

powershellTest(
  "set-env.ps1 may ask, and what a program of it says on its error stream is seen",
  async () => {
    // Under Wine the terminal's input is no file.
    if (onWine) return;
    const tool = onWindows
      ? "cmd /c 'echo unlock the vault 1>&2'"
      : "/bin/sh -c 'echo unlock the vault >&2'";
    await using stage = await setStage({
      files: {
        "set-env.ps1":
          `${tool}\n$x = ${tool}\n$env:T_A = Read-Host 'The key'\n$env:T_B = 'b'`,
      },
    });
    const started = await stage.startWith({ stdin: "typed\n" });
    assertEquals(await keys(stage), { T_A: "typed", T_B: "b" });
    const text = started.stdout + started.stderr;
    assertStringIncludes(text, "The key");
    assertEquals(text.includes("WARNING"), false, text);
  },
);

powershellTest(
  "set-env.ps1 runs in the session's folder, whatever that is called",
  async () => {
    await using stage = await setStage({
      name: "my [proxy] & 'co' $x",
      files: {
        "set-env.ps1":
          "$env:T_A = Split-Path -Leaf $PWD.ProviderPath\n$env:T_B = Split-Path -Leaf $PSScriptRoot",
      },
    });
    await stage.start();
    const name = "my [proxy] & 'co' $x";
    assertEquals(await keys(stage), { T_A: name, T_B: name });
  },
);

powershellTest(
  "on Windows set-env.ps1 runs where dialogs can be shown",
  async () => {
    if (!onWindows) return;
    const [run] = await withScripts([
      "$env:T_A = [System.Threading.Thread]::CurrentThread.GetApartmentState()",
    ]);
    assertEquals(run?.keys, { T_A: "STA" });
  },
);
