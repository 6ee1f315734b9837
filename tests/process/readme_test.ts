/**
 * The README's commands, each run as it stands there by a shell: `discover` and
 * a `litellm` that writes down its arguments are on PATH, and stand-ins answer
 * for the providers. A command that has no test here fails one.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  denoVariables,
  onWindows,
  runCommand,
  type RunResult,
} from "../support/program.ts";
import {
  blocksIn,
  commandsIn,
  readReadme,
  shownPattern,
} from "../support/readme.ts";
import {
  basesOf,
  blockNames,
  MINE,
  type Scene,
  setScene,
} from "../support/scene.ts";
import { writeDiscover, writeScript } from "../support/scripts.ts";
import { FAKE_KEYS } from "../support/stand_in_providers.ts";

const README = await readReadme();
const COMMANDS = commandsIn(README)
  .filter(({ runner }) => runner === "process").map(({ text }) => text);

/** Stands for LiteLLM: notes its arguments. */
const LITELLM = 'echo "$*" >"$CALLS"';

/** A folder with a config and a key, and a shell in it. */
interface Desk {
  readonly scene: Scene;
  readonly shell: (command: string) => Promise<RunResult>;
  /** The arguments that LiteLLM was started with; "" if it was not. */
  readonly started: () => Promise<string>;
}

async function setDesk(scene: Scene, env = scene.env): Promise<Desk> {
  await Deno.mkdir(scene.path("bin"));
  await writeDiscover(scene.path("bin/discover"));
  await writeScript(scene.path("bin/litellm"), LITELLM);
  const variables = {
    ...env,
    ...denoVariables(),
    PATH: `${scene.path("bin")}:/usr/bin:/bin`,
    CALLS: scene.path("calls"),
  };
  return {
    scene,
    shell: (line) =>
      runCommand({ command: "/bin/sh", prefix: ["-c"] }, [line], {
        cwd: scene.folder,
        env: variables,
      }),
    started: () => scene.read("calls").then((text) => text.trim(), () => ""),
  };
}

/** What a reader expects of each; it runs the command that it is given. */
const EXPECTED: Readonly<
  Record<string, (desk: Desk, command: string) => Promise<void>>
> = {
  "discover": async ({ scene, shell, started }, command) => {
    await succeed(shell, command);
    assert(blockNames(await scene.read()).includes("claude-fallback"));
    assertEquals(await scene.read("config.yaml.bak"), MINE);
    assertEquals(await started(), "");
  },
  "discover --start": async ({ scene, shell, started }, command) => {
    await succeed(shell, command);
    assert(blockNames(await scene.read()).includes("claude-fallback"));
    assertEquals(await started(), "--config config.yaml");
  },
  "discover --start -- --port 4001": async (desk, command) => {
    await succeed(desk.shell, command);
    assert(blockNames(await desk.scene.read()).includes("claude-fallback"));
    assertEquals(await desk.started(), "--config config.yaml --port 4001");
  },
  "discover -n": async ({ scene, shell }, command) => {
    const { stdout } = await succeed(shell, command);
    const [shown = ""] = blocksIn(README, "diff");
    assertMatch(stdout, shownPattern(shown));
    // Only lines that are added, and nothing is written.
    assertEquals(
      stdout.split("\n").slice(2).filter((line) => /^-/.test(line)),
      [],
    );
    assertEquals(await scene.names(), ["bin", "config.yaml"]);
    assertEquals(await scene.read(), MINE);
  },
  "discover --stat": async ({ scene, shell }, command) => {
    const { stdout } = await succeed(shell, command);
    assertMatch(stdout, /^Would update config\.yaml: .*\n$/);
    assertEquals(await scene.read(), MINE);
  },
  "discover --why gpt-5.4-mini": async ({ scene, shell }, command) => {
    const { code, stdout } = await shell(command);
    assertEquals(code, 5, stdout);
    assertStringIncludes(stdout, "only Anthropic's models are taken from it");
    const [, lines = ""] = /in discover\.yaml:\n(providers:\n.*\n)/
      .exec(stdout) ?? [];
    await scene.write(lines, "discover.yaml");
    await succeed(shell, "discover");
    assertStringIncludes(await scene.read(), "openrouter/openai/gpt-5.4-mini");
  },
  "discover --undo": async ({ scene, shell }, command) => {
    await succeed(shell, "discover");
    const refreshed = await scene.read();
    await succeed(shell, command);
    assertEquals(await scene.read(), MINE);
    await succeed(shell, command);
    assertEquals(await scene.read(), refreshed);
    assertEquals(await scene.read("config.yaml.before-discover"), MINE);
  },
  "discover --remove": async ({ scene, shell }, command) => {
    await succeed(shell, "discover");
    await succeed(shell, command);
    assertEquals(await scene.read(), MINE);
  },
};

async function succeed(
  shell: Desk["shell"],
  command: string,
): Promise<RunResult> {
  const result = await shell(command);
  assertEquals(result.code, 0, result.stderr);
  return result;
}

for (const command of COMMANDS) {
  Deno.test({
    name: `the README's "${command}" does what it says`,
    ignore: onWindows,
    fn: async () => {
      // The recorded lists, of which the README shows a part.
      await using scene = await setScene(MINE, {});
      const expect = EXPECTED[command];
      assert(expect, `nothing runs "${command}"`);
      await expect(await setDesk(scene), command);
    },
  });
}

Deno.test("no expectation is without a command of the README", () => {
  assertEquals(Object.keys(EXPECTED).toSorted(), COMMANDS.toSorted());
});

/** The README's files with a key, and the lines that they are to have. */
const KEY_FILES = [
  [".env", "properties"],
  ["set-env.ps1", "powershell"],
] as const;

for (const [file, language] of KEY_FILES) {
  Deno.test({
    name: `the README's line of ${file} is all that a run needs`,
    ignore: onWindows,
    fn: async () => {
      await using scene = await setScene(MINE, {});
      const line = blocksIn(README, language)
        .find((text) => text.includes("sk-or-…")) ?? "";
      const key = FAKE_KEYS.OPENROUTER_API_KEY;
      await scene.write(line.replace("sk-or-…", key), file);
      const { shell } = await setDesk(scene, basesOf(scene));
      await succeed(shell, "discover");
      assert(blockNames(await scene.read()).includes("claude-fallback"));
      const [request] = scene.providers.openrouter.requests;
      assertEquals(request?.headers.get("authorization"), `Bearer ${key}`);
    },
  });
}
