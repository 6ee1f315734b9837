import { readPowerShellEnv } from "../../lib/keys/powershell.ts";
import { assertEquals } from "../support/assert.ts";

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
