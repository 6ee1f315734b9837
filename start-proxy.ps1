<#
.SYNOPSIS
Refreshes the model list in a LiteLLM config and starts the LiteLLM proxy.

.DESCRIPTION
Runs set-env.ps1 for the API keys, then discover, which brings the marked block
of config.yaml up to date, then litellm. If anything goes wrong before the last
step, a warning says what, and LiteLLM starts with the config as it is. Ctrl+C
stops. The script ends with LiteLLM's exit code.

Everything that this script and set-env.ps1 change in the environment is put
back at the end, so no key stays behind in the PowerShell session.

set-env.ps1 is looked for beside the config, then beside this script. It may
compute values, ask for them or read them from a vault. What it prints to the
output stream is dropped; its errors are reported by line, without their text,
because that could quote a key.

.PARAMETER Config
The LiteLLM config. Without it: the variable DISCOVER_CONFIG, or config.yaml in
the current folder, beside this script or one folder above it.

.PARAMETER EnvFile
A PowerShell script that sets the API keys, to run instead of set-env.ps1. A
.env file needs no parameter for discover, which reads the one beside the
config. LiteLLM reads only one that lies above its own program's folder.

.PARAMETER Port
The port that LiteLLM listens on. LiteLLM's default is 4000.

.PARAMETER Venv
The folder of the virtual environment that has LiteLLM. It is activated for this
run. Without it: litellm on PATH, else .venv or venv in the current folder,
beside the config or beside this script.

.PARAMETER SkipDiscovery
Start LiteLLM at once, with the config as it is.

.PARAMETER LiteLLMArgs
Everything else is passed on to litellm.

.EXAMPLE
.\start-proxy.ps1

.EXAMPLE
powershell -ExecutionPolicy Bypass -File C:\llm\start-proxy.ps1

.EXAMPLE
.\start-proxy.ps1 -Config C:\llm\config.yaml -Venv C:\llm\.venv -Port 4001 --detailed_debug

.NOTES
For Windows PowerShell 5.1 and PowerShell 7. Exit codes of its own: 3 if there
is no config, 4 if litellm cannot be started, 130 after Ctrl+C. 129, 131 and 143
if a signal ended discover: SIGHUP, SIGQUIT, SIGTERM.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [string] $Config,
    [string] $EnvFile,
    [ValidateRange(1, 65535)] [int] $Port,
    [string] $Venv,
    [switch] $SkipDiscovery,
    [Parameter(ValueFromRemainingArguments = $true)] [string[]] $LiteLLMArgs
)

# The session's own settings must not decide whether the proxy starts: a program
# that writes to its error stream, or ends with a code, is no reason to stop.
Set-StrictMode -Off
$ErrorActionPreference = 'Continue'
$PSNativeCommandUseErrorActionPreference = $false

$onWindows = $env:OS -eq 'Windows_NT'
$here = $PSScriptRoot
# Of discover: SIGHUP, SIGINT or Ctrl+C, SIGQUIT, SIGTERM; and of Windows itself.
$interruptedCodes = @(129, 130, 131, 143, -1073741510)
if ($onWindows) {
    $binFolder = 'Scripts'
    $suffix = '.exe'
} else {
    $binFolder = 'bin'
    $suffix = ''
}

# Past $WarningPreference, which could hide the text or stop the script.
function Show-Warning([string] $Text) {
    $Host.UI.WriteWarningLine($Text)
}

function Get-FullPath([string] $Path) {
    try {
        return $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    } catch {
        return $Path
    }
}

function Test-File([string] $Path) {
    Test-Path -LiteralPath $Path -PathType Leaf
}

function Find-File([string[]] $Candidates) {
    foreach ($candidate in $Candidates) {
        if (Test-File $candidate) { return $candidate }
    }
}

function Find-OnPath([string] $Name) {
    $found = Get-Command -Name $Name -CommandType Application -ErrorAction SilentlyContinue
    if ($found) { return @($found)[0].Path }
}

# Runs the script that sets the keys, in a scope of its own. Texts of errors and
# lines of the script are never shown: they can hold a key.
function Invoke-EnvScript([string] $EnvScript) {
    $ErrorActionPreference = 'SilentlyContinue'
    try {
        $null = & $EnvScript
    } catch {
        $where = ''
        if ($_.InvocationInfo.ScriptName -eq $EnvScript) {
            $where = ", line $($_.InvocationInfo.ScriptLineNumber)"
        }
        $kind = $_.Exception.GetType().Name
        Show-Warning "`"$EnvScript`"$where stopped with an error ($kind): keys may be missing"
    }
}

# Whether Python may read the file as UTF-8.
function Test-Utf8([string] $Path) {
    $strict = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false, $true
    try {
        $null = $strict.GetString([System.IO.File]::ReadAllBytes($Path))
        return $true
    } catch {
        return $false
    }
}

function Test-PortTaken([int] $Number) {
    $client = New-Object -TypeName System.Net.Sockets.TcpClient
    try {
        return $client.ConnectAsync('127.0.0.1', $Number).Wait(200)
    } catch {
        return $false
    } finally {
        $client.Close()
    }
}

# Puts the environment back, however this script ends.
function Restore-Environment([System.Collections.IDictionary] $Saved) {
    $now = [System.Environment]::GetEnvironmentVariables()
    foreach ($name in @($now.Keys)) {
        if (-not $Saved.Contains($name)) {
            # A plain $null arrives as "", which newer versions keep as a value.
            [System.Environment]::SetEnvironmentVariable($name, [NullString]::Value)
        }
    }
    foreach ($name in @($Saved.Keys)) {
        if ($now[$name] -cne $Saved[$name]) {
            [System.Environment]::SetEnvironmentVariable($name, $Saved[$name])
        }
    }
}

# The config's full path, because the programs need not share our folder.
function Find-Config {
    $chosen = $Config
    if (-not $chosen) { $chosen = $env:DISCOVER_CONFIG }
    if ($chosen) {
        $candidates = @(Get-FullPath $chosen)
    } else {
        $candidates = @(
            (Get-FullPath 'config.yaml'),
            (Join-Path -Path $here -ChildPath 'config.yaml'),
            [System.IO.Path]::GetFullPath((Join-Path -Path $here -ChildPath '../config.yaml'))
        )
    }
    $found = Find-File $candidates
    if (-not $found) { Show-Warning "no config; looked for: $($candidates -join ', ')" }
    return $found
}

function Find-EnvScript([string] $ConfigFolder) {
    if (-not $EnvFile) {
        return Find-File @(
            (Join-Path -Path $ConfigFolder -ChildPath 'set-env.ps1'),
            (Join-Path -Path $here -ChildPath 'set-env.ps1')
        )
    }
    $chosen = Get-FullPath $EnvFile
    if ($chosen -like '*.ps1' -and (Test-File $chosen)) { return $chosen }
    Show-Warning "-EnvFile `"$chosen`": not a PowerShell script that exists; keys may be missing"
}

# With -Venv, activates it as well.
function Find-LiteLLM([string] $ConfigFolder) {
    if ($Venv) {
        $folder = Get-FullPath $Venv
        $bin = Join-Path -Path $folder -ChildPath $binFolder
        $env:PATH = $bin + [System.IO.Path]::PathSeparator + $env:PATH
        $env:VIRTUAL_ENV = $folder
        $env:PYTHONHOME = $null
        return Find-File @(Join-Path -Path $bin -ChildPath "litellm$suffix")
    }
    $onPath = Find-OnPath 'litellm'
    if ($onPath) { return $onPath }
    $candidates = foreach ($folder in @((Get-FullPath '.'), $ConfigFolder, $here)) {
        foreach ($name in @('.venv', 'venv')) {
            Join-Path -Path $folder -ChildPath "$name/$binFolder/litellm$suffix"
        }
    }
    return Find-File $candidates
}

# LiteLLM takes a random port instead of a busy 4000, without a word.
function Show-BusyPort {
    $chosen = $Port -or $env:PORT -or ($LiteLLMArgs -match '^--port(=|$)')
    if ($chosen -and $Port -ne 4000) { return }
    if (-not (Test-PortTaken 4000)) { return }
    Show-Warning 'port 4000 is taken: LiteLLM will choose another; end the other program, or use -Port'
}

# Runs discover; its code is left in $script:discoverCode, because what a
# function returns includes all that the programs in it print.
function Update-Models([string] $ConfigPath) {
    $discover = Find-File @(Join-Path -Path $here -ChildPath "discover$suffix")
    if (-not $discover) { $discover = Find-OnPath 'discover' }
    if (-not $discover) {
        Show-Warning ("discover$suffix is neither beside this script nor on PATH: LiteLLM starts with " +
            "the config as it is; put discover$suffix from the project's releases into `"$here`"")
        return
    }
    try {
        & $discover --config $ConfigPath
        $script:discoverCode = $LASTEXITCODE
    } catch {
        Show-Warning "`"$discover`" could not be started: LiteLLM starts with the config as it is"
        return
    }
    if ($script:discoverCode -ne 0 -and $interruptedCodes -notcontains $script:discoverCode) {
        Show-Warning ("discover ended with code $($script:discoverCode): " +
            'LiteLLM starts with the config as it is')
    }
}

function Start-LiteLLM([string] $Program, [string] $ConfigPath) {
    $arguments = @('--config', $ConfigPath)
    if ($Port) { $arguments += @('--port', "$Port") }
    if ($LiteLLMArgs) { $arguments += $LiteLLMArgs }
    Show-BusyPort
    try {
        & $Program @arguments
        $script:exitCode = $LASTEXITCODE
    } catch {
        Show-Warning "`"$Program`" could not be started"
        $script:exitCode = 4
    }
}

function Start-Proxy {
    $configPath = Find-Config
    if (-not $configPath) {
        $script:exitCode = 3
        return
    }
    $configFolder = Split-Path -Path $configPath -Parent
    $envScript = Find-EnvScript $configFolder
    if ($envScript) { Invoke-EnvScript $envScript }
    # After the keys, so that -Venv has the last word on PATH.
    $litellm = Find-LiteLLM $configFolder
    # With this, a config in the system's own code page would not load. Before
    # discover, which would warn of what LiteLLM could misread without it.
    if (Test-Utf8 $configPath) { $env:PYTHONUTF8 = '1' }
    if (-not $SkipDiscovery) { Update-Models $configPath }
    if ($interruptedCodes -contains $script:discoverCode) {
        $script:exitCode = 130
        if ($script:discoverCode -gt 0) { $script:exitCode = $script:discoverCode }
        return
    }
    if (-not $litellm) {
        Show-Warning ('no litellm: name its virtual environment with -Venv, or activate it first, ' +
            'or install it: python -m pip install "litellm[proxy]"')
        $script:exitCode = 4
        return
    }
    Start-LiteLLM $litellm $configPath
}

$discoverCode = 0
$exitCode = 0
$savedEnvironment = [System.Environment]::GetEnvironmentVariables()
try {
    Start-Proxy
} finally {
    Restore-Environment $savedEnvironment
}
exit $exitCode
