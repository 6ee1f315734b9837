import project from "../../deno.json" with { type: "json" };
import { assertEquals } from "../assert.ts";
import { PERMISSIONS } from "../../lib/permissions.ts";
import { fromRepository } from "../repository.ts";

Deno.test("the permission set in deno.json equals the table in the code", () => {
  const table: unknown = JSON.parse(JSON.stringify(PERMISSIONS));
  assertEquals<unknown>(project.permissions.discover, table);
});

/** `DISCOVER_PROBE` names the compiled probe, where there is one. */
async function runProbe(): Promise<unknown> {
  const compiled = Deno.env.get("DISCOVER_PROBE");
  const source = [
    ...["run", "-q", "--no-prompt", "-P=discover"],
    ...["--config", fromRepository("deno.json")],
    fromRepository("tests/process/probe.ts"),
  ];
  const command = new Deno.Command(compiled ?? Deno.execPath(), {
    args: compiled ? [] : source,
    stdout: "piped",
    stderr: "piped",
  });
  const { stdout, stderr } = await command.output();
  const text = new TextDecoder().decode(stdout);
  if (text === "") throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(text);
}

Deno.test("the permission set denies everything that the program does not need", async () => {
  assertEquals(await runProbe(), {
    "another host": "NotCapable",
    "another port": "NotCapable",
    "an address outside": "NotCapable",
    "another program": "NotCapable",
    "this program itself": "NotCapable",
    "another variable": "NotCapable",
    "all variables": "NotCapable",
    "system information": "NotCapable",
    "foreign functions": "NotCapable",
    "a variable of its own": "allowed",
    "a file": "allowed",
  });
});
