/**
 * A module that plays Microsoft.PowerShell.SecretManagement, for the example
 * that reads keys from a vault.
 *
 * @module
 */
import { fromRepository } from "../repository.ts";
import { quoted } from "./pwsh.ts";

const MODULE = "Microsoft.PowerShell.SecretManagement";

/** The text of the example. */
export const vaultExample = (): Promise<string> =>
  Deno.readTextFile(fromRepository("examples/set-env-vault.ps1"));

/**
 * Puts the module into a folder of modules. Its vault has these secrets; or it
 * answers as one that is locked; or as one whose own code throws.
 */
export async function installVault(
  folder: string,
  vault: Readonly<Record<string, string>> | "locked" | "broken",
): Promise<void> {
  await Deno.mkdir(`${folder}/${MODULE}`);
  await Deno.writeTextFile(
    `${folder}/${MODULE}/${MODULE}.psm1`,
    moduleText(vault),
  );
}

/** A profile with which a session has the modules of a folder, and its own. */
export function withModules(folder: string): string {
  return `$env:PSModulePath = ${quoted(folder)} +
    [System.IO.Path]::PathSeparator + (Join-Path -Path $PSHOME -ChildPath 'Modules')\n`;
}

/** The real one gives a SecureString unless it is asked for plain text. */
function moduleText(vault: Parameters<typeof installVault>[1]): string {
  const failure = (id: string, category: string): string =>
    `$PSCmdlet.WriteError((New-Object -TypeName System.Management.Automation.ErrorRecord -ArgumentList @(
        (New-Object -TypeName System.InvalidOperationException -ArgumentList "no $Name"),
        '${id}', '${category}', $null)))`;
  const secrets = Object.entries(typeof vault === "string" ? {} : vault)
    .map(([name, value]) => `    ${name} = ${quoted(value)}`).join("\n");
  const notFound = failure("GetSecretNotFound", "ObjectNotFound");
  const unread = failure("GetSecretException", "InvalidOperation");
  // The real one looks into its other vaults, too, and ends with "not found".
  const locked = `${unread}\n    ${notFound}\n    return`;
  const answers = { locked, broken: 'throw "no $Name"' };
  return `$secrets = @{
${secrets}
}
function Get-Secret {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string] $Name, [string] $Vault, [switch] $AsPlainText)
    ${typeof vault === "string" ? answers[vault] : ""}
    if (-not $secrets.ContainsKey($Name)) {
        ${notFound}
    } elseif ($AsPlainText) {
        $secrets[$Name]
    } else {
        New-Object -TypeName System.Security.SecureString
    }
}
Export-ModuleMember -Function 'Get-Secret'
`;
}
