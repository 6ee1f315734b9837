# Plays a user's session: dot-sourced into the global scope, it starts one or
# more scripts, one after the other, and writes down for each what it left
# behind. There is no `try` around the call, which would change what a failing
# statement does in it.

# Of a session, what a script could change and a user would notice.
function Get-StageSnapshot {
    $found = New-Object -TypeName 'System.Collections.Generic.Dictionary[string,string]' -ArgumentList ([StringComparer]::Ordinal)
    $environment = [Environment]::GetEnvironmentVariables()
    foreach ($name in @($environment.Keys)) { $found["env:$name"] = [string]$environment[$name] }
    $found['folder'] = [string](Get-Location)
    foreach ($item in @(Get-ChildItem -Path Function:)) {
        if (-not $item.ModuleName) { $found["function:$($item.Name)"] = [string]$item.Definition }
    }
    foreach ($item in @(Get-ChildItem -Path Alias:)) { $found["alias:$($item.Name)"] = [string]$item.Definition }
    foreach ($item in @(Get-Variable -Scope Global)) {
        if ($item.Name -like 'stage*' -or $stageOwnVariables -ccontains $item.Name) { continue }
        $found["variable:$($item.Name)"] = [string]$item.Value
    }
    $found['strict mode'] = [string](Test-StageStrictMode)
    return $found
}

function Test-StageStrictMode {
    try { $null = $stageNeverSet } catch { return $true }
    return $false
}

# The names of what differs between two snapshots, in order.
function Compare-StageSnapshot($Before, $After) {
    $names = @(@($Before.Keys) + @($After.Keys) | Sort-Object -Unique -CaseSensitive)
    foreach ($name in $names) {
        $isSame = $Before.ContainsKey($name) -and $After.ContainsKey($name) -and
            $Before[$name] -ceq $After[$name]
        if (-not $isSame) { $name }
    }
}

# Takes away what a profile and a script have added, for the next one.
function Reset-Stage($Before) {
    $global:ErrorActionPreference = 'Continue'
    $global:WarningPreference = 'Continue'
    $now = Get-StageSnapshot
    foreach ($name in @(Compare-StageSnapshot $Before $now)) {
        $kind, $rest = $name -split ':', 2
        if ($kind -eq 'env') {
            $value = [NullString]::Value
            if ($Before.ContainsKey($name)) { $value = $Before[$name] }
            [Environment]::SetEnvironmentVariable($rest, $value)
        } elseif ($rest -and -not $Before.ContainsKey($name)) {
            Remove-Item -LiteralPath $name -Force -ErrorAction SilentlyContinue
        }
    }
}

function Write-StageMark([string] $Text) {
    [Console]::Out.WriteLine("@@ $Text @@")
    # In a terminal both are one.
    if ([Console]::IsErrorRedirected) { [Console]::Error.WriteLine("@@ $Text @@") }
}

function Write-StageReport([string] $Path, $Report) {
    [IO.File]::WriteAllText($Path, (ConvertTo-Json -InputObject $Report -Depth 4))
}

# What changes by itself with every command.
$stageOwnVariables = @(
    '?', '^', '$', '_', 'args', 'Error', 'foreach', 'input', 'LASTEXITCODE', 'Matches',
    'MyInvocation', 'PSItem', 'PWD', 'StackTrace', 'switch', 'this'
)

# Before a start: the script's environment, its folder, the user's profile. To
# be dot-sourced, as the profile is.
function Open-Stage($stageThis) {
    foreach ($stagePair in @($stageThis.env)) {
        $stageValue = $stagePair.value
        if ($null -eq $stageValue) { $stageValue = [NullString]::Value }
        [Environment]::SetEnvironmentVariable($stagePair.name, $stageValue)
    }
    Set-Location -LiteralPath $stageThis.folder
    if ($stageThis.profile) { . $stageThis.profile }
    $stageCall = [scriptblock]::Create("& $($stageThis.call)")
    $stageBefore = Get-StageSnapshot
    $global:LASTEXITCODE = 77
    Write-StageMark 'begin'
}

# After it: what it has left behind.
function Close-Stage($stageThis) {
    $stageCode = $LASTEXITCODE
    $stageAfter = Get-StageSnapshot
    Write-StageMark 'end'
    $stageLeft = @(Compare-StageSnapshot $stageBefore $stageAfter)
    Set-StrictMode -Off
    Reset-Stage $stageEmpty
    Write-StageReport $stageThis.report @{ code = $stageCode; leftBehind = $stageLeft }
}

$stageActs = (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($stagePlan))).acts
if ($stageByHand) {
    function prompt { '@@ prompt @@' }
}
$stageEmpty = Get-StageSnapshot
if (-not $stageByHand) {
    foreach ($stageAct in $stageActs) {
        . Open-Stage $stageAct
        . $stageCall
        . Close-Stage $stageAct
    }
}
