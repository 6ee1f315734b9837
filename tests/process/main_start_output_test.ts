/**
 * Which config LiteLLM is started with by `--start`, with and without
 * `--output FILE`, as a LiteLLM that prints its arguments and that file sees
 * it. How the choice is made is tested in `tests/commands/start_config_test.ts`.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { onWindows, type RunResult } from "../support/program.ts";
import {
  blockNames,
  FEW_NAMES,
  MINE,
  parseReport,
  type Scene,
  setScene,
} from "../support/scene.ts";
import type { Cast } from "../support/stand_in_providers.ts";

const DOWN = { kind: "status", status: 500 } as const;
const ALL_DOWN: Cast = { openrouter: DOWN, xai: DOWN, gemini: DOWN };

/** A shell plays LiteLLM. */
const ignore = onWindows;

const LITELLM = `#!/bin/sh
PATH=/usr/bin:/bin
[ "$1" = --config ] || exit 9
printf '%s\\n' "$2" "utf8=$PYTHONUTF8" "mine=$MINE" "$*"
cat "$2"
exit 7
`;

/** Runs `--start` in the folder of the config, with that LiteLLM on PATH. */
async function start(scene: Scene, ...args: string[]): Promise<RunResult> {
  const bin = scene.path("bin");
  await Deno.mkdir(bin, { recursive: true });
  await Deno.writeTextFile(`${bin}/litellm`, LITELLM, { mode: 0o755 });
  const env = { ...scene.env, PATH: bin };
  return await scene.runWith({ env }, "--start", ...args);
}

Deno.test({
  name: "--start --output starts LiteLLM with that file, again and again",
  ignore,
  fn: async () => {
    await using scene = await setScene();
    await scene.write("MINE=of-the-file\n", ".env");
    for (let run = 0; run < 2; run++) {
      const { code, stdout, stderr } = await start(
        scene,
        ...["--output", "out.yaml", "--", "--port", "1"],
      );
      assertEquals(code, 7, stderr);
      assertEquals(stdout.split("\n").slice(0, 4), [
        ...["out.yaml", "utf8=1", "mine=of-the-file"],
        "--config out.yaml --port 1",
      ]);
      assertEquals(blockNames(stdout), FEW_NAMES);
      assertStringIncludes(stdout, await scene.read("out.yaml"));
    }
    assertEquals(await scene.read(), MINE);
  },
});

Deno.test({
  name:
    "--start --output falls back on the output of an earlier run, else on the config",
  ignore,
  fn: async () => {
    await using scene = await setScene(MINE, ALL_DOWN);
    const output = ["--output", "out.yaml"];
    const first = await start(scene, ...output);
    assertEquals(first.code, 7, first.stderr);
    assertStringIncludes(first.stdout, `--config config.yaml\n${MINE}`);
    assertStringIncludes(
      oneLine(first),
      'Refresh failed; starting LiteLLM with "config.yaml" as it is',
    );
    await using other = await setScene();
    await start(other, ...output);
    await scene.write(await other.read("out.yaml"), "out.yaml");
    const second = await start(scene, ...output);
    assertEquals(second.code, 7, second.stderr);
    assertEquals(blockNames(second.stdout), FEW_NAMES);
    assertStringIncludes(
      oneLine(second),
      'Refresh failed; starting LiteLLM with "out.yaml" from an earlier run',
    );
  },
});

Deno.test({
  name: "--start starts LiteLLM with the old block where no provider answers",
  ignore,
  fn: async () => {
    await using other = await setScene();
    await other.run();
    const before = await other.read();
    await using scene = await setScene(before, ALL_DOWN);
    const { code, stdout, stderr } = await start(scene);
    assertEquals(code, 7, stderr);
    assertStringIncludes(stdout, `--config config.yaml\n${before}`);
    assertEquals(await scene.read(), before);
  },
});

function oneLine({ stderr }: RunResult): string {
  return stderr.replace(/\s+/g, " ");
}

Deno.test("--start with a flag that leaves LiteLLM no new file does nothing", async () => {
  await using scene = await setScene();
  const flags = ["-n", "--check", "--remove", "--doctor", "--init", "--undo"];
  for (const flag of [...flags, "--stat", "--list-providers"]) {
    const { code, stdout, stderr } = await scene.run("--start", flag);
    assertEquals([code, stdout], [2, ""], flag);
    assertStringIncludes(stderr, "--start cannot be used with --");
  }
  assertEquals(await scene.names(), ["config.yaml"]);
  assertEquals(await scene.read(), MINE);
});

Deno.test("the hint of a wrong line is a line that works", async () => {
  await using scene = await setScene();
  const wrong = await scene.runWith({}, "check", "config.yaml", "--json");
  assertEquals(wrong.code, 2);
  const line = "did you mean: discover --check --config config.yaml --json";
  assertEquals(parseReport(wrong.stdout)["error"], {
    message: 'unexpected argument "check"',
    hint: line,
  });
  const right = await scene.runWith({}, ...line.split(" ").slice(4));
  assertEquals(right.code, 5, right.stderr);
});
