import { ExitCode } from "../lib/errors.ts";
import {
  powerShellTokens,
  type Token,
} from "../lib/key_files/powershell_tokens.ts";
import { assert, assertEquals } from "./assert.ts";

const script = await Deno.readTextFile(
  new URL("../start-proxy.ps1", import.meta.url),
);
const help = script.slice(0, script.indexOf("#>"));
const tokens: readonly Token[] = [...powerShellTokens(script)];
const words = tokens.flatMap((token) =>
  token.kind === "word" ? [token.text] : []
);
const variables = tokens.flatMap((token) =>
  token.kind === "variable" ? [token.name.toLowerCase()] : []
);

/** The names that the script's own `param(...)` declares. */
function parameters(): readonly string[] {
  const block = /^param\(\n(.*?)^\)/ms.exec(script)?.[1] ?? "";
  return [...block.matchAll(/\$(\w+),?$/gm)].map(([, name]) => name ?? "");
}

Deno.test("start-proxy.ps1 is ASCII with LF, so that 5.1 reads it anywhere", () => {
  assertEquals(/[^\n\x20-\x7e]/.exec(script)?.index, undefined);
});

Deno.test("start-proxy.ps1 uses no operator that 5.1 lacks", () => {
  const doubled = tokens.filter((token, index) => {
    const before = tokens[index - 1];
    return token.kind === "mark" && before?.kind === "mark" &&
      token.text === before.text && "&|".includes(token.text);
  });
  assertEquals(doubled, []);
  assertEquals(words.filter((word) => /^\?|\?[.[]|^\.\.\.$/.test(word)), []);
  assertEquals(
    tokens.filter(({ kind }) => kind === "assign")
      .filter((token) => "text" in token && token.text === "??="),
    [],
  );
  for (const name of ["iswindows", "islinux", "ismacos"]) {
    assert(!variables.includes(name), `$${name} is empty in 5.1`);
  }
});

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
  assertEquals(words.filter((word) => word.toLowerCase() === "exit"), ["exit"]);
  assert(script.endsWith("\nexit $exitCode\n"));
  const codes = [...script.matchAll(/\$script:exitCode = (\d+)/g)]
    .map(([, code]) => Number(code));
  assertEquals(
    new Set(codes),
    new Set<number>([
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

Deno.test("start-proxy.ps1 returns nowhere outside a function", () => {
  // A return beside the last lines would skip the exit code.
  const body = script.slice(script.indexOf("\n$discoverCode = 0\n"));
  assert(body.length > 50);
  assertEquals(/\b(?:return|exit)\b(?! \$exitCode\n$)/.exec(body), null);
});

Deno.test("start-proxy.ps1 leaves the terminal to the programs it starts", () => {
  // A pipe or a redirection would take it away, and turns texts into errors.
  const calls = script.split("\n").map((line) => line.trim())
    .filter((line) => /^(?:\$null = )?& /.test(line));
  assertEquals(calls, [
    "$null = & $EnvScript",
    "& $discover --config $ConfigPath",
    "& $Program @arguments",
  ]);
  assertEquals(words.filter((word) => /^[0-9*]?>/.test(word)), []);
});

Deno.test("start-proxy.ps1 shows no text of an error, which could hold a key", () => {
  const uses = [...script.matchAll(/\$_(\S*)/g)].map(([, use]) => use);
  assertEquals(uses, [
    ".InvocationInfo.ScriptName",
    '.InvocationInfo.ScriptLineNumber)"',
    ".Exception.GetType().Name",
  ]);
  assert(!/\$Error\b/i.test(script));
});

Deno.test("start-proxy.ps1 has no setting of the session in its way", () => {
  assert(script.includes("\nSet-StrictMode -Off\n"));
  assert(script.includes("\n$ErrorActionPreference = 'Continue'\n"));
  assert(
    script.includes("\n$PSNativeCommandUseErrorActionPreference = $false\n"),
  );
});

Deno.test("start-proxy.ps1 puts the environment back whatever happens", () => {
  assert(
    script.includes(
      "} finally {\n    Restore-Environment $savedEnvironment\n}\n",
    ),
  );
});
