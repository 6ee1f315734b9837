# Runs scripts, each in a scope of its own with the given variables taken out
# of the environment before, and writes down what each leaves in them.
#
# usage: powershell_values.ps1 INPUT OUTPUT
# INPUT is JSON: the names of the variables and the texts of the scripts.
param([string] $InputPath, [string] $OutputPath)
$ErrorActionPreference = 'Stop'
$work = Get-Content -Raw -LiteralPath $InputPath | ConvertFrom-Json
$folder = [IO.Path]::GetTempPath()
$script = Join-Path $folder "discover-oracle-$PID.ps1"
$runspace = $null
$number = 0

function Measure-Script([string] $Text) {
    $tokens = $null
    $syntax = $null
    $null = [Management.Automation.Language.Parser]::ParseInput($Text, [ref] $tokens, [ref] $syntax)
    if ($syntax.Count -gt 0) { return @{ parses = $false; errors = @(); leaves = @{} } }
    [IO.File]::WriteAllText($script, $Text.TrimStart([char] 0xFEFF), [Text.UTF8Encoding]::new($true))
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $kinds = [Collections.Generic.List[string]]::new()
    try {
        $run = $shell.AddCommand($script).BeginInvoke()
        # A loop that another statement keeps from ending is nobody's case.
        if ($run.AsyncWaitHandle.WaitOne(5000)) { $null = $shell.EndInvoke($run) }
        else { $shell.Stop(); $kinds.Add('Endless') }
    } catch {
        $inner = $_.Exception.InnerException
        $kinds.Add($(if ($inner.Message -eq 'left by throw') { 'throw' } else { $inner.GetType().Name }))
    }
    foreach ($record in $shell.Streams.Error) { $kinds.Add($record.Exception.GetType().Name) }
    $shell.Dispose()
    $left = @{}
    foreach ($name in $work.names) {
        $value = [Environment]::GetEnvironmentVariable($name)
        if ($value) { $left[$name] = $value }
    }
    return @{ parses = $true; errors = @($kinds); leaves = $left }
}

$results = foreach ($text in $work.scripts) {
    # A new runspace for each would take four times as long.
    if ($number++ % 50 -eq 0) {
        if ($runspace) { $runspace.Dispose() }
        $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
        $runspace.Open()
    } else {
        $runspace.ResetRunspaceState()
    }
    $null = $runspace.SessionStateProxy.Path.SetLocation($folder)
    foreach ($name in $work.names) { [Environment]::SetEnvironmentVariable($name, [NullString]::Value) }
    Measure-Script $text
}
Remove-Item -LiteralPath $script -ErrorAction SilentlyContinue
[IO.File]::WriteAllText($OutputPath, (ConvertTo-Json @($results) -Depth 4 -Compress))
