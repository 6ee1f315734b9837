/**
 * What to do when there is no `litellm` to start, as lines for the shell that a
 * user most likely has: a POSIX one, and PowerShell on Windows.
 *
 * @module
 */

import { sanitize } from "../text/sanitize.ts";
import type { Neighbor } from "./neighbor.ts";

/** What to do when one is next to this program and nowhere else. */
export function neighborHint(neighbor: Neighbor, isWindows: boolean): string {
  const shown = sanitize(neighbor.program);
  return [
    `LiteLLM is next to discover, but not on PATH: ${shown}`,
    ...unfitToPaste(neighbor, isWindows) ?? linesToPaste(neighbor, isWindows),
  ].join("\n");
}

/** Where a line to copy would name another folder, or PATH would read two. */
function unfitToPaste(
  { program, folder }: Neighbor,
  isWindows: boolean,
): string[] | undefined {
  const separator = isWindows ? ";" : ":";
  if (folder.includes(separator)) {
    return [
      `PATH cannot hold a folder with "${separator}" in its path: install both elsewhere`,
    ];
  }
  return sanitize(program) === program ? undefined : [
    "put its folder on PATH; its path has characters that cannot be shown here",
  ];
}

function linesToPaste(
  { folder, script }: Neighbor,
  isWindows: boolean,
): string[] {
  const quote = isWindows ? forPowerShell : forPosix;
  const onPath = isWindows
    ? `$env:PATH = ${quote(`${folder};`)} + $env:PATH`
    : `export PATH=${quote(folder)}:"$PATH"`;
  if (script === undefined) return ["put its folder on PATH:", onPath];
  return [
    "activate its environment:",
    `${isWindows ? "&" : "."} ${quote(script)}`,
    "or, in a script or a service, put its folder on PATH:",
    onPath,
  ];
}

/** What to do when a virtual environment has a Python, but no LiteLLM. */
export function installHint(python: string): string {
  return `install LiteLLM: ${python} -m pip install "litellm[proxy]"`;
}

/** Where LiteLLM is on Windows without being on PATH, and who put it there. */
const windowsFolders: readonly string[] = [
  "%APPDATA%\\Python\\Python3*\\Scripts (pip install --user)",
  "%LOCALAPPDATA%\\Programs\\Python\\Python3*\\Scripts",
  "%LOCALAPPDATA%\\Python\\pythoncore-3*\\Scripts",
  "%USERPROFILE%\\.local\\bin (uv, pipx)",
];

/** What to do when LiteLLM was not found, installed or not. */
export function missingHint(isWindows: boolean): string {
  const activate = "activate the virtual environment that has LiteLLM:";
  if (!isWindows) {
    return `${activate} . .venv/bin/activate\n` +
      'one of uv or pipx needs this: export PATH="$HOME/.local/bin:$PATH"';
  }
  return [
    activate,
    ".\\.venv\\Scripts\\Activate.ps1",
    "without one, it may be in one of these folders: add that folder to PATH,",
    "or use start-proxy.ps1, which looks there",
    ...windowsFolders,
  ].join("\n");
}

function forPosix(path: string): string {
  const isPlain = /^[\w@%+=:,./-]+$/.test(path);
  return isPlain ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** PowerShell takes typographic quotes for straight ones. */
function forPowerShell(path: string): string {
  return `'${path.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}
