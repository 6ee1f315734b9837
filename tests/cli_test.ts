import { cli } from "../lib/cli.ts";
import { assertEquals, assertStringIncludes } from "./support/assert.ts";
import { runHere, worldHere } from "./support/in_process.ts";
import { faultsOf } from "./support/report_schema.ts";

/** A line that is refused, why, and what to do. */
const REFUSED: readonly (readonly [string, string, string])[] = [
  ["--json --timout 3", 'unknown flag "--timout"', "did you mean --timeout?"],
  ["--json -x", 'unknown flag "-x"', "discover --help lists all flags"],
  [
    "--check -n --json",
    "--dry-run cannot be used with --check",
    "use one of them",
  ],
  [
    "--json --config",
    "--config needs a value",
    "write it as --config FILE",
  ],
  [
    "--timeout 9x --json",
    '--timeout "9x": not a time between 1ms and 60s',
    "write 2, 2s or 1500ms",
  ],
  [
    "--json init",
    'unexpected argument "init"',
    "did you mean: discover --json --init",
  ],
];

for (const [typed, message, hint] of REFUSED) {
  Deno.test(`"discover ${typed}" prints the usage error as JSON, too`, async () => {
    const { code, stdout, stderr } = await runHere(typed.split(" "), {});
    const object: unknown = JSON.parse(stdout);
    assertEquals(object, {
      ...{ schemaVersion: 1, kind: "error", version: "0.0.0" },
      ...{ exitCode: 2, config: null, error: { message, hint } },
    });
    assertEquals(faultsOf(object), "");
    assertEquals(code, 2);
    assertStringIncludes(stderr, message);
    assertStringIncludes(stderr, hint);
  });
}

Deno.test("without --json, or with one for LiteLLM, a usage error is on stderr alone", async () => {
  for (const typed of ["-x", "-x -- --json"]) {
    const { code, stdout, stderr } = await runHere(typed.split(" "), {});
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, 'unknown flag "-x"');
  }
});

Deno.test("an internal error before the run prints JSON, without what the error says", async () => {
  const world = worldHere({});
  const terminals = [() => {
    throw new TypeError("sk-or-5ecre7");
  }];
  const code = await cli(["--version", "--json"], {
    ...world.io,
    createTerminal: (options) =>
      terminals.pop()?.() ?? world.io.createTerminal(options),
  });
  const object: unknown = JSON.parse(world.stdout);
  assertEquals(faultsOf(object), "");
  assertEquals(code, 70);
  assertStringIncludes(world.stdout, "internal error: TypeError");
  assertEquals((world.stdout + world.stderr).includes("5ecre7"), false);
});

Deno.test("--help ends with the address of the documents, if deno.json has one", async () => {
  const docs = "https://example.org/docs";
  const { stdout } = await runHere(["--help"], {}, { docs });
  assertEquals(stdout.split("\n").slice(-2), [`Docs: ${docs}`, ""]);
  const without = await runHere(["--help"], {});
  assertEquals(without.stdout, stdout.replace(`Docs: ${docs}\n`, ""));
});
