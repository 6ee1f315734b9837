# Keys from a vault of PowerShell's SecretManagement. Save this file as
# set-env.ps1 next to config.yaml: start-proxy.ps1 runs it before each start.
# Without start-proxy.ps1, run it yourself first: .\set-env.ps1
#
# To create a vault with a key in it, once (Set-Secret asks for the value):
#   Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore -Scope CurrentUser
#   Register-SecretVault -Name Keys -ModuleName Microsoft.PowerShell.SecretStore -DefaultVault
#   Set-Secret -Name OPENROUTER_API_KEY
#
# A secret has the name of its variable. Variables of clients, such as
# ANTHROPIC_BASE_URL and ANTHROPIC_AUTH_TOKEN of Claude Code, belong in the
# client's shell: here, they would make the proxy call itself.

# A warning is shown if one of these is missing. If your config has no master_key,
# leave the list empty: @()
$required = @('LITELLM_MASTER_KEY')

# Those that are not in the vault are skipped.
$optional = @(
    'OPENROUTER_API_KEY'
    'XAI_API_KEY'
    'GEMINI_API_KEY'
    'ANTHROPIC_API_KEY'
    'OPENAI_API_KEY'
)

if (-not (Get-Command -Name 'Get-Secret' -ErrorAction SilentlyContinue)) {
    Write-Warning ('no keys from the vault: SecretManagement is not installed; run: Install-Module ' +
        'Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore -Scope CurrentUser')
    return
}

$missing = @()
$unread = @()
foreach ($name in $required + $optional) {
    $value = $null
    $failures = @()
    try {
        $value = Get-Secret -Name $name -AsPlainText -ErrorAction SilentlyContinue -ErrorVariable failures
    } catch {
        $failures = @($_)
    }
    # A secret that does not exist has a separate error.
    $failures = @($failures | Where-Object { $_.FullyQualifiedErrorId -notlike 'GetSecretNotFound*' })
    if ($value) {
        [System.Environment]::SetEnvironmentVariable($name, $value)
    } elseif ($failures) {
        $unread += $name
    } elseif ($required -contains $name -and -not [System.Environment]::GetEnvironmentVariable($name)) {
        $missing += $name
    }
}
$value = $null

if ($missing) {
    Write-Warning "not in the vault: $($missing -join ', '); add it with: Set-Secret -Name $($missing[0])"
}
if ($unread) {
    Write-Warning ("the vault returned nothing for $($unread -join ', '): if it is locked, run Unlock-SecretStore; " +
        "to see the error, run: Get-Secret -Name $($unread[0])")
}
