import { assertEquals } from "../support/assert.ts";
import { splitCommandLine } from "../support/powershell/stand_in_program.ts";

Deno.test("splitCommandLine() reads quotes and backslashes as C programs do", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["", []],
    ["a b  c", ["a", "b", "c"]],
    ['"a b" ""', ["a b", ""]],
    ['"C:\\my dir\\\\" D:\\x', ["C:\\my dir\\", "D:\\x"]],
    ['a\\"b "c \\"d\\""', ['a"b', 'c "d"']],
    ['--x="y z"', ["--x=y z"]],
  ];
  for (const [line, args] of cases) {
    assertEquals(splitCommandLine(line), args, line);
  }
});
