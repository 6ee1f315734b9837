import * as fc from "fast-check";
import { readPowerShellEnv } from "../../lib/keys/powershell.ts";
import {
  decodeEnvFile,
  type EnvFile,
  readDotEnv,
} from "../../lib/keys/dotenv.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { faultsOf } from "../oracle/powershell_faults.ts";
import { fromRepository } from "../support/repository.ts";

/** Name to value; a computed one shows as `null`. */
function summary({ assignments, computed }: EnvFile): Record<
  string,
  string | null
> {
  return Object.fromEntries([
    ...assignments.map(({ name, value }) => [name, value] as const),
    ...computed.map(({ name }) => [name, null] as const),
  ]);
}

function shell(text: string): Record<string, string | null> {
  return summary(readPowerShellEnv(text));
}

function dotEnv(text: string): Record<string, string | null> {
  return summary(readDotEnv(text));
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

Deno.test("readDotEnv() reads what python-dotenv reads", () => {
  const text = [
    "# comment",
    "A=plain",
    "export B = spaced out   # comment",
    "C='single # \\' \\n'",
    'D="double # \\" \\n\\t"',
    "E=",
    "F",
    'G="two',
    'lines"',
    "H=a#b",
    "I=#b",
    "J= #b",
    "'K L'=v",
    "M = 'v' # comment",
    "N=$X $Y",
    "A=again",
  ].join("\n");
  const expected = {
    B: "spaced out",
    C: "single # ' \\n",
    D: 'double # " \n\t',
    E: "",
    G: "two\nlines",
    H: "a#b",
    I: "#b",
    J: "",
    "K L": "v",
    M: "v",
    N: "$X $Y",
    A: "again",
  };
  assertEquals(dotEnv(text), expected);
  assertEquals(dotEnv(text.replaceAll("\n", "\r\n")), expected, "with CRLF");
});

Deno.test("readDotEnv() does not expand ${NAME}, whatever the quotes", () => {
  assertEquals(dotEnv("A=x${B}\nC='${B}'\nD=\"${B:-x}\"\nE=${F\nG=$H"), {
    A: null,
    C: null,
    D: null,
    E: "${F",
    G: "$H",
  });
});

Deno.test("readDotEnv() passes over lines that it cannot read, with their numbers", () => {
  assertEquals(readDotEnv("\nA=0\nA='x' y\n= z\nB=\"open\nC=1\n"), {
    assignments: [
      { name: "A", value: "0", line: 2 },
      { name: "C", value: "1", line: 6 },
    ],
    computed: [],
    odd: [
      { line: 3, words: ["A"] },
      { line: 4, words: [] },
      { line: 5, words: ["B"] },
    ],
  });
});

Deno.test("readDotEnv() forgets a variable whose name stands alone later", () => {
  assertEquals(dotEnv("A=1\nB=2\nexport A\nC=${X}\nC # gone\n"), { B: "2" });
  assertEquals(dotEnv("A=1\nA\nA=2\n"), { A: "2" });
});

const encoded: readonly (readonly [string, readonly number[]])[] = [
  ["UTF-8", [0x41, 0x3d, 0xc3, 0xa4]],
  ["UTF-8 with a mark", [0xef, 0xbb, 0xbf, 0x41, 0x3d, 0xc3, 0xa4]],
  ["UTF-16 LE with a mark", [0xff, 0xfe, 0x41, 0, 0x3d, 0, 0xe4, 0]],
  ["UTF-16 LE", [0x41, 0, 0x3d, 0, 0xe4, 0]],
  ["UTF-16 BE with a mark", [0xfe, 0xff, 0, 0x41, 0, 0x3d, 0, 0xe4]],
  ["UTF-16 BE", [0, 0x41, 0, 0x3d, 0, 0xe4]],
  ["Windows-1252", [0x41, 0x3d, 0xe4]],
];

for (const [name, bytes] of encoded) {
  Deno.test(`decodeEnvFile() reads ${name}`, () => {
    assertEquals(decodeEnvFile(new Uint8Array(bytes)), "A=\u00e4");
  });
}

Deno.test("decodeEnvFile() reads an empty file", () => {
  assertEquals(decodeEnvFile(new Uint8Array()), "");
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
  "\\'",
  "A='\n",
  "A='\\'\n",
  'A="\\"\n',
  "A=#",
  "A= ",
  "${:",
  "'A",
  " <#\n",
  "env:",
  "SetEnvironmentVariable(",
  "iex ''\n",
  "}",
];

for (const piece of hostile) {
  Deno.test(`a megabyte of ${JSON.stringify(piece)} is read in no time`, () => {
    const times = Math.ceil(1_000_000 / piece.length);
    for (const head of ["", `$env:K = "`, "K=", `K="`]) {
      const text = head + piece.repeat(times);
      const start = performance.now();
      readPowerShellEnv(text);
      readDotEnv(text);
      const elapsedMs = performance.now() - start;
      assert(elapsedMs < 6000, `took ${Math.round(elapsedMs)} ms`);
    }
  });
}
