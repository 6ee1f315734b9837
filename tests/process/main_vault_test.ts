/**
 * discover alone next to a `set-env.ps1` that takes its keys from a vault: it
 * runs no script, so it names the keys, the line that sets them, and what to
 * do, whatever the width of the terminal.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";
import {
  onWindows,
  runCommand,
  runProgram,
  type RunResult,
  starter,
} from "../support/program.ts";
import { basesOf, MINE, type Scene, setScene } from "../support/scene.ts";
import { inTerminal } from "../support/wine.ts";

/** The keys are named in a list, and set in a loop behind a way out. */
const OWN_SCRIPT = `param([string] $Vault = 'keys')
function Read-Key([string] $Name) {
    try { Get-Secret -Name $Name -Vault $Vault -AsPlainText -ErrorAction Stop } catch { $null }
}
if (-not (Get-SecretVault -Name $Vault)) { Write-Host 'no vault'; exit 1 }
$env:LITELLM_MASTER_KEY = Read-Key 'LITELLM_MASTER_KEY'
foreach ($one in 'XAI_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY') {
    $text = Read-Key $one
    if ($text) { Set-Item -Path "env:$one" -Value $text }
    else { Write-Host "no $one" }
}
$env:ANTHROPIC_BASE_URL = 'http://127.0.0.1:4000'
`;
const SET = "XAI_API_KEY, GEMINI_API_KEY, OPENROUTER_API_KEY: " +
  "set by code in set-env.ps1 line 9";
const TO_DO = "→ a script is not run to read it: " +
  "run it first, or start with start-proxy.ps1";

/** The 1-based line on which a text stands first. */
function lineOf(script: string, text: string): number {
  const at = script.indexOf(text);
  assert(at >= 0, text);
  return script.slice(0, at).split("\n").length;
}

async function setWith(script: string): Promise<Scene> {
  const scene = await setScene();
  await scene.write(script, "set-env.ps1");
  return scene;
}

async function runAlone(
  scene: Scene,
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  const options = { cwd: scene.folder, env: { ...basesOf(scene), ...env } };
  return await runProgram(["--config", "config.yaml"], options);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("->", "→");
}

Deno.test("a script that takes its keys from a vault is named, with the line and what to do", async () => {
  await using scene = await setWith(OWN_SCRIPT);
  const { code, stderr } = await runAlone(scene);
  assertEquals(code, 1, stderr);
  const shown = oneLine(stderr);
  assertStringIncludes(shown, `! ${SET} !`);
  assertStringIncludes(
    shown,
    `! LITELLM_MASTER_KEY: its value in set-env.ps1 line 6 is computed ${TO_DO}`,
  );
  assertEquals(await scene.read(), MINE);
});

Deno.test("only keys that are missing are told of next to a vault's script", async () => {
  await using scene = await setWith(OWN_SCRIPT);
  const { XAI_API_KEY = "" } = scene.env;
  const { code, stderr } = await runAlone(scene, { XAI_API_KEY });
  assertEquals(code, 0, stderr);
  assertStringIncludes(
    oneLine(stderr),
    "! GEMINI_API_KEY, OPENROUTER_API_KEY: set by code in set-env.ps1 line 9",
  );
});

Deno.test("the example with a vault is named in the same way", async () => {
  const script = await Deno.readTextFile(
    fromRepository("examples/set-env-vault.ps1"),
  );
  await using scene = await setWith(script);
  const { code, stderr } = await runAlone(scene);
  assertEquals(code, 1, stderr);
  const line = lineOf(script, "[System.Environment]::SetEnvironmentVariable");
  assertStringIncludes(
    oneLine(stderr),
    "! LITELLM_MASTER_KEY, OPENROUTER_API_KEY, XAI_API_KEY, GEMINI_API_KEY, " +
      "ANTHROPIC_API_KEY, OPENAI_API_KEY: set by code in set-env.ps1 " +
      `line ${line} ${TO_DO}`,
  );
});

for (const columns of [80, 40]) {
  Deno.test({
    name: `a script with a vault is named whole in ${columns} columns`,
    // The terminal is util-linux's.
    ignore: Deno.build.os !== "linux" || onWindows,
    fn: async () => {
      await using scene = await setWith(OWN_SCRIPT);
      const args = ["--config", "config.yaml", "--color", "never"];
      const terminal = inTerminal(starter(), args, columns);
      const env = { ...basesOf(scene), PATH: "/usr/bin:/bin", TERM: "xterm" };
      const { code, stdout } = await runCommand(terminal, [], {
        cwd: scene.folder,
        env,
      });
      assertEquals(code, 1, stdout);
      // deno-lint-ignore no-control-regex
      const shown = stdout.replaceAll(/\x1b\[[0-9;?]*[A-Za-z]|\r/g, "");
      assertStringIncludes(oneLine(shown), SET);
      assertStringIncludes(oneLine(shown), TO_DO);
      const longest = Math.max(...shown.split("\n").map((one) => one.length));
      assert(longest <= columns && longest > columns - 20, shown);
    },
  });
}
