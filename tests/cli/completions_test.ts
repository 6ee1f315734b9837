import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { completionScript } from "../../lib/cli/completions.ts";
import { type Flag, FLAGS, SHELLS } from "../../lib/cli/flags.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";

const TABLE: readonly Flag[] = FLAGS;

for (const shell of SHELLS) {
  Deno.test(`completionScript() for ${shell} names every flag, in plain ASCII`, () => {
    const script = completionScript(shell);
    assertMatch(script, /^[\n\x20-\x7e]+$/);
    for (const { name } of TABLE) {
      const spelling = shell === "fish" ? `-l ${name} ` : `--${name}`;
      assert(script.includes(spelling), `${spelling} is missing`);
    }
    for (const { id } of PROVIDERS) assert(script.includes(id), id);
  });
}

async function hasShell(name: string): Promise<boolean> {
  try {
    return (await new Deno.Command(name, { args: ["--version"] }).output())
      .success;
  } catch {
    return false;
  }
}

async function output(
  program: string,
  script: string,
  options: { readonly cwd?: string } = {},
): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(program, {
    args: ["-c", script],
    ...options,
  }).output();
  assertEquals(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout).trim();
}

/** What bash would offer, given its own split of the line into words. */
async function offeredByBash(...words: string[]): Promise<string[]> {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const text = await output(
    "bash",
    `${completionScript("bash")}
COMP_WORDS=(discover ${quoted})
COMP_CWORD=${words.length}
_discover
printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
  return text === "" ? [] : text.split("\n");
}

const isBashHere = Deno.build.os !== "windows" && await hasShell("bash");

Deno.test({
  name: "bash completes flags and their words, and leaves files to itself",
  ignore: !isBashHere,
  fn: async () => {
    const cases: readonly (readonly [string[], string[]])[] = [
      [["--co"], ["--config", "--completions", "--color"]],
      [["--dry-run", "--ch"], ["--check"]],
      [["--sta"], ["--stat", "--start"]],
      [["--why", ""], []],
      [["--color", ""], ["auto", "always", "never"]],
      [["--color", "a"], ["auto", "always"]],
      [["--print-client", "c"], ["claude-code", "codex"]],
      [["--color", "="], ["auto", "always", "never"]],
      [["--color", "=", "n"], ["never"]],
      [["--completions", "z"], ["zsh"]],
      [["--only", "x"], ["xai"]],
      [["--only", "xai,gem"], ["xai,gemini"]],
      [["--config", ""], []],
      [["-o", "x"], []],
      [["--timeout", ""], []],
      [["--start", "--", "--po"], []],
    ];
    for (const [words, expected] of cases) {
      assertEquals(await offeredByBash(...words), expected, words.join(" "));
    }
    const all = await offeredByBash("");
    assertEquals(all, TABLE.map(({ name }) => `--${name}`));
  },
});

Deno.test({
  name: "fish completes flags, their words and files",
  ignore: Deno.build.os === "windows" || !await hasShell("fish"),
  fn: async () => {
    const offered = async (line: string): Promise<string[]> => {
      const text = await output(
        "fish",
        `${completionScript("fish")}\ncomplete -C '${line}'`,
        { cwd: new URL("fixtures/configs", import.meta.url).pathname },
      );
      return text.split("\n").map((row) => row.split("\t")[0] ?? "");
    };
    assertEquals(await offered("discover --co"), [
      "--color",
      "--completions",
      "--config",
    ]);
    assertEquals(await offered("discover --color a"), ["always", "auto"]);
    assertEquals(await offered("discover -c anch"), ["anchors.yaml"]);
    assertEquals(await offered("discover --only xai,gem"), ["xai,gemini"]);
  },
});

Deno.test({
  name: "zsh can read its script",
  ignore: Deno.build.os === "windows" || !await hasShell("zsh"),
  fn: async () => {
    const { success, stderr } = await new Deno.Command("zsh", {
      args: ["-fn", "-c", completionScript("zsh")],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
  },
});

Deno.test("the script for PowerShell tells -v from -V and quotes every text", () => {
  const script = completionScript("powershell");
  assertMatch(script, /^ {8}@\('-v', 'switch', @\(\), 'print what/m);
  assertMatch(script, /^ {8}@\('-V', 'switch', @\(\), 'print the version'\)/m);
  assertMatch(script, /'--config', 'file', @\(\), 'LiteLLM''s config/);
  assertEquals(
    /-contains| -like |\] -eq \$/.test(script),
    false,
    "case counts",
  );
});
