/**
 * Signals before LiteLLM is started. What is sent while it runs is tried in
 * `tests/litellm/launcher_test.ts`, and random moments in the proof under faults.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  isCompiled,
  onWindows,
  runCommand,
  spawnProgram,
  starter,
} from "../support/program.ts";
import { faultsOf } from "../support/report_schema.ts";
import {
  assertRefused,
  FEW_MODELS,
  geminiModels,
  MINE,
  parseReport,
  type Scene,
  setScene,
} from "../support/scene.ts";

const CODES = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
  ["SIGQUIT", 131],
] as const;

/** These need signals, or a shell script that stands in for LiteLLM. */
function unixTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: onWindows, fn });
}

interface Asked extends AsyncDisposable {
  readonly scene: Scene;
  /** Resolves when the providers have been asked. */
  readonly asked: Promise<void>;
}

async function setAsked(hangs: boolean): Promise<Asked> {
  const asked = Promise.withResolvers<void>();
  const scene = await setScene(MINE, {
    ...FEW_MODELS,
    gemini: () => {
      asked.resolve();
      return hangs
        ? { kind: "hangs", where: "answer" }
        : geminiModels("gemini-3.8-flash");
    },
  });
  return {
    scene,
    asked: asked.promise,
    [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose](),
  };
}

/** Puts a `litellm` on PATH that leaves a file when it is started. */
async function installLitellm(scene: Scene): Promise<Record<string, string>> {
  const program = scene.path("litellm");
  await Deno.writeTextFile(program, `#!/bin/sh\n: >"$0.started"\n`);
  await Deno.chmod(program, 0o755);
  return { ...scene.env, PATH: `${scene.folder}:/usr/bin:/bin` };
}

for (const [signal, code] of CODES) {
  unixTest(
    `${signal} while providers are asked ends with ${code}, and is told everywhere`,
    async () => {
      await using stage = await setAsked(true);
      const { scene, asked } = stage;
      const env = await installLitellm(scene);
      const log = scene.path("log");
      const child = spawnProgram(
        ["--config", scene.config, "--json", "--log-file", log, "--start"],
        { env },
      );
      const output = child.output();
      await Promise.race([asked, output]);
      child.kill(signal);
      const ended = await output;
      const [stdout, stderr] = [ended.stdout, ended.stderr]
        .map((bytes) => new TextDecoder().decode(bytes));
      assertEquals(ended.code, code, stderr);
      assertStringIncludes(stderr ?? "", "interrupted: nothing was written");
      const report = parseReport(stdout ?? "");
      assertEquals(faultsOf(report), "");
      assertEquals([report["kind"], report["exitCode"]], ["error", code]);
      const line = parseReport(await Deno.readTextFile(log));
      assertEquals(line["exitCode"], code);
      assertEquals(await scene.read(), MINE);
      assertEquals(await scene.names(), ["config.yaml", "litellm", "log"]);
    },
  );
}

unixTest(
  "a signal while another program holds the lock ends the run at once",
  async () => {
    await using stage = await setAsked(false);
    const { scene, asked } = stage;
    const env = await installLitellm(scene);
    using lock = await Deno.open(scene.folder);
    await lock.lock(true);
    const child = spawnProgram(["--config", scene.config, "--start"], { env });
    const output = child.output();
    await Promise.race([asked, output]);
    const startMs = performance.now();
    // By now the answers are in and the lock is waited for, which takes 5 s.
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill("SIGTERM");
    const { code, stderr } = await output;
    const said = new TextDecoder().decode(stderr);
    assertEquals(code, 143, said);
    assert(performance.now() - startMs < 4000, "not at once");
    assertStringIncludes(said, "interrupted: nothing was written");
    assertEquals(await scene.read(), MINE);
    assertEquals(await scene.names(), ["config.yaml", "litellm"]);
  },
);

unixTest(
  "a relative PATH entry with a litellm is named, with code 4",
  async () => {
    await using scene = await setScene();
    await installLitellm(scene);
    const env = { ...scene.env, PATH: `.:/usr/bin` };
    const result = await scene.runWith(
      { env, cwd: scene.folder },
      ...["--config", scene.config, "--quiet", "--start"],
    );
    assertRefused(result, {
      code: 4,
      text: 'PATH leads to it by the entry "."',
      hint: "make that entry absolute, or remove it from PATH",
    });
  },
);

const [major = 0, minor = 0] = Deno.version.deno.split(".").map(Number);
/** The runtime of the compiled programs, 2.6, ends before our code runs. */
const endsWithoutPath = isCompiled || major < 2 || (major === 2 && minor < 9);

Deno.test({
  name: "without a PATH everything works but --start, which finds no litellm",
  ignore: onWindows || endsWithoutPath,
  fn: async () => {
    await using scene = await setScene();
    const { command, prefix } = starter();
    const run = (...args: string[]): ReturnType<typeof runCommand> =>
      runCommand(
        { command: "/usr/bin/env", prefix: ["-u", "PATH", command, ...prefix] },
        ["--config", scene.config, ...args],
        { env: scene.env, cwd: scene.folder },
      );
    const refreshed = await run();
    assertEquals(refreshed.code, 0, refreshed.stderr);
    assertStringIncludes(await scene.read(), '"grok-4.5"');
    assertEquals((await run("--check")).code, 0);
    assertEquals((await run("--list-providers")).code, 0);
    const started = await run("--start");
    assertEquals(started.code, 4, started.stderr);
    assertStringIncludes(started.stderr, "litellm: not found");
  },
});
