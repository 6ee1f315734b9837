<#
Prints what start-proxy.ps1 reads in .env files, as JSON: for env_files.py, which
compares it with python-dotenv and with discover. Reads a JSON list of files in
base64 from the file that is named.
#>
param([string] $ListFile)
$script = Join-Path -Path $PSScriptRoot -ChildPath '../../start-proxy.ps1'
$ast = [System.Management.Automation.Language.Parser]::ParseFile($script, [ref] $null, [ref] $null)
# Its functions and settings, without what it does at its end.
foreach ($statement in $ast.EndBlock.Statements) {
    if ($statement.GetType().Name -match '^(FunctionDefinition|Assignment)') {
        . ([scriptblock]::Create($statement.Extent.Text))
    }
}
$path = [System.IO.Path]::GetTempFileName()
$readings = foreach ($file in (Get-Content -Raw -LiteralPath $ListFile | ConvertFrom-Json)) {
    [System.IO.File]::WriteAllBytes($path, [System.Convert]::FromBase64String($file))
    $reading = Read-DotEnv $path $true
    $pairs = foreach ($name in $reading.Values.Keys) { [pscustomobject] @{ name = $name; value = $reading.Values[$name] } }
    [pscustomobject] @{ values = @($pairs); odd = @($reading.OddLines) }
}
Remove-Item -LiteralPath $path
ConvertTo-Json -Compress -Depth 5 -InputObject @($readings)
