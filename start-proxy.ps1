<#
.SYNOPSIS
Refreshes the model list in a LiteLLM config and starts the LiteLLM
proxy.

.DESCRIPTION
Loads the API keys, runs discover, which refreshes the marked block of
config.yaml, and then starts litellm. If anything goes wrong before
that, a warning says what, and LiteLLM starts with the config as it
is. Ctrl+C stops it. The script returns LiteLLM's exit code.

The keys come from the environment, from set-env.ps1, which is run,
and from .env files, which are read as LiteLLM reads them. Each is
looked for next to the config, then next to this script; for a config
in a folder named config or configs, also in the folder above it. The
first set-env.ps1 wins over the environment. A .env file only adds what
is not set yet, and never sets PATH, PYTHONPATH and other names that
decide which program runs. discover and LiteLLM then have the same
variables.

set-env.ps1 runs as if you ran it yourself: it may compute values, ask
for them or read them from a vault, and it sees the functions, aliases
and variables of your session. But it runs separately: only environment
variables are taken from it. What it writes to the output stream is
dropped; its errors are reported by line, without their text, which
could quote a key.

The environment is restored at the end, so no key is left in the
PowerShell session.

.PARAMETER Config
The LiteLLM config. Without it: the variable DISCOVER_CONFIG, or in the
current folder config.yaml, else config.yml, litellm_config.yaml,
litellm-config.yaml, litellm.yaml, proxy_config.yaml,
litellm/config.yaml, config/litellm.yaml, configs/litellm.yaml or
config/litellm_config.yaml; or config.yaml next to this script or one
folder above it. If there are two of the others and no config.yaml,
nothing is started: name one.

.PARAMETER EnvFile
A file with the API keys. A PowerShell script (*.ps1) is run instead
of set-env.ps1. Any other file is read in place of the .env files, and
its values win over the environment.

.PARAMETER Port
The port that LiteLLM listens on. Without it: the variable PORT, or
4000.

.PARAMETER Venv
The folder of the virtual environment that has LiteLLM. It is
activated for this run. Without it: litellm on PATH, else in .venv or
venv in the current folder, next to the config or next to this script,
else where "pip install --user", uv and pipx install it on Windows.

.PARAMETER SkipDiscovery
Start LiteLLM at once, with the config as it is.

.PARAMETER LiteLLMArgs
Everything else is passed to litellm, such as --detailed_debug or
--host 127.0.0.1. It must begin with a flag. --config and --port mean
-Config and -Port. discover gets these flags as well, to recognize the
proxy's own address. Do not put -- in front: PowerShell removes it. -v
is short for -Venv here; "litellm --version" prints LiteLLM's version.

.EXAMPLE
.\start-proxy.ps1

Refreshes the config in the current folder or next to the script, then
starts LiteLLM.

.EXAMPLE
powershell -ExecutionPolicy Bypass -File C:\llm\start-proxy.ps1

Does the same from a shortcut or a batch file, where Windows does not
run scripts by default.

.EXAMPLE
.\start-proxy.ps1 -Config C:\llm\config.yaml -Venv C:\llm\.venv -Port 4001 --detailed_debug

Names the config, the virtual environment and the port, and passes a
flag to LiteLLM.

.EXAMPLE
.\start-proxy.ps1 -EnvFile C:\keys\work.env

Reads the keys from this file instead of the .env files.

.NOTES
For Windows PowerShell 5.1 and PowerShell 7. Its own exit codes: 2 for
a wrong argument, 3 if there is no config or more than one, 4 if
litellm cannot be started, 130 after Ctrl+C; 129, 131 or 143 if discover
was ended by SIGHUP, SIGQUIT or SIGTERM.

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

# LiteLLM's --debug binds PowerShell's own -Debug, which makes 5.1 ask every time.
$DebugPreference = 'SilentlyContinue'

# The session's settings must not decide whether the proxy starts: a program that
# writes to its error stream or returns a code is no reason to stop.
Set-StrictMode -Off
$ErrorActionPreference = 'Continue'
$PSNativeCommandUseErrorActionPreference = $false

# What set-env.ps1 may use from the session, taken before this script adds its own.
$sessionFunctions = @(Get-ChildItem -Path 'Function:')
$sessionAliases = @(Get-ChildItem -Path 'Alias:')
$sessionVariables = @(Get-Variable -Scope Global)

$onWindows = $env:OS -eq 'Windows_NT'
$here = $PSScriptRoot
# Codes of discover: SIGHUP, SIGINT or Ctrl+C, SIGQUIT, SIGTERM; and of Windows.
$interruptedCodes = @(129, 130, 131, 143, -1073741510)
# The config in the current folder; discover looks for the same names. The first
# one wins; of the others there may be only one.
$configNames = @(
    'config.yaml',
    'config.yml',
    'litellm_config.yaml',
    'litellm-config.yaml',
    'litellm.yaml',
    'proxy_config.yaml',
    'litellm/config.yaml',
    'config/litellm.yaml',
    'configs/litellm.yaml',
    'config/litellm_config.yaml'
)
# No file may decide which program runs, and how; discover has the same rule.
$neverFromFiles = '^(?:PATH|PATHEXT|COMSPEC|PYTHON.*|LD_.*|DYLD_.*)\z'
if ($onWindows) {
    $binFolder = 'Scripts'
    $suffix = '.exe'
} else {
    $binFolder = 'bin'
    $suffix = ''
}

# Bypasses $WarningPreference, which could hide the text or stop the script.
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

# A runspace with the functions, aliases and variables of the session. An error
# in it ends only its statement, as in a shell; inside any "try" of this script
# it would end everything. And only the environment is taken from it.
function New-EnvRunspace {
    $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
    foreach ($alias in $sessionAliases) {
        Add-SessionCommand $state $alias 'SessionStateAliasEntry' @('', $alias.Options)
    }
    # A module's function needs its module; PowerShell finds the installed ones.
    foreach ($function in $sessionFunctions) {
        if (-not $function.Module) {
            Add-SessionCommand $state $function 'SessionStateFunctionEntry'
        } elseif (-not (Test-Installed $function.Module)) {
            $state.ImportPSModule($function.Module.Path)
        }
    }
    # A program's error stream stays on the terminal as long as errors go to a
    # command of this name: prompts are seen at once. The rest is dropped.
    $null = $state.Commands.Remove('Out-Default', $null)
    Add-SessionCommand $state -Type 'SessionStateFunctionEntry' -Command @{
        Name = 'Out-Default'
        Definition = 'process { if ($_ -is [System.Management.Automation.ErrorRecord]) { $_ } }'
    }
    $runspace = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($Host, $state)
    # As in the console; dialogs of a vault need it.
    if ($onWindows) { $runspace.ApartmentState = 'STA' }
    $runspace.Open()
    $proxy = $runspace.SessionStateProxy
    $automatic = 'args', 'input', 'MyInvocation', 'PSBoundParameters', 'PSCommandPath', 'PSScriptRoot'
    foreach ($variable in $sessionVariables) {
        $name = $variable.Name
        if ($variable.Options -ne 'None' -or $automatic -contains $name) { continue }
        if (-not $proxy.PSVariable.Get($name)) { $proxy.SetVariable($name, $variable.Value) }
    }
    $folder = (Get-Location -PSProvider FileSystem).ProviderPath
    $null = $proxy.Path.SetLocation([System.Management.Automation.WildcardPattern]::Escape($folder))
    return $runspace
}

# Adds a command of the session, unless PowerShell already has the same one.
function Add-SessionCommand($State, $Command, [string] $Type, [object[]] $More = @()) {
    $same = $State.Commands[$Command.Name] | Where-Object { $_.Definition -eq $Command.Definition }
    if ($same) { return }
    $arguments = @($Command.Name, $Command.Definition) + $More
    $State.Commands.Add((New-Object -TypeName "System.Management.Automation.Runspaces.$Type" -ArgumentList $arguments))
}

function Test-Installed($Module) {
    foreach ($folder in "$env:PSModulePath".Split([System.IO.Path]::PathSeparator)) {
        if ($folder -and "$($Module.Path)".StartsWith($folder, 'OrdinalIgnoreCase')) { return $true }
    }
    return -not (Test-File $Module.Path)
}

# Runs the script that sets the keys. Error texts and lines of the script are
# never shown: they can hold a key.
function Invoke-EnvScript([string] $EnvScript) {
    $collection = 'System.Management.Automation.PSDataCollection[psobject]'
    $noInput = New-Object -TypeName $collection
    $noInput.Complete()
    $failures = New-Object -TypeName $collection
    $end = $null
    $shell = [powershell]::Create()
    try {
        $shell.Runspace = New-EnvRunspace
        $null = $shell.AddScript('param($EnvScript) $null = & $EnvScript').AddArgument($EnvScript)
        $shell.Commands.Commands[0].MergeMyResults('Error', 'Output')
        $null = $shell.AddCommand('Out-Default')
        $run = $shell.BeginInvoke($noInput, $failures)
        # Short waits, because Ctrl+C waits for the end of each.
        while (-not $run.AsyncWaitHandle.WaitOne(50)) { }
        $null = $shell.EndInvoke($run)
    } catch {
        $end = $_.Exception
        if ($end.InnerException) { $end = $end.InnerException }
    } finally {
        $shell.Stop()
        if ($shell.Runspace) { $shell.Runspace.Dispose() }
        $shell.Dispose()
    }
    foreach ($failure in $failures) { Show-EnvError $EnvScript 'error' $failure $failure.Exception }
    if ($end) { Show-EnvError $EnvScript 'stopped with an error' $end.ErrorRecord $end }
}

function Show-EnvError([string] $EnvScript, [string] $What, $Failure, [System.Exception] $Exception) {
    $where = ''
    if ("$($Failure.ScriptStackTrace)" -match ([regex]::Escape($EnvScript) + '\D+(\d+)')) {
        $where = ", line $($Matches[1])"
    } elseif ($Failure.InvocationInfo.ScriptName -eq $EnvScript) {
        $where = ", line $($Failure.InvocationInfo.ScriptLineNumber)"
    }
    # What stopped the script has a cause, or is the cause itself.
    if ($Exception -is [System.Management.Automation.ActionPreferenceStopException]) { $Exception = $Failure.Exception }
    $kind = $Exception.GetType().Name
    Show-Warning "`"$EnvScript`"${where}: $What ($kind); keys may be missing"
}

# The text of a .env file, as discover decodes it: a byte order mark decides,
# then the zero bytes of UTF-16, then UTF-8 if that is valid, else Windows-1252.
function Read-EnvText([string] $Path) {
    $bytes = [System.IO.File]::ReadAllBytes($Path)
    $first, $second = $bytes
    $second = @($second)[0]
    if (($first -eq 0xff -and $second -eq 0xfe) -or ($first -and $second -eq 0)) {
        $text = [System.Text.Encoding]::Unicode.GetString($bytes)
    } elseif (($first -eq 0xfe -and $second -eq 0xff) -or ($first -eq 0 -and $second)) {
        $text = [System.Text.Encoding]::BigEndianUnicode.GetString($bytes)
    } elseif (Test-Utf8 $Path) {
        $text = [System.Text.Encoding]::UTF8.GetString($bytes)
    } else {
        $text = [System.Text.Encoding]::GetEncoding(1252).GetString($bytes)
    }
    return $text.TrimStart([char] 0xfeff) -replace "`r`n?", "`n"
}

# A pattern for one entry of a .env file, as python-dotenv and discover read it.
# An entry without "end" could not be read up to the end of its line.
$space = '\t\n\v\f\r \u00a0\ufeff\p{Z}'
$blanks = "(?>[$space-[\n]]*)"
$entryPattern = New-Object -TypeName regex -ArgumentList (
    "\G[$space]*(?>(?:export[$space-[\n]]+)?)" +
    "(?>'(?<name>[^']+)'|(?!')(?<name>[^=#$space]+)|(?<comment>(?=#))|)$blanks" +
    "(?(name)(?:(?<assigned>=)(?>$blanks(?:" +
    "'(?<single>[^\\']*(?:\\[\s\S][^\\']*)*)'|" +
    "`"(?<double>[^\\`"]*(?:\\[\s\S][^\\`"]*)*)`"|" +
    "(?<=[$space])(?=#)|(?!['`"])(?<bare>[^\n]*)|)))?)" +
    "(?:(?<end>$blanks(?:#[^\n]*)?(?:\n|\z))|[^\n]*)")
$escapes = @{ a = "`a"; b = "`b"; f = "`f"; n = "`n"; r = "`r"; t = "`t"; v = "`v" }

# The value of an entry, before ${NAME} is filled in.
function Get-EntryValue([System.Text.RegularExpressions.Match] $Entry) {
    if ($Entry.Groups['single'].Success) {
        return $Entry.Groups['single'].Value -replace "\\([\\'])", '$1'
    }
    if ($Entry.Groups['double'].Success) {
        return [regex]::Replace($Entry.Groups['double'].Value, "\\([\\'`"abfnrtv])", {
                param($found)
                $letter = $found.Groups[1].Value
                if ($escapes.ContainsKey($letter)) { $escapes[$letter] } else { $letter }
            })
    }
    return $Entry.Groups['bare'].Value -replace "(?<=[$space])#.*" -replace "[$space]+\z"
}

# The variables of a .env file, in its order, and the lines that are not valid.
# ${NAME} is filled in from the environment and from the lines above it; the file
# comes first if it wins over the environment.
function Read-DotEnv([string] $Path, [bool] $FileWins) {
    $text = Read-EnvText $Path
    $values = New-Object -TypeName System.Collections.Specialized.OrderedDictionary
    $oddLines = @()
    $line = 1
    for ($at = 0; $at -lt $text.Length; $at += $entry.Length) {
        $entry = $entryPattern.Match($text, $at)
        $name = $entry.Groups['name'].Value
        $isAssigned = $entry.Groups['assigned'].Success
        $start = $entry.Value.Length - $entry.Value.TrimStart().Length
        $firstLine = $line + $entry.Value.Substring(0, $start).Split("`n").Length - 1
        $line += $entry.Value.Split("`n").Length - 1
        $isEntry = $entry.Groups['end'].Success -and ($name -or $entry.Groups['comment'].Success)
        $isOdd = -not $isEntry -or ($name -and -not $isAssigned -and $name -notmatch '^[A-Za-z_]\w*\z')
        if ($isOdd -and $start -lt $entry.Length) { $oddLines += $firstLine }
        if (-not $isEntry) { continue }
        if ($isAssigned -and $name -match '^[^\p{C}=]{1,200}\z') {
            $values[$name] = [regex]::Replace((Get-EntryValue $entry), '\$\{([^}:]*)(?::-([^}]*))?\}', {
                    param($found)
                    $inFile = $values[$found.Groups[1].Value]
                    $outside = [System.Environment]::GetEnvironmentVariable($found.Groups[1].Value)
                    $known = @($outside, $inFile)
                    if ($FileWins) { $known = @($inFile, $outside) }
                    $known = @($known | Where-Object { $null -ne $_ })
                    if ($known) { $known[0] } else { $found.Groups[2].Value }
                })
        } elseif (-not $isAssigned) {
            $values.Remove($name)
        }
    }
    return @{ Values = $values; OddLines = $oddLines }
}

# Sets what a .env file assigns.
function Import-DotEnv([string] $Path, [bool] $FileWins) {
    if ((Get-Item -LiteralPath $Path -Force).Length -gt 1048576) {
        Show-Warning "`"$Path`": larger than 1 MiB, not read; keys may be missing"
        return
    }
    try {
        $file = Read-DotEnv $Path $FileWins
    } catch {
        $kind = $_.Exception.GetBaseException().GetType().Name
        Show-Warning "`"$Path`": cannot be read ($kind); keys may be missing"
        return
    }
    foreach ($number in $file.OddLines) { Show-Warning "`"$Path`", line ${number}: not NAME=value" }
    foreach ($name in $file.Values.Keys) {
        if ($name -match $neverFromFiles) { continue }
        if (-not $FileWins -and [System.Environment]::GetEnvironmentVariable($name)) { continue }
        try {
            [System.Environment]::SetEnvironmentVariable($name, $file.Values[$name])
        } catch {
            Show-Warning "`"$Path`": a value cannot be set as a variable ($($_.Exception.GetType().Name))"
        }
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

# Restores the environment, however this script ends.
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

# The config's full path, because the programs may run in another folder.
function Find-Config {
    $chosen = $Config
    if (-not $chosen) { $chosen = $env:DISCOVER_CONFIG }
    if ($chosen) {
        $candidates = @(Get-FullPath $chosen)
    } else {
        $usual = @($configNames | Where-Object { Test-File (Get-FullPath $_) })
        if ($usual.Count -gt 1 -and $usual[0] -ne $configNames[0]) {
            Show-Warning ("more than one config found: $($usual -join ', '); " +
                "name one: .\start-proxy.ps1 -Config $($usual[0])")
            return
        }
        $candidates = @($configNames | ForEach-Object { Get-FullPath $_ }) + @(
            (Join-Path -Path $here -ChildPath 'config.yaml'),
            [System.IO.Path]::GetFullPath((Join-Path -Path $here -ChildPath '../config.yaml'))
        )
    }
    $found = Find-File $candidates
    if (-not $found) { Show-Warning "no config found; looked for: $($candidates -join ', ')" }
    return $found
}

# Where the files next to the config may be: its folder; above "config" as well.
function Get-ConfigFolder([string] $ConfigPath) {
    $folder = Split-Path -Path $ConfigPath -Parent
    $folder
    if ((Split-Path -Path $folder -Leaf) -match '^configs?$') { Split-Path -Path $folder -Parent }
}

# Loads everything that sets variables; discover and LiteLLM then have the same.
function Import-Key([string[]] $Folders) {
    $envScript = Find-File @($Folders | ForEach-Object { Join-Path -Path $_ -ChildPath 'set-env.ps1' })
    $dotEnv = $null
    if ($EnvFile) {
        $chosen = Get-FullPath $EnvFile
        if (-not (Test-File $chosen)) {
            Show-Warning "-EnvFile `"$chosen`": not found; keys may be missing"
        } elseif ($chosen -like '*.ps1') {
            $envScript = $chosen
        } else {
            $dotEnv = $chosen
        }
    }
    if ($envScript) { Invoke-EnvScript $envScript }
    if ($dotEnv) {
        Import-DotEnv $dotEnv $true
        return
    }
    foreach ($folder in $Folders) {
        $path = Join-Path -Path $folder -ChildPath '.env'
        if (Test-File $path) { Import-DotEnv $path $false }
    }
}

# With -Venv, activates it as well.
function Find-LiteLLM([string[]] $Folders) {
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
    $candidates = foreach ($folder in @(Get-FullPath '.') + $Folders) {
        foreach ($name in @('.venv', 'venv')) {
            Join-Path -Path $folder -ChildPath "$name/$binFolder/litellm$suffix"
        }
    }
    $found = Find-File $candidates
    if ($found -or -not $onWindows) { return $found }
    $found = Find-File @(Get-UserFolder | ForEach-Object { Join-Path -Path $_ -ChildPath 'litellm.exe' })
    if ($found) { $Host.UI.WriteLine("litellm is not on PATH: using `"$found`"") }
    return $found
}

# Where LiteLLM is on Windows without being on PATH, the newest Python first:
# Python312 before Python39, pythoncore-3.14-64 before both.
function Get-UserFolder {
    $folders = foreach ($pattern in @(
            "$env:APPDATA\Python\Python3*",
            "$env:LOCALAPPDATA\Programs\Python\Python3*",
            "$env:LOCALAPPDATA\Python\pythoncore-3*"
        )) {
        Get-Item -Path $pattern -ErrorAction SilentlyContinue
    }
    $newestFirst = $folders | Sort-Object -Descending -Property { [int] ($_.Name -replace '^\D*3\.?(\d*).*$', '0$1') }
    foreach ($folder in $newestFirst) { Join-Path -Path $folder.FullName -ChildPath 'Scripts' }
    Join-Path -Path $env:USERPROFILE -ChildPath '.local\bin'
}

# The port that LiteLLM will use; discover has the same rule. Nothing if the value
# is not a number: LiteLLM reports it.
function Get-ProxyPort {
    if ($Port) { return $Port }
    if (-not $env:PORT) { return 4000 }
    if ($env:PORT -match '^\s*([0-9]{1,5})\s*\z') { return [int] $Matches[1] }
}

# LiteLLM silently takes a random port if 4000 is busy.
function Show-BusyPort {
    $number = Get-ProxyPort
    if (-not $number -or -not (Test-PortTaken $number)) { return }
    $what = 'stop the other program, or choose another port with -Port'
    if ($number -eq 4000) { $what = 'LiteLLM will choose another; stop the other program, or use -Port' }
    Show-Warning "port $number is taken: $what"
}

# Runs discover; its code is stored in $script:discoverCode, because a function
# also returns everything that its programs print.
function Update-Models([string] $ConfigPath, [string] $LiteLLM) {
    $discover = Find-File @(Join-Path -Path $here -ChildPath "discover$suffix")
    if (-not $discover) { $discover = Find-OnPath 'discover' }
    # pip puts it there.
    if (-not $discover -and $LiteLLM) {
        $discover = Find-File @(Join-Path -Path (Split-Path -Path $LiteLLM -Parent) -ChildPath "discover$suffix")
    }
    if (-not $discover) {
        Show-Warning ("discover$suffix is not next to this script, on PATH or next to litellm: starting LiteLLM " +
            "with the config as it is; put discover$suffix from the project's releases into `"$here`"")
        return
    }
    $arguments = @('--no-env-files', '--config', $ConfigPath)
    # They say where the proxy will listen. Last, because Windows PowerShell 5.1 may
    # take quotes in them for the end of an argument.
    if ($LiteLLMArgs.Count) { $arguments += @('--') + $LiteLLMArgs }
    try {
        & $discover @arguments
        $script:discoverCode = $LASTEXITCODE
    } catch {
        Show-Warning "`"$discover`" could not be started: starting LiteLLM with the config as it is"
        return
    }
    if ($script:discoverCode -ne 0 -and $interruptedCodes -notcontains $script:discoverCode) {
        Show-Warning ("discover exited with code $($script:discoverCode): " +
            'starting LiteLLM with the config as it is')
    }
}

function Start-LiteLLM([string] $Program, [string] $ConfigPath) {
    $arguments = @('--config', $ConfigPath) + $LiteLLMArgs
    Show-BusyPort
    try {
        & $Program @arguments
        $script:exitCode = $LASTEXITCODE
    } catch {
        Show-Warning "`"$Program`" could not be started"
        $script:exitCode = 4
    }
}

function Get-Place($Failure) {
    "(start-proxy.ps1, line $($Failure.InvocationInfo.ScriptLineNumber): $($Failure.Exception.GetType().Name))"
}

# Reads LiteLLM's arguments: --config and --port are ours, a word in front is a
# mistake, and PowerShell may have taken --debug for its own -Debug. Stores what
# LiteLLM gets in addition to its config; returns what is wrong, if anything.
function Read-LiteLLMArgs($Bound) {
    $left = New-Object -TypeName System.Collections.ArrayList
    if ($Bound['Debug']) { $null = $left.Add('--debug') }
    $given = New-Object -TypeName System.Collections.Queue
    foreach ($argument in $LiteLLMArgs) { $given.Enqueue($argument) }
    if ($given.Count -and -not "$($given.Peek())".StartsWith('-')) { return Get-WordMistake $given.Peek() }
    while ($given.Count) {
        $argument = $given.Dequeue()
        if ($argument -notmatch '^--(config|port)(?:=(.*))?$') {
            $null = $left.Add($argument)
            continue
        }
        $name, $value = $Matches[1], $Matches[2]
        if ($null -eq $value -and $given.Count) { $value = $given.Dequeue() }
        if (-not $value) { return "--${name}: missing value" }
        if ($Bound.ContainsKey($name)) { return "--${name}: given twice" }
        $Bound[$name] = $value
        try {
            Set-Variable -Name $name -Value $value -Scope Script
        } catch {
            return "--port `"$value`": not a number from 1 to 65535"
        }
    }
    if ($Port) { $left.InsertRange(0, @('--port', "$Port")) }
    $script:LiteLLMArgs = $left
}

function Get-WordMistake([string] $Word) {
    $line = 'parameters begin with -; see Get-Help .\start-proxy.ps1'
    if ($Word -match '\.ya?ml$') { $line = "write: .\start-proxy.ps1 -Config `"$Word`"" }
    if ($Word -match '^\d+$') { $line = "write: .\start-proxy.ps1 -Port $Word" }
    return "unexpected argument `"$Word`"; $line"
}

function Start-Proxy($Bound) {
    $mistake = Read-LiteLLMArgs $Bound
    if ($mistake) {
        $Host.UI.WriteErrorLine($mistake)
        $script:exitCode = 2
        return
    }
    $configPath = Find-Config
    if (-not $configPath) {
        $script:exitCode = 3
        return
    }
    $configFolders = @(Get-ConfigFolder $configPath) + $here | Select-Object -Unique
    try {
        Import-Key $configFolders
    } catch {
        Show-Warning "the keys could not be loaded $(Get-Place $_)"
    }
    # After the keys, so that -Venv has the last word on PATH.
    $litellm = Find-LiteLLM $configFolders
    # With the first, a config in the system's code page would not load; the second
    # lets LiteLLM print its banner. Set before discover, which would otherwise warn
    # of what LiteLLM could misread.
    if (Test-Utf8 $configPath) {
        $env:PYTHONUTF8 = '1'
    } elseif (-not $env:PYTHONIOENCODING) {
        $env:PYTHONIOENCODING = 'utf-8'
    }
    if (-not $SkipDiscovery) { Update-Models $configPath $litellm }
    if ($interruptedCodes -contains $script:discoverCode) {
        $script:exitCode = 130
        if ($script:discoverCode -gt 0) { $script:exitCode = $script:discoverCode }
        return
    }
    if (-not $litellm) {
        Show-Warning ('litellm not found: name its virtual environment with -Venv, or activate it first, ' +
            'or install it: python -m pip install "litellm[proxy]"')
        $script:exitCode = 4
        return
    }
    Start-LiteLLM $litellm $configPath
}

$discoverCode = 0
$exitCode = 0
$savedEnvironment = [System.Environment]::GetEnvironmentVariables()
# A late stop by Ctrl+C can cut a "finally" short, but not the one around it.
try {
    try {
        Start-Proxy $PSBoundParameters
    } catch {
        Show-Warning "LiteLLM could not be started $(Get-Place $_)"
        $exitCode = 70
    } finally {
        Restore-Environment $savedEnvironment
    }
} finally {
    Restore-Environment $savedEnvironment
}
exit $exitCode
