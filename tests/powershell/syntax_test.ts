/**
 * Every script that we ship or show, through PowerShell's own parser: it must
 * be whole, and use nothing that Windows PowerShell 5.1 lacks, as far as its
 * text tells.
 *
 * @module
 */
import { array, number, object, parse, string } from "valibot";
import { assert, assertEquals } from "../support/assert.ts";
import { runProgram } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";
import { askPowerShell } from "../support/powershell/ask.ts";
import { powershellTest } from "../support/powershell/pwsh.ts";

/** The name under which the script with the completions goes. */
const COMPLETIONS = "--completions";
/** What people get as files. */
const SHIPPED = ["start-proxy.ps1", "examples/set-env-vault.ps1"] as const;

const NOTHING = { errors: [], newer: [], unknown: [] };

interface Script {
  readonly name: string;
  readonly text: string;
}

/** The blocks marked as PowerShell in a page, also those within a list. */
function blocksOf(name: string, page: string): Script[] {
  const fence = /^( *)```powershell\n(.*?)^\1```$/gms;
  return [...page.matchAll(fence)].map(({ 2: text = "", index }) => ({
    name: `${name}:${page.slice(0, index).split("\n").length}`,
    text,
  }));
}

async function readPages(): Promise<Script[]> {
  const scripts: Script[] = [];
  for (const folder of ["", "docs/"]) {
    for await (const { name } of Deno.readDir(fromRepository(folder || "."))) {
      if (!name.endsWith(".md")) continue;
      const page = await Deno.readTextFile(fromRepository(folder + name));
      scripts.push(...blocksOf(folder + name, page));
    }
  }
  return scripts;
}

/** Our own scripts, and the completions. */
async function readScripts(): Promise<Script[]> {
  const { stdout } = await runProgram([COMPLETIONS, "powershell"]);
  const files: string[] = [...SHIPPED];
  for (const folder of ["tests/support/powershell", "tests/oracle"]) {
    for await (const { name } of Deno.readDir(fromRepository(folder))) {
      if (name.endsWith(".ps1")) files.push(`${folder}/${name}`);
    }
  }
  const scripts = await Promise.all(files.map(async (name) => ({
    name,
    text: await Deno.readTextFile(fromRepository(name)),
  })));
  return [...scripts, { name: COMPLETIONS, text: stdout }];
}

/** Every PowerShell must call these broken. */
const BROKEN: readonly string[] = [
  "if ($a) { Write-Host 'x'",
  "param([string] $A [int] $B)",
  "$x = 'no end",
  "foreach ($a on $b) { }",
];

/** All of these are newer than 5.1, which takes some for something else. */
const NEWER: readonly string[] = [
  ...["a && b", "a || b", "$a ? 1 : 2", "$a ?? 1", "$a ??= 1"],
  ...["${a}?.b", "${a}?[0]", "sleep 1 &", "$IsWindows", '"`e[0m"'],
  ...['"`u{20}"', "0b11", "5u", "3y", "function f { clean { } }"],
];

/** Known to both, however much they look like the above. */
const OLD: readonly string[] = [
  "gci | ? { $_ } | % { $_ }; & $a; 1mb; 0xff; 5l; 3.5d; 2e3",
  "'&& || ?? `e'; \"``e ?. &&\"; # a && b",
];

/** What of its commands' parameters 5.1's documentation has. */
const IN_5_1: Readonly<Record<string, readonly string[]>> = {
  "ForEach-Object": [],
  "Get-ChildItem": ["Path"],
  "Get-Command": ["CommandType", "ErrorAction", "Name"],
  "Get-Item": ["ErrorAction", "Force", "LiteralPath", "Path"],
  "Get-Location": ["PSProvider"],
  // Of SecretManagement, which is the same for both.
  "Get-Secret": ["AsPlainText", "ErrorAction", "ErrorVariable", "Name"],
  "Get-Variable": ["Scope"],
  "Join-Path": ["ChildPath", "Path"],
  "New-Object": ["ArgumentList", "TypeName"],
  "Register-ArgumentCompleter": ["CommandName", "Native", "ScriptBlock"],
  "Select-Object": ["First", "Unique"],
  "Set-StrictMode": ["Off"],
  "Set-Variable": ["Name", "Scope", "Value"],
  "Sort-Object": ["Descending", "Property"],
  "Split-Path": ["Leaf", "Parent", "Path"],
  "Test-Path": ["LiteralPath", "PathType"],
  "Where-Object": [],
  "Write-Warning": [],
};
const USES_IN_5_1: ReadonlySet<string> = new Set(
  Object.entries(IN_5_1).flatMap(([name, parameters]) => [
    name,
    ...parameters.map((parameter) => `${name} -${parameter}`),
  ]),
);

const answerSchema = object({
  major: number(),
  texts: array(object({
    name: string(),
    errors: array(string()),
    newer: array(string()),
    parameters: array(string()),
    unknown: array(string()),
  })),
});

powershellTest(
  "what we ship or show is whole, and nothing in it is newer than 5.1",
  async () => {
    const shipped = await readScripts();
    const shown = await readPages();
    assert(shown.some(({ name }) => name.startsWith("README.md:")));
    const samples = (texts: readonly string[]): Script[] =>
      texts.map((text) => ({ name: text, text }));
    const { major, texts } = parse(
      answerSchema,
      await askPowerShell("parse.ps1", {
        texts: [
          ...[...shipped, ...shown, ...samples(OLD)],
          ...[...samples(BROKEN), ...samples(NEWER)],
        ],
      }),
    );
    for (const { name, errors, newer, parameters, unknown } of texts) {
      if (BROKEN.includes(name)) assert(errors.length > 0, name);
      else if (NEWER.includes(name)) {
        assert(errors.length + newer.length > 0 || major < 7, name);
      } else assertEquals({ errors, newer, unknown }, NOTHING, name);
      if ([...SHIPPED, COMPLETIONS].includes(name)) {
        const others = parameters.filter((use) => !USES_IN_5_1.has(use));
        assertEquals(others, [], name);
      }
    }
  },
);
