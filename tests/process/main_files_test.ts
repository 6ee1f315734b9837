/**
 * What a run writes, and what it leaves alone: `--in-place`, the targets of
 * `--output` and `--log-file`, pipes and standard streams.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  onWindows,
  runCommand,
  type RunResult,
  starter,
} from "../support/program.ts";
import {
  assertRefused,
  blockNames,
  FEW_NAMES,
  MINE,
  parseReport,
  type Scene,
  setScene,
  withoutBlock,
} from "../support/scene.ts";

const INCLUDING = `${MINE}include:\n  - sub/more.yaml\n`;

/** The bytes of everything in the folder, by name. */
async function contents(scene: Scene): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const name of await scene.names()) {
    const { isFile } = await Deno.stat(scene.path(name)).catch(() => ({
      isFile: false,
    }));
    texts[name] = isFile ? await scene.read(name) : "";
  }
  return texts;
}

function asked({ providers: { openrouter, xai, gemini } }: Scene): number {
  return [openrouter, xai, gemini].flatMap(({ requests }) => requests).length;
}

/** That each of the runs is refused with code 2 and does nothing at all. */
async function assertNothingDone(
  scene: Scene,
  runs: readonly (readonly string[])[],
): Promise<void> {
  const before = await contents(scene);
  const results = await Promise.all(
    runs.map((args) => scene.run("--json", ...args)),
  );
  for (const [at, { code, stderr, stdout }] of results.entries()) {
    const what = `${runs[at]?.join(" ")}: ${stderr}`;
    assertEquals(code, 2, what);
    assertStringIncludes(stderr.replace(/\s+/g, " "), "that is ", what);
    assertEquals(parseReport(stdout)["kind"], "error");
  }
  assertEquals(await contents(scene), before);
  assertEquals(asked(scene), 0, "a provider was asked");
}

Deno.test("--output and --log-file refuse every file that a run reads or keeps", async () => {
  await using scene = await setScene(INCLUDING);
  await Deno.mkdir(scene.path("sub"));
  await scene.write("model_list:\n", "sub/more.yaml");
  await scene.write("A=1\n", ".env");
  await scene.write("old", "config.yaml.bak");
  const names = [
    ...["config.yaml", "./config.yaml", "sub/../config.yaml", ".env"],
    ...["set-env.ps1", "discover.yaml", "sub/more.yaml", "sub/../.env"],
    ...["config.yaml.bak", "config.yaml.before-discover"],
    ...["config.yaml.bak.before-discover", "config.yaml.edited-0123456789ab"],
    ".config.yaml.discover-0123456789ab.tmp",
    // To Windows, all of these are the names above.
    ...(onWindows ? [".ENV", "Set-Env.PS1", "Config.yaml.BAK"] : []),
    ...(onWindows ? ["DISCOVER.yaml.", "set-env.ps1::$DATA"] : []),
  ];
  const runs = names.flatMap((name) => [
    ["--output", name],
    ["--log-file", scene.path(name)],
  ]);
  await assertNothingDone(scene, [
    ...runs,
    ["--log-file", ".env", "--remove"],
    ["--log-file", "sub/more.yaml", "--remove"],
    ["--log-file", ".env", "--check"],
    ["--log-file", ".env", "--init"],
    ["--log-file", "config.yaml", "--list-providers"],
    ["--log-file", ".env", "--start"],
    ["--output", "sub/more.yaml", "--start"],
  ]);
});

Deno.test("--output and --log-file refuse what other flags name, and each other", async () => {
  await using scene = await setScene();
  await scene.write("A=1\n", "more.env");
  await scene.write("timeout: 2s\n", "mine.yaml");
  await Deno.mkdir(scene.path("sub"));
  await assertNothingDone(scene, [
    ["--env-file", "more.env", "-o", "./more.env"],
    ["--env-file", "more.env", "--log-file", scene.path("more.env")],
    ["--settings", "mine.yaml", "-o", "sub/../mine.yaml"],
    ["--settings", "mine.yaml", "--log-file", "mine.yaml"],
    ["-o", "out.yaml", "--log-file", "sub/../out.yaml"],
    ["-o", "out.yaml", "--log-file", scene.path("out.yaml")],
  ]);
});

Deno.test({
  name: "--output and --log-file refuse links to what a run reads",
  ignore: onWindows,
  fn: async () => {
    await using scene = await setScene();
    await scene.write("A=1\n", ".env");
    await scene.write("old", "config.yaml.bak");
    await Deno.link(scene.path(".env"), scene.path("hard"));
    await Deno.link(scene.path("config.yaml.bak"), scene.path("hard-bak"));
    await Deno.symlink("config.yaml", scene.path("soft"));
    // To a file that is not there yet: what is written would be its content.
    await Deno.symlink("discover.yaml", scene.path("dangling"));
    const names = ["hard", "hard-bak", "soft", "dangling"];
    const runs = names.flatMap((name) => [
      ["--output", name],
      ["--log-file", name],
    ]);
    await assertNothingDone(scene, runs);
  },
});

Deno.test("--log-file refuses a key file where there is no config, too", async () => {
  await using scene = await setScene();
  await Deno.mkdir(scene.path("empty"));
  const cwd = scene.path("empty");
  const results = await Promise.all([
    scene.runWith({ cwd }, "--log-file", ".env"),
    scene.runWith({}, "-c", "none.yaml", "--log-file", ".env"),
  ]);
  for (const result of results) {
    assertRefused(result, {
      code: 2,
      text: '--log-file ".env": that is a file with keys',
      hint: "name a file of its own",
    });
  }
  assertEquals(await scene.names(), ["config.yaml", "empty"]);
});

Deno.test("--log-file adds nothing to a file that is no log of ours, and says why", async () => {
  await using scene = await setScene();
  await scene.write("dear diary\n", "notes.txt");
  const { code, stderr } = await scene.run("--log-file", "notes.txt");
  assertEquals(code, 0, stderr);
  const shown = stderr.replace(/\s+/g, " ");
  assertStringIncludes(
    shown,
    'the log file "notes.txt" could not be written: ' +
      "its last line was not written by discover",
  );
  assertStringIncludes(
    shown,
    "choose a file that is empty or does not exist yet",
  );
  assertEquals(await scene.read("notes.txt"), "dear diary\n");
});

Deno.test("runs at the same time each add one whole line to the log", async () => {
  await using scene = await setScene();
  await scene.run();
  const log = ["--check", "--log-file", scene.path("runs.log")];
  await Promise.all(Array.from({ length: 6 }, () => scene.run(...log)));
  const lines = (await scene.read("runs.log")).trimEnd().split("\n");
  const codes = lines.map((line) => parseReport(line)["exitCode"]);
  assertEquals(codes, [0, 0, 0, 0, 0, 0]);
});

Deno.test("--in-place writes into the same file, and --remove gives it back", async () => {
  await using scene = await setScene();
  await Deno.link(scene.config, scene.path("twin.yaml"));
  const first = await scene.run("--in-place");
  assertEquals(first.code, 0, first.stderr);
  assertEquals(first.stderr.includes("hard link"), false, first.stderr);
  const text = await scene.read();
  assertEquals(blockNames(text), FEW_NAMES);
  assertEquals(withoutBlock(text), MINE);
  assertEquals(await scene.read("twin.yaml"), text);
  assertEquals(await scene.read("config.yaml.bak"), MINE);
  const removal = await scene.run("--remove", "--in-place");
  assertEquals(removal.code, 0, removal.stderr);
  assertEquals(await scene.read("twin.yaml"), MINE);
  assertEquals(await scene.read("config.yaml.bak"), text);
});

Deno.test("--in-place repairs a config and keeps its other name", async () => {
  await using scene = await setScene();
  await scene.run();
  const lost = (await scene.read()).replaceAll(/^ *# .*\n/gm, "");
  await scene.write(lost);
  await Deno.link(scene.config, scene.path("twin.yaml"));
  const { code, stderr } = await scene.run("--repair", "--in-place");
  assertEquals(code, 0, stderr);
  assertEquals(await scene.read("twin.yaml"), await scene.read());
  assertEquals(new Set(blockNames(await scene.read())), new Set(FEW_NAMES));
});

Deno.test("--in-place changes nothing under --dry-run and --check, and is not for --output", async () => {
  await using scene = await setScene();
  const dry = await scene.run("--in-place", "--dry-run");
  assertEquals(dry.code, 0, dry.stderr);
  assertEquals((await scene.run("--in-place", "--check")).code, 5);
  const output = await scene.run("--in-place", "--output", "out.yaml");
  assertRefused(output, { code: 2, text: "cannot be used with" });
  assertEquals(await scene.names(), ["config.yaml"]);
  assertEquals(await scene.read(), MINE);
});

Deno.test("a config that --in-place left cut off is refused, and its backup stays", async () => {
  const cutOff = `\0${MINE.slice(1, 60)}`;
  await using scene = await setScene(cutOff);
  await scene.write(MINE, "config.yaml.bak");
  assertRefused(await scene.run("--in-place"), {
    code: 3,
    text: "line 1: NUL byte at the start of the file",
    hint:
      "if a run with --in-place was interrupted, copy the .bak file over it",
  });
  assertEquals(await scene.read("config.yaml.bak"), MINE);
  assertEquals(await scene.read(), cutOff);
});

Deno.test("a warning about hard links names the way to keep them", async () => {
  await using scene = await setScene();
  await Deno.link(scene.config, scene.path("twin.yaml"));
  const { stderr } = await scene.run();
  assertStringIncludes(stderr, "1 other hard link");
  assertStringIncludes(stderr, "--in-place");
  assertEquals(await scene.read("twin.yaml"), MINE);
});

Deno.test({
  name: "the standard streams are no files: each is refused with what to write",
  ignore: onWindows,
  fn: async () => {
    await using scene = await setScene();
    const refused: readonly (readonly [string, string, string])[] = [
      ["--output", "/dev/stdout", "--output - prints the new text on stdout"],
      ["--output", "/dev/fd/1", "--output - prints the new text on stdout"],
      ["--log-file", "/dev/stdout", "the log is a file; --json prints"],
      ["--log-file", "/dev/stderr", "the log is a file; --json prints"],
      [
        "--env-file",
        "/dev/stdin",
        "save it to a file and pass that file, or in",
      ],
      [
        "--settings",
        "/dev/stdin",
        "save it to a file and pass that file, or in",
      ],
      ["--config", "/dev/stdin", "the config is edited in place: save it"],
    ];
    for (const [flag, path, hint] of refused) {
      const result = await scene.run(flag, path);
      const text = `${flag} "${path}": a stream, not a file`;
      assertRefused(result, { code: 2, text, hint });
    }
    assertEquals(await scene.names(), ["config.yaml"]);
    assertEquals(asked(scene), 0);
  },
});

/** Runs the program from bash, where `"$@"` is the program with `args`. */
async function inBash(
  { folder, env }: Scene,
  script: string,
): Promise<RunResult> {
  const { command, prefix } = starter();
  const bash = { command: "/bin/bash", prefix: ["-c", script, "bash"] };
  return await runCommand(bash, [command, ...prefix], { env, cwd: folder });
}

const hasBash = !onWindows &&
  await Deno.stat("/bin/bash").then(() => true, () => false);

Deno.test({
  name: "--env-file and --settings read what a command prints, in bash",
  ignore: !hasBash,
  fn: async () => {
    await using scene = await setScene();
    const { XAI_API_KEY: key = "", ...env } = scene.env;
    assert(key !== "");
    // The words come late, and in two pieces.
    const { code, stderr } = await inBash(
      { ...scene, env: { ...env, KEY: key } },
      `"$@" --config config.yaml --only xai \
        --env-file <(PATH=/usr/bin:/bin; sleep 0.2; printf 'XAI_API_'; sleep 0.2; \
          printf 'KEY=%s\\n' "$KEY") \
        --settings <(printf 'aliases: { swift: xai grok-* }\\n')`,
    );
    assertEquals(code, 0, stderr);
    const names = blockNames(await scene.read());
    assert(names.includes("grok-4.5"), `${names} ${stderr}`);
    assert(names.includes("swift"), `${names} ${stderr}`);
  },
});

Deno.test({
  name: "--env-file reads no more than 1 MiB from a command, and says so",
  ignore: !hasBash,
  fn: async () => {
    await using scene = await setScene();
    const { code, stderr } = await inBash(
      scene,
      `"$@" --config config.yaml --env-file <(PATH=/usr/bin:/bin; yes)`,
    );
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "larger than 1 MiB");
  },
});

Deno.test({
  name: "a pipe with a name is refused for what it is, and never waited for",
  ignore: onWindows,
  fn: async () => {
    await using scene = await setScene();
    await new Deno.Command("mkfifo", { args: [scene.path("pipe")] }).output();
    const { code, stderr } = await scene.run("--env-file", "pipe");
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "not a regular file");
    const settings = await scene.run("--settings", "pipe");
    assertStringIncludes(settings.stderr, "not a regular file");
    // To open it once more could wait, too.
    if (!hasBash) return;
    const byNumber = await inBash(
      scene,
      `"$@" --config config.yaml --env-file /dev/fd/9 9<>pipe`,
    );
    assertStringIncludes(byNumber.stderr, "not a regular file");
  },
});
