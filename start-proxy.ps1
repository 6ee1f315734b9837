<#
.SYNOPSIS
Refreshes the model list in a LiteLLM config and starts the LiteLLM
proxy.

.DESCRIPTION
Loads the API keys, runs discover, which brings the marked block of
config.yaml up to date, and then starts litellm. If anything goes
wrong before the last step, a warning says what, and LiteLLM starts
with the config as it is. Ctrl+C stops. The script ends with LiteLLM's
exit code.

The keys come from the environment, from set-env.ps1, which is run,
and from files called .env, which are read as LiteLLM reads them. Each
is looked for beside the config, then beside this script; for a config
in a folder that is called config or configs also in the folder above
it. The first set-env.ps1 wins over the environment. A .env file only
adds what is not set yet, and never sets PATH, PYTHONPATH and other
names that decide which program runs. discover and LiteLLM then have
the same variables.

set-env.ps1 runs as it does by hand: it may compute values, ask for
them or read them from a vault, and it sees the functions, aliases and
variables of your session. But it runs apart: only variables of the
environment come out. What it prints to the output stream is dropped;
its errors are reported by line, without their text, because that
could quote a key.

Everything that is changed in the environment is put back at the end,
so no key stays behind in the PowerShell session.

.PARAMETER Config
The LiteLLM config. Without it: the variable DISCOVER_CONFIG, or the
first of config.yaml, config/litellm.yaml, configs/litellm.yaml and
config/litellm_config.yaml in the current folder, or config.yaml
beside this script or one folder above it.

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
venv in the current folder, beside the config or beside this script,
else where "pip install --user", uv and pipx put it on Windows.

.PARAMETER SkipDiscovery
Start LiteLLM at once, with the config as it is.

.PARAMETER LiteLLMArgs
Everything else is passed on to litellm, such as --detailed_debug or
--host 127.0.0.1. It must begin with a flag. --config and --port mean
-Config and -Port. discover is told as well, to know the proxy's own
address from a provider's. Write no -- in front: PowerShell keeps that
to itself. And -v is short for -Venv here; "litellm --version" prints
LiteLLM's version.

.EXAMPLE
.\start-proxy.ps1

Refreshes the config in the current folder or beside the script, then
starts LiteLLM.

.EXAMPLE
powershell -ExecutionPolicy Bypass -File C:\llm\start-proxy.ps1

Does the same from a shortcut or a batch file, where Windows would not
run scripts otherwise.

.EXAMPLE
.\start-proxy.ps1 -Config C:\llm\config.yaml -Venv C:\llm\.venv -Port 4001 --detailed_debug

Names the config, the virtual environment and the port, and passes a
flag on to LiteLLM.

.EXAMPLE
.\start-proxy.ps1 -EnvFile C:\keys\work.env

Takes the keys from a file of your own in place of the .env files.

.NOTES
For Windows PowerShell 5.1 and PowerShell 7. Exit codes of its own: 2
if an argument is wrong, 3 if there is no config, 4 if litellm cannot
be started, 130 after Ctrl+C. 129, 131 and 143 if a signal ended
discover: SIGHUP, SIGQUIT, SIGTERM.

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

# LiteLLM's --debug binds PowerShell's own -Debug, with which 5.1 would ask and ask.
$DebugPreference = 'SilentlyContinue'

# The session's own settings must not decide whether the proxy starts: a program
# that writes to its error stream, or ends with a code, is no reason to stop.
Set-StrictMode -Off
$ErrorActionPreference = 'Continue'
$PSNativeCommandUseErrorActionPreference = $false

# What set-env.ps1 may use of the session: taken before this script adds its own.
$sessionFunctions = @(Get-ChildItem -Path 'Function:')
$sessionAliases = @(Get-ChildItem -Path 'Alias:')
$sessionVariables = @(Get-Variable -Scope Global)

$onWindows = $env:OS -eq 'Windows_NT'
$here = $PSScriptRoot
# Of discover: SIGHUP, SIGINT or Ctrl+C, SIGQUIT, SIGTERM; and of Windows itself.
$interruptedCodes = @(129, 130, 131, 143, -1073741510)
# The config in the current folder; discover looks for the same names.
$configNames = @(
    'config.yaml',
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

# A runspace with the functions, aliases and variables of the session. An error
# in it ends its statement, not the script, as by hand; under any "try" of this
# script it would end all. And nothing but the environment comes out of it.
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
    # A program's error stream stays the terminal's as long as errors go to a
    # command of this name: questions are seen at once. The rest is dropped.
    $null = $state.Commands.Remove('Out-Default', $null)
    Add-SessionCommand $state -Type 'SessionStateFunctionEntry' -Command @{
        Name = 'Out-Default'
        Definition = 'process { if ($_ -is [System.Management.Automation.ErrorRecord]) { $_ } }'
    }
    $runspace = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($Host, $state)
    # As the console has it; dialogs of a vault need it.
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

# Adds a command of the session, unless PowerShell has the very same.
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

# Runs the script that sets the keys. Texts of errors and lines of the script
# are never shown: they can hold a key.
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
    # What stopped the script names its cause, or is the cause itself.
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
# What has no "end" could not be read up to the end of its line.
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

# The variables of a .env file, in its order, and the lines that say nothing.
# ${NAME} is filled in from the environment and from the lines above it; which
# of them comes first is told by whether the file wins.
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
            Show-Warning "`"$Path`": a value cannot be a variable's ($($_.Exception.GetType().Name))"
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
        $candidates = @($configNames | ForEach-Object { Get-FullPath $_ }) + @(
            (Join-Path -Path $here -ChildPath 'config.yaml'),
            [System.IO.Path]::GetFullPath((Join-Path -Path $here -ChildPath '../config.yaml'))
        )
    }
    $found = Find-File $candidates
    if (-not $found) { Show-Warning "no config; looked for: $($candidates -join ', ')" }
    return $found
}

# The folders of the config's companions: its own; of "config" also the one above.
function Get-ConfigFolder([string] $ConfigPath) {
    $folder = Split-Path -Path $ConfigPath -Parent
    $folder
    if ((Split-Path -Path $folder -Leaf) -match '^configs?$') { Split-Path -Path $folder -Parent }
}

# Loads all that sets variables; discover and LiteLLM then have the same ones.
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

# Where Windows people have LiteLLM outside of PATH, the newest Python first:
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

# The port that LiteLLM will take; discover has the same rule. Nothing if what
# stands there is no number: LiteLLM will say so.
function Get-ProxyPort {
    if ($Port) { return $Port }
    if (-not $env:PORT) { return 4000 }
    if ($env:PORT -match '^\s*([0-9]{1,5})\s*\z') { return [int] $Matches[1] }
}

# LiteLLM takes a random port instead of a busy 4000, without a word.
function Show-BusyPort {
    $number = Get-ProxyPort
    if (-not $number -or -not (Test-PortTaken $number)) { return }
    $what = 'end the other program, or choose another with -Port'
    if ($number -eq 4000) { $what = 'LiteLLM will choose another; end the other program, or use -Port' }
    Show-Warning "port $number is taken: $what"
}

# Runs discover; its code is left in $script:discoverCode, because what a
# function returns includes all that the programs in it print.
function Update-Models([string] $ConfigPath) {
    $discover = Find-File @(Join-Path -Path $here -ChildPath "discover$suffix")
    if (-not $discover) { $discover = Find-OnPath 'discover' }
    if (-not $discover) {
        Show-Warning ("discover$suffix is neither next to this script nor on PATH: LiteLLM starts with " +
            "the config as it is; put discover$suffix from the project's releases into `"$here`"")
        return
    }
    $arguments = @('--no-env-files', '--config', $ConfigPath)
    # They tell it where the proxy will listen. Last, because Windows PowerShell
    # 5.1 may take quotes in them for the end of an argument.
    if ($LiteLLMArgs.Count) { $arguments += @('--') + $LiteLLMArgs }
    try {
        & $discover @arguments
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

# Of what is left for LiteLLM: --config and --port are ours, a word in front is
# a mistake, and PowerShell may have taken --debug for its own -Debug. Leaves all
# that LiteLLM gets besides its config; returns what is wrong, if anything is.
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
        if (-not $value) { return "--${name}: a value is missing" }
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
    $line = 'parameters begin with -, see Get-Help .\start-proxy.ps1'
    if ($Word -match '\.ya?ml$') { $line = "write: .\start-proxy.ps1 -Config `"$Word`"" }
    if ($Word -match '^\d+$') { $line = "write: .\start-proxy.ps1 -Port $Word" }
    return "`"$Word`": not expected here; $line"
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
    # With the first, a config in the system's own code page would not load; the
    # second lets LiteLLM's banner through. Before discover, which would warn of
    # what LiteLLM could misread without it.
    if (Test-Utf8 $configPath) {
        $env:PYTHONUTF8 = '1'
    } elseif (-not $env:PYTHONIOENCODING) {
        $env:PYTHONIOENCODING = 'utf-8'
    }
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
