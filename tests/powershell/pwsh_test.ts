import { assertEquals } from "../support/assert.ts";
import {
  hasPowerShell,
  plainScreen,
  powershellTest,
  quoted,
  runPowerShell,
} from "../support/powershell/pwsh.ts";

if (!hasPowerShell) {
  // Only the names of tests are shown.
  Deno.test.ignore(
    "THERE IS NO POWERSHELL (DISCOVER_PWSH, pwsh on PATH, or .cache/pwsh by " +
      ".ci/setup-pwsh): the tests that need one are left out",
    () => {},
  );
}

Deno.test("plainScreen() leaves what is read", () => {
  const screen =
    "\x1b]0;title\x07\x1b[?25l\x1b[31mred\x1b[m\x1b[2;1H\r\nplain\r\n";
  assertEquals(plainScreen(screen), "red\nplain\n");
});

powershellTest(
  "quoted() keeps any text whole, exit codes come back",
  async () => {
    const text = 'it\'s “odd” ‘too’ $x `n "y" %z%';
    const same = `'${[...text].map((char) => char.charCodeAt(0)).join(" ")}'`;
    const command = `if ((${quoted(text)}.ToCharArray() | ` +
      `ForEach-Object { [int] $_ }) -join ' ' -ceq ${same}) { exit 11 }; exit 12`;
    const { code } = await runPowerShell(["-Command", command]);
    assertEquals(code, 11);
  },
);
