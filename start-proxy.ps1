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
.env file needs no parameter: LiteLLM reads the one in the current folder, and
discover the one beside the config.

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
.\start-proxy.ps1 -Config C:\llm\config.yaml -Venv C:\llm\.venv -Port 4001 --detailed_debug

.NOTES
For Windows PowerShell 5.1 and PowerShell 7. Exit codes of its own: 3 if there
is no config, 4 if litellm cannot be started, 130 after Ctrl+C.
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
$interruptedCodes = @(130, -1073741510)
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
    $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
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
        $null = . $EnvScript
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
            [System.Environment]::SetEnvironmentVariable($name, $null)
        }
    }
    foreach ($name in @($Saved.Keys)) {
        if ($now[$name] -cne $Saved[$name]) {
            [System.Environment]::SetEnvironmentVariable($name, $Saved[$name])
        }
    }
}

$savedEnvironment = [System.Environment]::GetEnvironmentVariables()
$exitCode = 0
try {
    # The config. Its full path, because the programs need not share our folder.
    if (-not $Config) { $Config = $env:DISCOVER_CONFIG }
    if ($Config) {
        $configCandidates = @(Get-FullPath $Config)
    } else {
        $configCandidates = @(
            (Get-FullPath 'config.yaml'),
            (Join-Path -Path $here -ChildPath 'config.yaml'),
            [System.IO.Path]::GetFullPath((Join-Path -Path $here -ChildPath '../config.yaml'))
        )
    }
    $configPath = Find-File $configCandidates
    if (-not $configPath) {
        Show-Warning "no config; looked for: $($configCandidates -join ', ')"
        $exitCode = 3
        return
    }
    $configFolder = Split-Path -Path $configPath -Parent

    # The keys.
    if ($EnvFile) {
        $envScript = Get-FullPath $EnvFile
        if (-not $envScript.EndsWith('.ps1') -or -not (Test-File $envScript)) {
            Show-Warning "-EnvFile `"$envScript`": not a PowerShell script that exists; keys may be missing"
            $envScript = $null
        }
    } else {
        $envScript = Find-File @(
            (Join-Path -Path $configFolder -ChildPath 'set-env.ps1'),
            (Join-Path -Path $here -ChildPath 'set-env.ps1')
        )
    }
    if ($envScript) { Invoke-EnvScript $envScript }

    # LiteLLM, after the keys, so that -Venv has the last word on PATH.
    if ($Venv) {
        $venvPath = Get-FullPath $Venv
        $venvBin = Join-Path -Path $venvPath -ChildPath $binFolder
        $litellm = Find-File @(Join-Path -Path $venvBin -ChildPath "litellm$suffix")
        $env:PATH = $venvBin + [System.IO.Path]::PathSeparator + $env:PATH
        $env:VIRTUAL_ENV = $venvPath
        $env:PYTHONHOME = $null
    } else {
        $litellm = Find-OnPath "litellm$suffix"
        if (-not $litellm) {
            $litellm = Find-File @(
                foreach ($folder in @((Get-FullPath '.'), $configFolder, $here)) {
                    foreach ($name in @('.venv', 'venv')) {
                        Join-Path -Path $folder -ChildPath "$name/$binFolder/litellm$suffix"
                    }
                }
            )
        }
    }

    # The models. Whatever happens here, the proxy starts, unless it was Ctrl+C.
    if (-not $SkipDiscovery) {
        $discover = Find-File @(Join-Path -Path $here -ChildPath "discover$suffix")
        if (-not $discover) { $discover = Find-OnPath "discover$suffix" }
        if ($discover) {
            $discoverCode = -1
            try {
                & $discover --config $configPath
                $discoverCode = $LASTEXITCODE
            } catch {
                Show-Warning "`"$discover`" could not be started"
            }
            if ($interruptedCodes -contains $discoverCode) {
                $exitCode = 130
                return
            }
            if ($discoverCode -ne 0) {
                Show-Warning "discover ended with code ${discoverCode}: LiteLLM starts with the config as it is"
            }
        } else {
            Show-Warning ("discover$suffix is neither beside this script nor on PATH: LiteLLM starts " +
                "with the config as it is; put discover$suffix from the project's releases into `"$here`"")
        }
    }

    # The proxy.
    if (-not $litellm) {
        Show-Warning ('no litellm: name its virtual environment with -Venv, or activate it first, ' +
            'or install it: python -m pip install "litellm[proxy]"')
        $exitCode = 4
        return
    }
    $arguments = @('--config', $configPath)
    if ($Port) { $arguments += @('--port', "$Port") }
    if ($LiteLLMArgs) { $arguments += $LiteLLMArgs }
    # LiteLLM takes a random port instead of a busy 4000, without a word.
    $portChosen = $Port -or $env:PORT -or ($LiteLLMArgs -match '^--port(=|$)')
    if (($Port -eq 4000 -or -not $portChosen) -and (Test-PortTaken 4000)) {
        Show-Warning 'port 4000 is taken: LiteLLM will choose another; end the other program, or use -Port'
    }
    # A file that is not UTF-8 loads in the system's code page only without this.
    if (Test-Utf8 $configPath) { $env:PYTHONUTF8 = '1' }
    $exitCode = 4
    try {
        & $litellm @arguments
        $exitCode = $LASTEXITCODE
    } catch {
        Show-Warning "`"$litellm`" could not be started"
    }
} finally {
    Restore-Environment $savedEnvironment
}
exit $exitCode
