import * as fc from "fast-check";
import { readPowerShellEnv } from "../../lib/keys/powershell.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { summary } from "../support/env_file.ts";
import { faultsOf } from "../oracle/powershell_faults.ts";
import { fromRepository } from "../support/repository.ts";

function shell(text: string): Record<string, string | null> {
  return summary(readPowerShellEnv(text));
}

const literals: readonly (readonly [string, string])[] = [
  [`$env:K = "v"`, "v"],
  [`$env:K = 'v'`, "v"],
  [`$Env:K="v"`, "v"],
  [`$ENV:k='v'`, "v"],
  ["${env:K} = 'v'", "v"],
  [`  $env:K\t=\t"v"  # why`, "v"],
  [`$env:K = "v"; # why`, "v"],
  [`$env:K = <# here #> "v"`, "v"],
  ["$env:K =\n  'v'", "v"],
  ["$env:K = `\n  'v'", "v"],
  [`$env:K = 4000`, "4000"],
  [`$env:K = $true`, "True"],
  [`$env:K = $null`, ""],
  [`$env:K = ""`, ""],
  [`$env:K = "a""b"`, 'a"b'],
  [`$env:K = 'a''b'`, "a'b"],
  ['$env:K = "a`"b`$x`n``"', 'a"b$x\n`'],
  ["$env:K = 'a`n$x'", "a`n$x"],
  [`$env:K = "cost $ 5 $"`, "cost $ 5 $"],
  [`$env:K = "a # b ; c"`, "a # b ; c"],
  [`$env:K = \u201cv\u201d`, "v"],
  [`$env:K = \u2018v\u2019`, "v"],
  [`[Environment]::SetEnvironmentVariable("K", "v")`, "v"],
  [`[Environment]::SetEnvironmentVariable('K','v','Process')`, "v"],
  [`[System.Environment]::SetEnvironmentVariable("K", "v", "PROCESS")`, "v"],
  [
    "[environment]::setenvironmentvariable(\n  'K',\n  'v',\n" +
    "  [EnvironmentVariableTarget]::Process\n)",
    "v",
  ],
  [`[void][Environment]::SetEnvironmentVariable("K", "v")`, "v"],
  [`$null = [Environment]::SetEnvironmentVariable("K", "v")`, "v"],
  [`[Environment]::SetEnvironmentVariable("K", $null)`, ""],
  [`Set-Item -Path Env:K -Value "v"`, "v"],
  [`Set-Item Env:K 'v'`, "v"],
  [`Set-Item Env:\\K v-1.2`, "v-1.2"],
  [`set-item -LiteralPath 'env:K' -Value 'v' -Force`, "v"],
  [`Remove-Item Env:K`, ""],
  [`Remove-Item -Path Env:K -ErrorAction SilentlyContinue`, ""],
  [`$env:K=@'\nv\n'@`, "v"],
  ['$env:K = @"\nv\n"@', "v"],
  ['$env:K = @"\na "b" `$x\nc\n"@', 'a "b" $x\nc'],
  ["$env:K = @'\n$x `n 'q'\n'@", "$x `n 'q'"],
  ["$env:K = @'\n'@", ""],
];

for (const [script, value] of literals) {
  Deno.test(`readPowerShellEnv() takes ${JSON.stringify(script)}`, () => {
    assertEquals(shell(script), { K: value });
    assertEquals(shell(`# x\r\n${script.replaceAll("\n", "\r\n")}\r\n`), {
      K: value.replaceAll(/\n(?=c|z)/g, "\r\n"),
    }, "with CRLF");
  });
}

const computed = [
  `$env:K = $other`,
  `$env:K = "$x"`,
  `$env:K = "a$($b)c"`,
  `$env:K = "a$("b ) $("c")")d"; $other = "x"`,
  '$env:K = "${x}"',
  `$env:K = "a$5"`,
  '$env:K = "`u{41}"',
  `$env:K = Read-Host "Key"`,
  `$env:K = (Read-Host "Key")`,
  `$env:K = "a" + "b"`,
  `$env:K = "a" +\n  "b"`,
  `$env:K = "a", "b"`,
  `$env:K = "a".Trim()`,
  `$env:K = "a" -join ","`,
  `$env:K = -join ("a", "b")`,
  `$env:K = [string]"v"`,
  `[string]$env:K = "v"`,
  `$env:K = Get-Secret K -AsPlainText`,
  `$env:K = Get-Content key.txt`,
  `$env:K = if ($a) { "v" } else { "w" }`,
  `$env:K = & { "v" }`,
  `$env:K += "v"`,
  `$env:K ??= "v"`,
  `$env:K = $l = "v"`,
  `if (-not $env:X) { $env:K = "v" }`,
  `try {\n  $env:K = "v"\n} catch { }`,
  `function Set-Key {\n  Set-Item Env:K "v"\n}`,
  `if ($a) { [Environment]::SetEnvironmentVariable("K", "v") }`,
  `if ($a) { Remove-Item Env:K }`,
  `[Environment]::SetEnvironmentVariable("K", $v)`,
  `[Environment]::SetEnvironmentVariable("K", "a" + "b")`,
  `Set-Item Env:K $v`,
  `Set-Item Env:K (Get-Secret k)`,
  `Set-Item Env:K "a" -WhatIf`,
  `Set-Item -Value "a" -Path Env:K`,
  `New-Item -Path Env:K -Value "v"`,
  `$env:K = "v" | Out-Null`,
  `$env:K = "v"\n| Out-Null`,
  `if ($a) { exit }\n$env:K = "v"`,
  `throw "x"\n$env:K = "v"`,
  `function f { if ($a) { throw "x" } }\n$env:K = "v"`,
  `function f { } if ($a) { return }; $env:K = "v"`,
  `$env:K = "v"\nRemove-Item Env:K*`,
  `$env:K = "v"\nGet-ChildItem Env: | Remove-Item`,
  `Remove-Item Env:K -WhatIf`,
  `function f { $env:K = "w" }\n$env:K = "v"\nf`,
  `$p = "Env:K"\n$env:K = "v"\nSet-Item $p "w"`,
  `Set-Item -Path:Env:K v`,
  `$env:K = "v"\n$other = @{ X = 1 }\nforeach ($n in $other.Keys) { Set-Item "Env:$n" 2 }`,
  `cmd --% "\n$env:K = "v"`,
  `cmd --% it's\n$env:K = "v"\n# it's`,
  `echo a#b's\n$env:K = "v"\n# it's`,
  `foreach ($env:K in 1, 2) { }`,
  `$env:K++`,
  `Set-Item Env:K a"b"`,
  `"v" | Set-Item Env:K`,
  `Get-Content f |\n  Set-Item -Path Env:K`,
  `"$("` + "\n" + `$env:K = 'v'`,
  `$env:K = "no end`,
  `$env:K = @"\nno end`,
  '$env:K = @"\n$x\n"@',
  '$env:K = "a`0b"',
  `$env:K = "a" | Set-Variable x`,
  `$env:K = "v"\nNew-PSDrive x Environment /\nSet-Item x:K w`,
  `$env:K = "a"\n# why\n| Out-Null`,
  `if ($a) { break }\n$env:K = "v"`,
  `1 | ForEach-Object { continue }\n$env:K = "v"`,
  `$x = exit\n$env:K = "v"`,
  `throw\n$env:K = "v"`,
  `cmd --% "it's\n$env:K = "v"`,
  `Set-Item -WhatIf Env:K "a"`,
  `Set-Item Env:K "a" -WhatIf:$true`,
  `Set-Item Env:K "a" \`\n  -WhatIf`,
  ...["-and", "-or", "??", "? 1 :"].map((operator) =>
    `$x = $a ${operator}\n[Environment]::SetEnvironmentVariable("K", "v")`
  ),
  `param([string] $Key = $env:K, [string] $Model = "x")`,
  `break\n$env:K = "v"`,
  `exit\n$env:K = "v"`,
  `Write-Host $env:K = loaded`,
];

for (const script of computed) {
  Deno.test(`readPowerShellEnv() does not guess ${JSON.stringify(script)}`, () => {
    assertEquals(shell(script), { K: null });
  });
}

const silent = [
  `Write-Host "$env:K = 1"`,
  `# $env:K = "v"`,
  `<#\n$env:K = "v"\n#>`,
  `$k = "v"`,
  `$k = $env:K`,
  `if ($env:K -eq "v") { }`,
  `param([string] $Key = $env:K)`,
  `@'\n$env:K = "v"\n'@`,
  `echo "a\n$env:K = 'v'\n"`,
  `[Environment]::SetEnvironmentVariable("K", $v, "User")`,
  `if ($a) { [Environment]::SetEnvironmentVariable("K", "v", "Machine") }`,
  `if (Test-Path Env:K) { Get-ChildItem Env: | Sort-Object Name }`,
  "${env:A=B} = 'v'",
  ``,
];

for (const script of silent) {
  Deno.test(`readPowerShellEnv() finds nothing in ${JSON.stringify(script)}`, () => {
    assertEquals(shell(script), {});
  });
}

Deno.test("readPowerShellEnv() drops names that could disguise a warning", () => {
  assertEquals(shell("${env:\u202eK} = 'v'; ${env:\x1b[2JK} = $x"), {});
});

Deno.test("readPowerShellEnv() reads several statements of one line", () => {
  assertEquals(shell(`$env:A = "1"; $env:B = '2';$env:C="3"`), {
    A: "1",
    B: "2",
    C: "3",
  });
});

Deno.test("readPowerShellEnv() lets the last assignment of a name win", () => {
  assertEquals(shell(`$env:K = "1"\n$ENV:k = "2"`), { K: "2" });
  assertEquals(shell(`$env:k = "1"\n$env:K += "2"`), { K: null });
  assertEquals(shell(`$env:K += "1"\n$env:k = "2"`), { K: null });
  assertEquals(shell(`$env:K = "1"\n$env:K = $x`), { K: null });
  assertEquals(shell(`$env:K = "1"\nRemove-Item Env:K`), { K: "" });
  // What is no plain statement may be run again later.
  assertEquals(shell(`$env:K = $x\n$env:K = "1"`), { K: null });
});

Deno.test("readPowerShellEnv() reads on after blocks and odd lines", () => {
  const script = `
param([switch] $Quiet)
$table = @{ A = "x"; B = @("y", "z") }
function f { param($x) if ($x) { "a" } else { "b" } }
Get-ChildItem | Where-Object { $_.Name -like "*.x" } | ForEach-Object { $_ }
. .\\more.ps1
$env:PATH = "C:\\venv\\Scripts;$env:PATH"
foreach ($n in 1..3) { Write-Host "n: $($n + 1)" }
$env:XAI_API_KEY = "xai-1"   # the key
`;
  assertEquals(shell(script), { PATH: null, XAI_API_KEY: "xai-1" });
});

Deno.test("readPowerShellEnv() lets a variable of the user or the machine be", () => {
  for (const scope of ["User", "Machine"]) {
    const call = `[Environment]::SetEnvironmentVariable("K", "2", "${scope}")`;
    assertEquals(shell(`$env:K = "1"\n${call}`), { K: "1" });
  }
});

Deno.test("readPowerShellEnv() says in which line code sets what it does not name", () => {
  const script = `$keys = @{
  XAI_API_KEY = 'xai-1'
}
foreach ($name in $keys.Keys) {
  Set-Item "Env:$name" $keys[$name]
}`;
  assertEquals(readPowerShellEnv(script).code, {
    line: 5,
    words: ["XAI_API_KEY", "K", "S", "I", "E"],
  });
  assertEquals(readPowerShellEnv(`\n. "./keys.ps1"`).code?.line, 2);
  assertEquals(readPowerShellEnv("\n\niex '$env:K = 1'").code?.line, 3);
  assertEquals(readPowerShellEnv(`$env:K = $x`).code, undefined);
});

interface Judged {
  readonly script: string;
  readonly leaves: Readonly<Record<string, string>>;
  readonly errors?: string;
}

const judged: readonly Judged[] = JSON.parse(
  await Deno.readTextFile(
    fromRepository("tests/fixtures/powershell/values.json"),
  ),
);

for (const { script, leaves, errors } of judged) {
  if (errors?.includes("ParseException")) continue;
  Deno.test(`readPowerShellEnv() reads as PowerShell did ${JSON.stringify(script)}`, () => {
    assertEquals(faultsOf(script, leaves).faults, []);
  });
}

Deno.test("readPowerShellEnv() names the line of each statement", () => {
  const script = `# one\r\n$env:A = @'\r\nx\r\n'@\r\n\r\n$env:B = $c\r\n`;
  assertEquals(readPowerShellEnv(script), {
    assignments: [{ name: "A", value: "x", line: 2 }],
    computed: [{ name: "B", isPlain: true, line: 6 }],
    odd: [],
  });
});

Deno.test("readPowerShellEnv() reads any text that is quoted for it", () => {
  // Typographic quotes are quotes to PowerShell as well, so both are doubled.
  const text = fc.string({ unit: "grapheme", maxLength: 40 })
    .filter((value) => !/[\r\0]/.test(value));
  fc.assert(fc.property(text, (value) => {
    const single = value.replace(/['\u2018-\u201b]/g, "$&$&");
    const double = value.replace(/[`"$\u201c-\u201e]/g, "`$&");
    assertEquals(shell(`$env:A = '${single}'; $env:B = "${double}"\n`), {
      A: value,
      B: value,
    });
  }));
});

/**
 * Scripts as people write them, in the shapes of public ones, and how many
 * plain assignments in each are to be read.
 */
const usual: readonly (readonly [string, string, number])[] = [
  [
    "assignments and a greeting",
    `# Keys for this session only: . .\\set-env.ps1

$env:OPENROUTER_API_KEY = "sk-or-v1-0000"   # openrouter.ai/keys
$env:XAI_API_KEY="xai-0000"
$Env:GEMINI_API_KEY = 'AIza0000'
# $env:GROQ_API_KEY = "gsk_0000"

Write-Host "✅ Keys are set - don't share them" -ForegroundColor Green
Write-Host "  OPENROUTER_API_KEY: $env:OPENROUTER_API_KEY"
Write-Host ""
Write-Host "To see them: \`$env:XAI_API_KEY" -ForegroundColor Cyan
`,
    3,
  ],
  [
    "a section per provider, with a check in a string",
    `# ============================================================
# OpenRouter (需要)
# ============================================================
$env:OPENROUTER_API_KEY = "在此填入"
$env:OPENROUTER_API_BASE = "http://127.0.0.1:18082"

# $env:XAI_API_KEY = $env:OPENROUTER_API_KEY
Write-Host "  key: $(if ($env:OPENROUTER_API_KEY -and $env:OPENROUTER_API_KEY -ne '在此填入') { 'set (' + $env:OPENROUTER_API_KEY.Length + ')' } else { 'not set' })"
Write-Host '  1. run .\\proxy.exe --addr 127.0.0.1:4000'
$env:PORT = "4000"
`,
    3,
  ],
  [
    "this session and the user's variables",
    `$env:OPENAI_API_KEY = "sk-0000"
[Environment]::SetEnvironmentVariable("OPENAI_API_KEY", "sk-0000", "User")
[System.Environment]::SetEnvironmentVariable("OPENAI_API_KEY", $env:OPENAI_API_KEY, [System.EnvironmentVariableTarget]::User)
[Environment]::SetEnvironmentVariable("GROQ_API_KEY", "gsk_0000", "Process")
Write-Host "You may need to restart your terminal." -ForegroundColor Yellow
`,
    2,
  ],
  [
    "a private key over many lines",
    `$env:DB_USER = "me"
$env:PRIVATE_KEY = @"
-----BEGIN PRIVATE KEY-----
MIIF+/AbCd==
-----END PRIVATE KEY-----
"@
$env:PASSPHRASE = 'it''s "mine" 56*%'
`,
    3,
  ],
  [
    "a virtual environment and a server",
    `Set-Location $PSScriptRoot
. .\\.venv\\Scripts\\Activate.ps1
$env:PATH = "C:\\tools;$env:PATH"
$env:NODE_ENV="development"; $env:MAX_ITEMS=50
$env:DATABASE_URL="file:./dev.db?a=1&b=2"
npm run start -- --port 4000 "it's me"
`,
    3,
  ],
  [
    "parameters, a function and blocks before the keys",
    `[CmdletBinding()]
param(
    [string] $Model = "grok-4",
    [switch] $Quiet
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

function Get-Place([string] $Name)
{
    if (-not (Test-Path $Name)) { return '' }
    return (Resolve-Path $Name).Path
}

$place = Get-Place '.env'
if ($place) {
    Write-Host "There is a $place (not used)"
} else {
    Write-Host 'No .env { here }'
}
$env:XAI_API_KEY = 'xai-0000'
$env:XAI_MODEL = $Model
foreach ($one in 1..3) { Write-Host "n: $($one + 1)" }
Set-Item -Path Env:GEMINI_API_KEY -Value "AIza0000"
if ($env:XAI_API_KEY -eq '') { Write-Warning 'empty' }
`,
    2,
  ],
];

for (const [title, script, count] of usual) {
  Deno.test(`readPowerShellEnv() reads every plain assignment: ${title}`, () => {
    for (const text of [script, script.replaceAll("\n", "\r\n")]) {
      assertEquals(readPowerShellEnv(text).assignments.length, count);
    }
  });
}

const byCode: readonly (readonly [string, string, number])[] = [
  [
    "a .env file line by line",
    `Get-Content .env | ForEach-Object {
  if ($_ -match '^([^#][^=]+)=(.+)$') {
    [Environment]::SetEnvironmentVariable($matches[1].Trim(), $matches[2], 'Process')
  }
}
`,
    3,
  ],
  [
    "a vault",
    `foreach ($name in @('XAI_API_KEY', 'GEMINI_API_KEY')) {
    $value = Get-Secret -Name $name -AsPlainText
    if ($value) { Set-Item -Path "env:$name" -Value $value }
}
`,
    3,
  ],
  [
    "a table",
    `$keys = @{
  XAI_API_KEY = 'xai-0000'
}
$keys.GetEnumerator() | % { Set-Item "Env:$($_.Key)" $_.Value }
`,
    4,
  ],
];

for (const [title, script, line] of byCode) {
  Deno.test(`readPowerShellEnv() tells the line that sets what it does not name: ${title}`, () => {
    const { code, assignments } = readPowerShellEnv(script);
    assertEquals(code?.line, line);
    assertEquals(assignments, []);
  });
}

Deno.test("readPowerShellEnv() reads line ends in a string as they stand", () => {
  const script = "$env:K = 'a\r\nb\nc'\n$env:L = 'a\nb'";
  assertEquals(shell(script), { K: "a\r\nb\nc", L: "a\nb" });
});

const hostile = [
  "$(",
  '"$(',
  "(",
  "{",
  "@{",
  ")",
  '"',
  "'",
  "`",
  "<#",
  "#",
  '@"\n',
  "${",
  "$env:A=",
  "$env:A=''\n",
  "=",
  " ",
  "\n",
  ";",
  "a",
  "[",
  ",",
  "\\",
  "${:",
  "'A",
  " <#\n",
  "env:",
  "SetEnvironmentVariable(",
  "iex ''\n",
  "}",
  "$env:A ",
  ",\n",
  "exit ",
  '"$(1)"',
  "a#b\n",
];

for (const piece of hostile) {
  Deno.test(`a megabyte of ${JSON.stringify(piece)} is read in no time`, () => {
    const times = Math.ceil(1_000_000 / piece.length);
    for (const head of ["", `$env:K = "`]) {
      const text = head + piece.repeat(times);
      const start = performance.now();
      readPowerShellEnv(text);
      const elapsedMs = performance.now() - start;
      assert(elapsedMs < 6000, `took ${Math.round(elapsedMs)} ms`);
    }
  });
}
