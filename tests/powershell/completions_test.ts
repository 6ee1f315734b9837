import { array, number, object, parse, string } from "valibot";
import { COLORS, FLAGS, SHELLS } from "../../lib/cli/flags.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { assertEquals } from "../support/assert.ts";
import { onWindows, runProgram } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";
import { askPowerShell } from "../support/powershell/ask.ts";
import { powershellTest } from "../support/powershell/pwsh.ts";

const ALL_FLAGS = FLAGS.flatMap((flag) =>
  "short" in flag ? [`-${flag.short}`, `--${flag.name}`] : [`--${flag.name}`]
);
const PROVIDER_IDS = PROVIDERS.map(({ id }) => id);

/** A file of the folder, as each system completes it. */
const file = (name: string): string => `${onWindows ? ".\\" : "./"}${name}`;

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ["discover ", ALL_FLAGS],
  ["discover -", ALL_FLAGS],
  ["discover.exe --co", ["--config", "--completions", "--color"]],
  ["discover --co", ["--config", "--completions", "--color"]],
  ["discover --dry-run --ch", ["--check"]],
  ["discover -n --st", ["--strict", "--stat", "--start"]],
  ["discover -v", ["-v"]],
  ["discover -V", ["-V"]],
  ["discover --V", []],
  ["discover --color ", COLORS],
  ["discover --print-client c", ["claude-code", "codex"]],
  ["discover --color a", ["auto", "always"]],
  ["discover --color=", COLORS.map((word) => `--color=${word}`)],
  ["discover --color=n", ["--color=never"]],
  ["discover --color never --js", ["--json"]],
  ["discover --completions z", ["zsh"]],
  ["discover --completions ", SHELLS],
  ["discover --only x", ["xai"]],
  ["discover --only=x", ["--only=xai"]],
  ["discover --only ", PROVIDER_IDS],
  ["discover --only xai,gem", ["gemini"]],
  ["discover --only xai --only g", ["gemini", "groq"]],
  ["discover --config anch", [file("anchors.yaml")]],
  ["discover -c anch", [file("anchors.yaml")]],
  ["discover -o anch", [file("anchors.yaml")]],
  ["discover --env-file anch", [file("anchors.yaml")]],
  ["discover --start -- --po", []],
  ["discover --start -- --config anch", [file("anchors.yaml")]],
  ["discover --json | ConvertFrom-Js", ["ConvertFrom-Json"]],
  ["$all = discover --rem", ["--remove"]],
  ["(discover --check --js", ["--json"]],
  ["if ($true) { discover --init --qu", ["--quiet"]],
];

const answerSchema = object({
  major: number(),
  lines: array(object({ line: string(), offered: array(string()) })),
});

powershellTest(
  "PowerShell completes flags, their words and files",
  async () => {
    const { stdout } = await runProgram(["--completions", "powershell"]);
    const { major, lines } = parse(
      answerSchema,
      await askPowerShell(
        "complete.ps1",
        { script: stdout, lines: CASES.map(([line]) => line) },
        fromRepository("tests/fixtures/configs"),
      ),
    );
    // 5.1 asks no script about a word of one dash:
    // https://github.com/PowerShell/PowerShell/issues/2912
    const asked = (line: string): boolean => major > 5 || !/ -\w?$/.test(line);
    assertEquals(
      lines.filter(({ line }) => asked(line)),
      CASES.filter(([line]) => asked(line))
        .map(([line, offered]) => ({ line, offered: [...offered] })),
    );
  },
);
