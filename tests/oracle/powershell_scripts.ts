/**
 * Makes up PowerShell scripts that set keys in all the ways that people do, and
 * in odd ones, so that a real PowerShell can judge the reader of `set-env.ps1`.
 *
 * @module
 */
import * as fc from "fast-check";

/** The variables that the scripts set. */
export const NAMES = ["AAA_KEY", "BBB_KEY", "XAI_API_KEY"];

/** What `throw` says in the scripts: no other error is meant. */
export const THROWN = "left by throw";

type Text = fc.Arbitrary<string>;

const name = fc.constantFrom(...NAMES);
const plain = fc.constantFrom("a", "b", "sk-or-v1-0f", "x_2.y-z", "true");

/** `N` is a variable, `M` another, `V` a value in quotes, `W` a bare one. */
function filled(...templates: readonly string[]): Text {
  return fc.tuple(fc.constantFrom(...templates), name, name, quoted, plain)
    .map(([template, first, second, value, word]) =>
      template.replace(
        /\b[NMVW]\b/g,
        (letter) =>
          letter === "N"
            ? first
            : letter === "M"
            ? second
            : letter === "V"
            ? value
            : word,
      )
    );
}

const quoted: Text = fc.oneof(
  { weight: 4, arbitrary: plain.map((text) => `'${text}'`) },
  { weight: 4, arbitrary: plain.map((text) => `"${text}"`) },
  fc.constantFrom(
    ...["''", '""', "'it''s'", '"a""b"', '"a`"b"', "' a # b ; c '", "'$env:X'"],
    ...[
      '"a$ b"',
      '"cost $"',
      '"a`tb`n"',
      '"`$x"',
      '"a`qb"',
      "'a`nb'",
      "'a\nb'",
    ],
    ...[
      "\u201ca\u201d",
      "\u2018a\u2019",
      '"a\u201d',
      "'a\u2019'b'",
      '"\u2019"',
    ],
    ...["@'\nit's \"x\"\n'@", '@"\nit\'s "x"\n"@', "@'\n\n'@", "@'\n'@"],
    ...[
      '@"\na`tb\n`$x\n"@',
      "@'\na\n 'b'\n $c `\n'@",
      "'}'",
      "'{'",
      '"("',
      "')'",
    ],
    ...[
      "'#>'",
      "'<#'",
      '"# x"',
      "'@'",
      "'--%'",
      "'exit'",
      '"a`\nb"',
      "'env:N'",
    ],
    ...["4000", "$true", "$null", "$false", "007", "0x10", "1.50", "-5", "1e3"],
    ...['"$other"', '"a$(1 + 1)b"', '"${x}y"', '"$("a(b)")"', "@(1)", "('a')"],
  ),
);

const assigned = filled(
  ...Array<string>(40).fill("$env:N = V"),
  ...["$env:N=V", "$Env:N = V", "${env:N} = V", "  $env:N\t=  V  # why"],
  ...[
    "$env:N =\n  V",
    "$env:N = `\n  V",
    "$env:N = <# here #> V",
    "$env:N = V;",
  ],
  ...["$env:N `\n = V", "$env:N = V#end", "$env:N = V<#end#>", ";$env:N = V"],
  ...["$env:N = $env:M = V", "$x = $env:N = V", "$null = $env:N = V"],
  ...["$env:N, $env:M = V, V", "$env:N,\n$env:M = V", "($env:N) = V"],
  ...["($env:N, $x) = V", "$env:N, ($x) = V, V", "[string]$env:N = V"],
  ...["[int]\n$env:N = V", "$env:N += V", "$env:N = V + V", "$env:N = V, V"],
  ...[
    "$env:N = V | Out-Null",
    "$env:N = V |\n  Out-Null",
    "$env:N = V > $null",
  ],
  ...[
    "($env:N = V) | Out-Null",
    "$env:N = V -as [string]",
    "$env:N = V.Trim()",
  ],
  ...[
    "$env:N = $env:M",
    "$k = V; $env:N = $k",
    "$env:N = if ($k) { V } else { V }",
  ],
  ...[
    "$env:N = $(V)",
    "$env:N = & { V }",
    "$env:N = V -f\n1",
    "$env:N = V 3>&1",
  ],
  ...["$env:N = V +\n'b'", "$env:N = V\n+ 'b'", "$env:N = V -replace 'a', 'b'"],
  ...["foreach ($env:N in 'p', 'q') { }", "${env:\\N} = V", "$env:N = V[0]"],
  ...["$env:N = V\n# why\n| Out-Null", "$env:N = V | ForEach-Object { 'b' }"],
  ...["$env:N = V | Set-Item Env:M", "$env:N = V && $x", "$env:N = V || $x"],
  ...["$env:N++", "$env:N ++", "++$env:N", "$env:N = V ?? 'b'"],
  ...["$x = $false -and\n($env:N = V)", "$x = $true ? 1 :\n($env:N = V)"],
  ...["[void]($env:N = V)", "Write-Output ($env:N = V)", '"$($env:N = V)"'],
  ...[
    "'x', ($env:N = V) | Out-Null",
    "if ($env:N = V) { }",
    "@{ a = ($env:N = V) }",
  ],
);

const called = filled(
  ...["[Environment]::SetEnvironmentVariable('N', V)"],
  ...['[System.Environment]::SetEnvironmentVariable("N", V, "Process")'],
  ...["[Environment]::SetEnvironmentVariable('N', V, 'User')"],
  ...["[Environment]::SetEnvironmentVariable('N', V, \"Machine\")"],
  ...[
    "[Environment]::SetEnvironmentVariable('N', V, [EnvironmentVariableTarget]::User)",
  ],
  ...[
    "[environment]::setenvironmentvariable(\n  'N',\n  V,\n  [EnvironmentVariableTarget]::Process\n)",
  ],
  ...["[void][Environment]::SetEnvironmentVariable('N', V)"],
  ...["$null = [Environment]::SetEnvironmentVariable('N', V)"],
  ...["[Environment]::SetEnvironmentVariable('N', V, 1)"],
  ...["[Environment]::SetEnvironmentVariable('N', $(V))"],
  ...["$n = 'N'; [Environment]::SetEnvironmentVariable($n, V)"],
  ...["[Environment]::SetEnvironmentVariable('N', ($env:M = V), 'User')"],
  ...["[Environment]::SetEnvironmentVariable(('N'), V)"],
  ...[
    "[Environment].GetMethod('SetEnvironmentVariable', [type[]] @([string], [string])).Invoke($null, @('N', V))",
  ],
);

/** Calls that may not be made, though a line holds nothing else. */
const skipped = filled(
  "$x = $false -and\n[Environment]::SetEnvironmentVariable('N', V)",
  "$x = $true -or\n[Environment]::SetEnvironmentVariable('N', V)",
  "$x = $true ? 1 :\n[Environment]::SetEnvironmentVariable('N', V)",
  "$x = $false ?\n[Environment]::SetEnvironmentVariable('N', V) : 1",
  "$x = 1 ??\n[Environment]::SetEnvironmentVariable('N', V)",
  "$x = 1 ||\nSet-Item Env:N V",
  "@() |\nSet-Item Env:N -Value V",
  "@()\n| Set-Item Env:N -Value V",
);

const item = filled(
  ...Array<string>(3).fill("Set-Item Env:N V"),
  ...["Set-Item -Path Env:N -Value V", "Set-Item Env:N W", "si env:N W"],
  ...[
    "Set-Item Env:\\N V",
    "Set-Item 'Env:N' V",
    "Set-Item -LiteralPath Env:N -Value V -Force",
  ],
  ...[
    "Set-Item -Path:Env:N W",
    "Set-Item -Path:Env:N -Value:V",
    "Set-Item -Value V -Path Env:N",
  ],
  ...[
    "Set-Item Env:N -Val V",
    "Set-Item Env:N V -PassThru",
    "Set-Item Env:N V -WhatIf",
  ],
  ...[
    "Set-Item -WhatIf Env:N V",
    "Set-Item -Path Env:N -Value V -WhatIf:$true",
    "Set-Item Env:N V `\n  -WhatIf",
    "Set-Item Env:N V -wi",
    "New-Item Env:N -Value V -WhatIf",
  ],
  ...[
    "Set-Item Env:N V -Verbose:$false",
    "Set-Item Env:N V -WhatIf:$false",
    "Set-Item Env:N W, W",
  ],
  ...[
    "Set-Item Env:N -- -W",
    "Set-Item Env:N 007",
    "Set-Item Env:N 1kb",
    "Set-Item Env:N a`b",
  ],
  ...[
    "Set-Item Env:N a#b",
    "Set-Item Env:N W #b",
    "Set-Item Env:N, Env:M V",
    "Set-Item Env:N V | Out-Null",
  ],
  ...[
    "Set-Item -Path \"Env:$('N')\" -Value V",
    "Set-Item ('Env:' + 'N') V",
    "Set-Item Env:'N' V",
  ],
  ...[
    "Set-Item Environment::N V",
    "Set-Item Microsoft.PowerShell.Core\\Environment::N V",
  ],
  ...[
    "Microsoft.PowerShell.Management\\Set-Item Env:N V",
    "& 'Set-Item' Env:N V",
    ". Set-Item Env:N V",
  ],
  ...[
    "& Set-Item `\n  -Path Env:N `\n  -Value V",
    "Set-Item `\n  Env:N `\n  V",
    "V | Set-Item Env:N",
  ],
  ...[
    "New-Item -Path Env:N -Value V",
    "New-Item Env:N -Value V -Force",
    "ni env:N -Value W",
  ],
  ...[
    "New-Item -Path Env: -Name N -Value V",
    "New-Item -Path Env:\\ -Name N -Value W -Force",
  ],
  ...[
    "Set-Content Env:N V",
    "Set-Content -Path Env:N -Value V",
    "V | Set-Content Env:N",
  ],
  ...[
    "Remove-Item Env:N -ErrorAction SilentlyContinue",
    "Remove-Item Env:N* -ErrorAction Ignore",
  ],
  ...[
    "ri env:N -ea 0",
    "del env:N -ErrorAction SilentlyContinue -WhatIf",
    "Remove-Item Env:*_KEY",
  ],
  ...[
    "Remove-Item -Path Env:N, Env:M -ErrorAction SilentlyContinue",
    "Remove-Item Env:?AA_KEY",
  ],
  ...[
    "Get-ChildItem Env:N* | Remove-Item",
    "Get-ChildItem Env: | Where-Object Name -like 'N*' | Remove-Item",
  ],
  ...[
    "Get-ChildItem Env: | Where-Object { $_.Name -eq 'N' } | ForEach-Object { Remove-Item \"Env:$($_.Name)\" }",
  ],
  ...[
    "Rename-Item Env:N M -ErrorAction SilentlyContinue",
    "Copy-Item Env:N Env:M -ErrorAction SilentlyContinue",
  ],
  ...[
    "Clear-Item Env:N -ErrorAction SilentlyContinue",
    "Set-Item @{ Path = 'Env:N'; Value = V }.Path V",
  ],
  ...[
    "$p = @{ Path = 'Env:N'; Value = V }\nSet-Item @p",
    "$p = 'Env:N'\n$env:N = V\nSet-Item $p 'b'",
  ],
  ...[
    "Set-Alias put Set-Item; put Env:N V",
    "Push-Location Env:; Set-Item N V; Pop-Location",
  ],
  ...[
    "Set-Location Env:\nSet-Content N V\nSet-Location /",
    "Set-Variable -Name 'env:N' -Value V",
  ],
  ...[
    "$WhatIfPreference = $true; Set-Item Env:N V",
    "$PSDefaultParameterValues['Set-Item:WhatIf'] = $true; Set-Item Env:N V",
  ],
);

const computedName = filled(
  ...[
    "$t = @{ N = V }\n$t.Keys | % { Set-Item env:$_ $t[$_] }",
    "$t = @{ N = V; M = V }\nforeach ($k in $t.Keys) { [Environment]::SetEnvironmentVariable($k, $t[$k]) }",
    '$t = [ordered]@{\n  N = V\n  M = V\n}\nforeach ($e in $t.GetEnumerator()) {\n  Set-Item -Path "Env:\\$($e.Key)" -Value $e.Value\n}',
    "foreach ($e in @{ N = V }.GetEnumerator()) { New-Item -Path Env:\\ -Name $e.Name -Value $e.Value -Force }",
  ],
  ...[
    '$t = @{ N = V; M = V }\n$t.GetEnumerator() | ForEach-Object { Set-Item -Path "Env:$($_.Key)" -Value $_.Value }',
  ],
  ...[
    "foreach ($k in 'N', 'M') { Set-Item \"env:$k\" V }",
    "foreach ($k in 'N', 'M') { [Environment]::SetEnvironmentVariable($k, V) }",
  ],
  ...['@{ N = V }.GetEnumerator() | % { si "env:$($_.Name)" $_.Value }'],
  ...[
    'function Put($n, $v) { Set-Item "Env:$n" $v }\nPut N V',
    'function Put($n) { process { Set-Item "Env:$n" $_ } }\nV | Put N',
  ],
  ...[
    "'N=W' -split '\\n' | ForEach-Object { $n, $v = $_ -split '='; Set-Item env:$n $v }",
  ],
  ...[
    "Invoke-Expression '$env:N = ''W'''",
    "iex \"`$env:N = 'W'\"",
    "& ([scriptblock]::Create('$env:N = ''W'''))",
  ],
  ...[
    "iex 'exit'\n$env:N = V",
    "$s = '$env:N = ''W'''; $env:N = V; iex $s",
    'iex "Set-Item Env:N W"',
  ],
);

const noise = filled(
  ...[
    "# $env:N = V",
    "<# $env:N = 'c'\n it's #>",
    'Write-Host "$env:N = 1"',
    "Write-Host $env:N = loaded",
  ],
  ...[
    "Write-Output it`'s",
    "Write-Output a#b",
    "Write-Output 'x'#it's",
    "Write-Output @'\n$env:N = 'd'\n'@",
  ],
  ...[
    '"`n$env:N = 1" | Out-Null',
    "$x = V",
    "$h = @{ N = V; b = @{ c = V } }",
    "$null = $env:N",
    "$x = $env:N, V",
  ],
  ...[
    "if ($env:N -eq V) { }",
    "if (Test-Path Env:N) { $x = 1 }",
    "$x = Get-ChildItem Env: | Where-Object Name -eq 'N'",
  ],
  ...[
    "Write-Output --% it's $env:N = 'q'\n$env:N = V",
    "Write-Output a --% {\n$env:N = V",
    "Write-Output --% \"it's",
    "Write-Output --% it's {",
    "Write-Output x --% $env:N = 'q'",
    "$i = 1; $i--\n$i --%2",
  ],
  ...[
    "Write-Output $env:N, V",
    "$x[0] = V",
    "@(\n  V\n  V\n) | Out-Null",
    "$x =\n  V",
    "Write-Output ('a' +\n  'b')",
  ],
  ...[
    "[CmdletBinding()] param($p = $env:N, $q = V)",
    "param(\n  [string] $p = V,\n  [switch] $q\n)",
    "Set-StrictMode -Off",
  ],
  ...[
    "$ErrorActionPreference = 'Stop'",
    'Write-Output "a `"b`" $(1 + (2)) it\'s"',
    '"$("it\'s")" | Out-Null',
    "# it's",
  ],
  ...[
    "${a'b} = V",
    '"${a`"b}" | Out-Null',
    "Write-Output a'b c'd",
    'Write-Output "a"b',
    "Write-Output a`\n  b",
    "$x = V; # it's",
  ],
  ...[
    "$x = @'\nit's } {\n\"@\n'@",
    "$x=@'\nit's\n'@",
    "Write-Output a=@'\nb'",
    '$x = @"\n\'@ $(1) `"\n"@',
    "1..3 | ForEach-Object { $_ }",
  ],
  ...[
    "function F { return 1 }",
    "class C { [int] M() { return 1 } }",
    "$sb = { $env:N = V }",
    "function G {\n  $env:N = V\n}",
  ],
  ...[
    "$x = { it }, '}'",
    "Write-Output a{b}c",
    "Write-Output foo;Write-Output 'b'",
    ":a foreach ($i in 1) { continue a }",
    "$o = $x.y#it's",
  ],
);

const leave = fc.constantFrom(
  ...[
    "exit",
    "exit 0",
    "return",
    `throw '${THROWN}'`,
    "break",
    "continue",
    "return 1",
    "exit; 'x'",
  ],
  ...[
    "$x = exit",
    "$x = return 1",
    "while ($true) { exit }",
    "foreach ($i in 1) { if ($i) { break } }",
    "if ($true) { break }",
    "if ($true) { continue }",
    "$null ?? (& { exit })",
    "1 | % { exit }",
    "[Environment]::Exit",
  ],
  ...[
    "if ($true) { exit }",
    "if ($false) { exit 1 }",
    "if ($env:NOPE) {\n  return\n}",
    `if ($false) { throw '${THROWN}' }`,
  ],
  ...[
    "foreach ($i in 1, 2) { break }",
    "foreach ($i in 1, 2) { if ($i -eq 1) { continue } else { break } }",
    "1 | ForEach-Object { break }",
  ],
  ...[
    "1 | ForEach-Object { return }",
    "function L { exit }\nL",
    "function L { return }\nL",
    "function L { break }\nL",
    "& { return }",
    "& { break }",
  ],
  ...[
    "switch (1) { 1 { break } 2 { 'x' } }",
    "switch ('a') { 'a' { continue }\n default { break } }",
    "$sb = { exit }; & $sb",
    "trap { continue }",
  ],
  ...[
    `try { throw '${THROWN}' } catch { }`,
    `trap { continue }; throw '${THROWN}'`,
    `$ErrorActionPreference = 'SilentlyContinue'; throw '${THROWN}'`,
  ],
  ...[
    "foreach ($i in 1) { $sb = { break } }; & $sb",
    "while ($true) { break }",
    "function f { } if ($true) { return }",
    "do { break } while ($true)",
  ],
  ...[
    "function L\n{\n  return\n}\nL",
    "function L([string] $a)\n{\n  return $a\n}\nL b",
    "if ($true)\n{\n  return\n}",
    "iex 'exit'",
    ":a while ($true) { while ($true) { break a } }",
  ],
);

function block(body: Text): Text {
  return fc.tuple(
    fc.constantFrom(
      ...[
        "if ($true) { B }",
        "if ($false) { B }",
        "if ($x) {\n  B\n} else {\n  B\n}",
        "try { B } catch { }",
        "try { } finally { B }",
      ],
      ...[
        `try { throw '${THROWN}' } catch { B }`,
        "foreach ($i in 1, 2) { B }",
        "for ($turn = 0; $turn -lt 1; $turn++) { B }",
        "do { B } while ($false)",
      ],
      ...[
        "switch (1) { 1 { B } default { B } }",
        "& { B }",
        ". { B }",
        "1 | ForEach-Object { B }",
        "function F { B }",
        "function F { B }\nF",
      ],
      ...[
        "function F\n{\n  B\n}\nF",
        "$sb = { B }\n& $sb",
        "$sb = { B }",
        "if ($true)\n{\n  B\n}",
        "trap { B; continue }",
        "filter F { B }\n1 | F",
        "(& { B })",
      ],
      ...[
        "if ($true) { B } B",
        "function F { B } F",
        "$x = $(B)",
        "@(B) | Out-Null",
        '"$(if ($true) { B })" | Out-Null',
        "Invoke-Command { B }",
        "$h = @{ s = { B } }; & $h.s",
      ],
    ),
    body,
    body,
  ).map(([frame, first, second]) =>
    frame.replace("B", () => first).replace(/\bB\b/, () => second)
  );
}

const simple = fc.oneof(
  { weight: 12, arbitrary: assigned },
  { weight: 3, arbitrary: called },
  { weight: 1, arbitrary: skipped },
  { weight: 6, arbitrary: item },
  { weight: 6, arbitrary: noise },
  { weight: 1, arbitrary: computedName },
  { weight: 1, arbitrary: leave },
);

function joined(statement: Text, maxLength: number): Text {
  return fc.tuple(
    fc.array(statement, { minLength: 1, maxLength }),
    fc.constantFrom("\n", "\n", "\n\n", "; ", "\n# it's\n"),
  ).map(([statements, separator]) => statements.join(separator));
}

const inner = joined(simple, 2);
const nested = fc.oneof({ weight: 3, arbitrary: inner }, block(inner));
const statement = fc.oneof(
  { weight: 7, arbitrary: simple },
  { weight: 2, arbitrary: block(nested) },
);

/** What most people write. */
const usual = fc.oneof(
  { weight: 6, arbitrary: assigned },
  { weight: 2, arbitrary: noise },
  called,
  item,
);

/** Scripts; not all of them are such as PowerShell can parse. */
export const script: Text = fc.tuple(
  fc.oneof(joined(usual, 4), joined(statement, 4)),
  fc.constantFrom("\n", "\n", "\r\n"),
).map(([text, end]) => text.replaceAll("\n", end));
