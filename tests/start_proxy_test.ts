/**
 * What the text of `start-proxy.ps1` must be like, for machines without a
 * PowerShell; tests/powershell/ has what PowerShell makes of it.
 *
 * @module
 */
import { ExitCode } from "../lib/errors.ts";
import { neverFromFiles } from "../lib/litellm/litellm.ts";
import { CONFIG_NAMES } from "../lib/files/paths.ts";
import { assert, assertEquals } from "./support/assert.ts";

const script = await Deno.readTextFile(
  new URL("../start-proxy.ps1", import.meta.url),
);
const help = script.slice(0, script.indexOf("#>"));
const code = codeOf(script);

/** A script without its comments and the insides of its strings. */
function codeOf(script: string): string {
  return script.replaceAll(
    /<#.*?#>|#[^\n]*|'(?:[^']|'')*'|"(?:[^"`]|`.|"")*"/gs,
    (text) => text.startsWith("'") || text.startsWith('"') ? '""' : "",
  );
}

/** The names that the script's own `param(...)` declares. */
function parameters(): readonly string[] {
  const block = /^param\(\n(.*?)^\)/ms.exec(script)?.[1] ?? "";
  return [...block.matchAll(/\$(\w+),?$/gm)].map(([, name]) => name ?? "");
}

for (const name of ["start-proxy.ps1", "examples/set-env-vault.ps1"]) {
  Deno.test(`${name} is ASCII with LF, and uses no operator that 5.1 lacks`, async () => {
    const text = await Deno.readTextFile(
      new URL(`../${name}`, import.meta.url),
    );
    assertEquals(/[^\n\x20-\x7e]/.exec(text)?.index, undefined);
    const code = codeOf(text);
    assert(code.length > 500);
    assertEquals(/&&|\|\||\?\?|\?\.|\?\[/.exec(code), null);
    assertEquals(/\$Is(?:Windows|Linux|MacOS)\b/i.exec(code), null);
  });
}

Deno.test("start-proxy.ps1 documents every parameter", () => {
  const documented = [...help.matchAll(/^\.PARAMETER (\w+)\n\S/gm)]
    .map(([, name]) => name ?? "");
  assertEquals(documented, [...parameters()]);
  assertEquals(documented, [
    "Config",
    "EnvFile",
    "Port",
    "Venv",
    "SkipDiscovery",
    "LiteLLMArgs",
  ]);
  for (const section of ["SYNOPSIS", "DESCRIPTION", "EXAMPLE", "NOTES"]) {
    assert(help.includes(`\n.${section}\n`), section);
  }
});

Deno.test("start-proxy.ps1 ends in one place, with one of our codes", () => {
  assertEquals(code.match(/\bexit\b/gi), ["exit"]);
  assert(script.endsWith("\nexit $exitCode\n"));
  const codes = [...script.matchAll(/\$script:exitCode = (\d+)/g)]
    .map(([, code]) => Number(code));
  assertEquals(
    new Set(codes),
    new Set<number>([
      ExitCode.usage,
      ExitCode.config,
      ExitCode.handoff,
      ExitCode.interrupted,
    ]),
  );
});

Deno.test("start-proxy.ps1 starts nothing after a discover that a signal ended", () => {
  const list = /^\$interruptedCodes = @\((.*)\)$/m.exec(script)?.[1] ?? "";
  assertEquals(
    new Set(list.split(", ").map(Number)),
    new Set<number>([
      ExitCode.hungUp,
      ExitCode.interrupted,
      ExitCode.quit,
      ExitCode.terminated,
      // What Windows gives to a program that Ctrl+C ended at its start.
      -1073741510,
    ]),
  );
});

Deno.test("start-proxy.ps1 leaves the terminal to the programs it starts", () => {
  // A pipe or a redirection would take it away, and turns texts into errors.
  const calls = script.split("\n").map((line) => line.trim())
    .filter((line) => /^(?:\$null = )?& /.test(line));
  assertEquals(calls, [
    "& $discover @arguments",
    "& $Program @arguments",
  ]);
  assertEquals(code.match(/\s[0-9*]?>/), null);
});

Deno.test("start-proxy.ps1 never asks for the text of an error, which could hold a key", () => {
  assertEquals(
    code.match(/\.Message\b|\$Error\b|ErrorDetails|Out-String/gi),
    null,
  );
});

Deno.test("start-proxy.ps1 looks for the config under the names that discover knows", () => {
  const list = /^\$configNames = @\((.*?)^\)/ms.exec(script)?.[1] ?? "";
  assertEquals([...list.matchAll(/'(.*)'/g)].map(([, name]) => name), [
    ...CONFIG_NAMES,
  ]);
});

Deno.test("start-proxy.ps1 names in its help all configs that it looks for", () => {
  const text = /^\.PARAMETER Config\n(.*?)\n\n/ms.exec(help)?.[1] ?? "";
  const named = [...text.matchAll(/[\w/-]+\.ya?ml/g)].map(([name]) => name);
  // The last one is next to the script.
  assertEquals(named.slice(0, CONFIG_NAMES.length), [...CONFIG_NAMES]);
});

Deno.test("start-proxy.ps1 lets no file set what discover lets none set", () => {
  const pattern = /^\$neverFromFiles = '(.*)'$/m.exec(script)?.[1];
  assertEquals(pattern, neverFromFiles.source.replace(/\$$/, "\\z"));
});
