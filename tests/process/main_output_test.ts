import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  onWindows,
  runProgram,
  seenPath,
  spawnProgram,
} from "../support/program.ts";
import {
  assertRefused,
  blockNames,
  FEW_MODELS,
  FEW_NAMES,
  MINE,
  parseReport,
  type Scene,
  setScene,
  withoutBlock,
  xaiModels,
} from "../support/scene.ts";
import { fromRepository } from "../support/repository.ts";
import project from "../../deno.json" with { type: "json" };

/** A scene after its first run; from then on xAI offers another model. */
async function setSecondScene(mine = MINE): Promise<Scene> {
  const scene = await setScene(mine, {
    ...FEW_MODELS,
    // Each run has two requests.
    xai: (n) => xaiModels(n < 2 ? "grok-4.4" : "grok-4.5"),
  });
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  return scene;
}

/** Applies a diff as the user would, in the config's folder. */
async function patch(scene: Scene, diff: string): Promise<void> {
  const child = new Deno.Command("patch", {
    args: ["--binary", "-p0"],
    cwd: scene.folder,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(diff));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const said = new TextDecoder().decode(stdout) +
    new TextDecoder().decode(stderr);
  assertEquals(code, 0, said);
  assertEquals(/fuzz|offset/.test(said), false, said);
}

async function hasPatch(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command("patch", {
      args: ["--version"],
    }).output();
    return success;
  } catch {
    return false;
  }
}

Deno.test({
  name: "--dry-run prints a diff that patch turns into what a run writes",
  ignore: Deno.build.os === "windows" || !await hasPatch(),
  fn: async () => {
    const firsts = [
      MINE,
      MINE.replaceAll("\n", "\r\n"),
      MINE.trimEnd(),
      "model_list:\n",
      "litellm_settings: {}",
    ];
    await Promise.all(firsts.map(async (mine) => {
      await using scene = await setScene(mine);
      const { stdout } = await scene.run("--dry-run");
      assertEquals(await scene.read(), mine);
      assertEquals(await scene.names(), ["config.yaml"]);
      await scene.run();
      const written = await scene.read();
      await scene.write(mine);
      await patch(scene, stdout);
      assertEquals(await scene.read(), written);
    }));
  },
});

Deno.test({
  name: "--dry-run shows a later change, and the removal, as a diff",
  ignore: Deno.build.os === "windows" || !await hasPatch(),
  fn: async () => {
    await using scene = await setSecondScene();
    const first = await scene.read();
    const { code, stdout, stderr } = await scene.run("-n");
    assertEquals(code, 0, stderr);
    assertMatch(stdout, /^-.*"grok-4\.4"$/m);
    assertMatch(stdout, /^\+.*"grok-4\.5"$/m);
    assertEquals(await scene.read(), first);
    assertEquals(stdout.includes("my-own"), false, "a hand-written line");
    const removal = await scene.run("--remove", "--dry-run");
    assertEquals(await scene.read(), first);
    await patch(scene, stdout);
    assertEquals(blockNames(await scene.read()), FEW_NAMES);
    await scene.write(first);
    await patch(scene, removal.stdout);
    assertEquals(await scene.read(), MINE);
  },
});

Deno.test({
  name:
    "the diff of a block in place of `[]` is all that patch needs, both ways",
  ignore: Deno.build.os === "windows" || !await hasPatch(),
  fn: async () => {
    const mine = "model_list: []\n# mine\nlitellm_settings: {}\n";
    await using scene = await setScene(mine);
    const { code, stdout, stderr } = await scene.run("-n");
    assertEquals(code, 0, stderr);
    await scene.run();
    const written = await scene.read();
    const removal = await scene.run("-n", "--remove");
    await patch(scene, removal.stdout);
    assertEquals(await scene.read(), mine);
    await patch(scene, stdout);
    assertEquals(await scene.read(), written);
  },
});

Deno.test("--dry-run prints nothing on stdout when nothing would change", async () => {
  await using scene = await setScene();
  await scene.run();
  const { code, stdout, stderr } = await scene.run("--dry-run");
  assertEquals([code, stdout], [0, ""], stderr);
});

Deno.test("--dry-run and --check read a config that nobody may write", async () => {
  await using scene = await setScene();
  await Deno.chmod(scene.config, 0o444);
  const [dry, check] = await Promise.all([
    scene.run("--dry-run"),
    scene.run("--check"),
  ]);
  assertEquals([dry.code, check.code], [0, 5], dry.stderr + check.stderr);
  await Deno.chmod(scene.config, 0o644);
});

Deno.test("--check tells a fresh block, a stale one and none by its code", async () => {
  await using scene = await setSecondScene();
  const first = await scene.read();
  const stale = await scene.run("--check");
  assertEquals(stale.code, 5, stale.stderr);
  assertStringIncludes(stale.stderr, " is out of date");
  assertEquals(await scene.read(), first);
  await scene.run();
  const names = await scene.names();
  const fresh = await scene.run("--check");
  assertEquals(fresh.code, 0, fresh.stderr);
  await scene.write(MINE);
  const none = await scene.run("--check", "--quiet");
  assertEquals([none.code, none.stderr], [5, ""]);
  assertEquals(await scene.read(), MINE);
  assertEquals(await scene.names(), names);
});

Deno.test("--check cannot know when a provider does not answer: code 1", async () => {
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    gemini: { kind: "status", status: 500 },
  });
  const { code, stderr } = await scene.run("--check");
  assertEquals(code, 1, stderr);
  assertEquals(await scene.read(), MINE);
});

Deno.test("--json prints one object on stdout and all talk on stderr", async () => {
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    gemini: { kind: "refuses" },
  });
  const { code, stdout, stderr } = await scene.run("--json");
  assertEquals(code, 0, stderr);
  const report = parseReport(stdout);
  const { providers, warnings, ...rest } = report;
  assertEquals(rest["kind"], "run");
  assertEquals(rest["exitCode"], 0);
  assertEquals(rest["result"], "created");
  assertEquals(rest["config"], seenPath(scene.config));
  assertEquals(rest["diff"], null);
  assertEquals(outcomesOf(providers), {
    openrouter: "answered",
    xai: "answered",
    gemini: "failed",
  });
  assertStringIncludes(JSON.stringify(warnings), '"provider-failed"');
  assertStringIncludes(stderr, "Added the block");
});

function outcomesOf(providers: unknown): Record<string, unknown> {
  assert(Array.isArray(providers));
  const rows: readonly { id: string; outcome: unknown }[] = providers;
  return Object.fromEntries(rows.map(({ id, outcome }) => [id, outcome]));
}

Deno.test("--json carries the diff of a dry run, and an error", async () => {
  await using scene = await setScene();
  const [dry, error] = await Promise.all([
    scene.run("--json", "--dry-run", "-q"),
    scene.runWith({}, "--config", scene.path("none.yaml"), "--json", "-q"),
  ]);
  assertEquals(dry.stderr, "");
  const diff = parseReport(dry.stdout)["diff"];
  assert(typeof diff === "string");
  assertMatch(diff, /^--- config\.yaml\n\+\+\+ config\.yaml\n@@ /);
  assertEquals(error.code, 3);
  const { kind, exitCode, error: told } = parseReport(error.stdout);
  assertEquals([kind, exitCode], ["error", 3]);
  assertStringIncludes(JSON.stringify(told), "not found");
  assertStringIncludes(error.stderr, "error: ");
});

Deno.test("--output writes there and leaves the config alone", async () => {
  await using scene = await setScene();
  await Deno.chmod(scene.config, 0o444);
  const out = scene.path("out.yaml");
  const { code, stderr, stdout } = await scene.run("--output", out);
  assertEquals([code, stdout], [0, ""], stderr);
  assertEquals(await scene.read(), MINE);
  const text = await scene.read("out.yaml");
  assertEquals(withoutBlock(text), MINE);
  assertEquals(blockNames(text), FEW_NAMES);
  assertEquals(await scene.names(), ["config.yaml", "out.yaml"]);
  await Deno.chmod(scene.config, 0o644);
});

Deno.test("--output keeps the sections that its file has", async () => {
  let isDown = false;
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: () => isDown ? { kind: "status", status: 500 } : xaiModels("grok-4.5"),
  });
  const out = scene.path("out.yaml");
  await scene.run("-o", out);
  const first = await scene.read("out.yaml");
  isDown = true;
  const { code, stderr } = await scene.run("-o", out);
  assertEquals(code, 0, stderr);
  assertEquals(await scene.read("out.yaml"), first);
});

Deno.test("--output replaces no file that is larger than any config", async () => {
  await using scene = await setScene();
  await scene.write("", "disk.img");
  await Deno.truncate(scene.path("disk.img"), 64 * 1024 * 1024 + 1);
  const { code, stderr } = await scene.run(
    "--output",
    scene.path("disk.img"),
  );
  await Deno.truncate(scene.path("disk.img"), 1);
  assertEquals([code, await scene.read("disk.img")], [3, "\0"]);
  assertStringIncludes(stderr, 'disk.img": larger than 64 MiB');
});

Deno.test("--output - prints the new text and nothing else on stdout", async () => {
  await using scene = await setScene();
  const { code, stdout, stderr } = await scene.run("--output", "-");
  assertEquals(code, 0, stderr);
  assertEquals(withoutBlock(stdout), MINE);
  assertEquals(blockNames(stdout), FEW_NAMES);
  assertEquals(await scene.read(), MINE);
  assertStringIncludes(stderr, "from OpenRouter, xAI, Gemini (timeout");
});

Deno.test("--quiet prints nothing when all is well, and errors otherwise", async () => {
  await using scene = await setScene();
  const good = await scene.run("-q");
  assertEquals([good.code, good.stdout, good.stderr], [0, "", ""]);
  await scene.providers.stop();
  const bad = await scene.run("--quiet");
  assertEquals([bad.code, bad.stdout], [1, ""]);
  assertStringIncludes(bad.stderr, "error: ");
  assertEquals(bad.stderr.includes("Asking"), false);
});

Deno.test("--verbose tells what each provider's answer had in it", async () => {
  await using scene = await setScene(MINE, {});
  const { code, stderr } = await scene.run("--verbose", "--dry-run");
  assertEquals(code, 0, stderr);
  assertMatch(stderr, /OpenRouter: 119 rows in \d+ ms, 17 models/);
  assertMatch(stderr, /Gemini: .* [1-9]\d* shut down \(gemini-2\.0-flash, /);
});

Deno.test("talk in a pipe has no escape sequence and no carriage return", async () => {
  await using scene = await setScene();
  const results = [
    await scene.run("-v"),
    await scene.run("--dry-run", "--json"),
    await scene.run("--dry-run", "--remove"),
    await scene.run("--check", "--only", "nobody"),
  ];
  for (const { stdout, stderr } of results) {
    const text = (stdout + stderr).replaceAll(onWindows ? "\r\n" : "\n", "");
    const odd = [...text].filter((character) =>
      character < " " && character !== "\n" || character === "\x7f"
    );
    assertEquals(odd, [], stderr);
  }
});

Deno.test("--color always colours a pipe, NO_COLOR and --color never do not", async () => {
  await using scene = await setScene();
  const env = { ...scene.env, NO_COLOR: "1" };
  const args = ["--config", scene.config, "--dry-run"];
  const [always, never, noColor] = await Promise.all([
    scene.runWith({}, ...args, "--color=always"),
    scene.runWith({}, ...args, "--color=never"),
    scene.runWith({ env }, ...args),
  ]);
  assertStringIncludes(always.stderr, "\x1b[");
  for (const { stdout, stderr } of [never, noColor]) {
    assertEquals((stdout + stderr).includes("\x1b"), false);
  }
});

Deno.test("--log-file gets one line of JSON for each run, good or bad", async () => {
  await using scene = await setScene();
  const log = ["--log-file", scene.path("runs.log")];
  await scene.run(...log);
  await scene.run(...log, "--check");
  await scene.runWith({}, "--config", scene.path("none.yaml"), ...log);
  const lines = (await scene.read("runs.log")).trimEnd().split("\n")
    .map((line) => parseReport(line));
  assertEquals(
    lines.map(({ exitCode, result }) => [exitCode, result]),
    [[0, "created"], [0, "unchanged"], [3, null]],
  );
  for (const { time } of lines) {
    assertMatch(`${time}`, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  }
});

Deno.test("a log file that cannot be written is a warning", async () => {
  await using scene = await setScene();
  const { code, stderr } = await scene.run("--log-file", scene.folder);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "could not be written");
});

Deno.test("--help and --version print on stdout, whatever else is there", async () => {
  const [help, version, verbose, completions] = await Promise.all([
    runProgram(["--help", "--config", "none.yaml"]),
    runProgram(["-V"]),
    runProgram(["--version", "-v"]),
    runProgram(["--completions", "bash"]),
  ]);
  assertEquals([help.code, help.stderr], [0, ""]);
  for (const flag of ["--dry-run", "--remove", "--timeout", "--output"]) {
    assertStringIncludes(help.stdout, flag);
  }
  assertEquals([version.code, version.stderr], [0, ""]);
  const [name, number, ...platform] = version.stdout.split(" ");
  assertEquals([name, number], ["discover", project.version]);
  assertMatch(platform.join(" "), /^\(\w+-[\w-]+, Deno \d+\.\d+\.\d+\)\n$/);
  const [first, second] = verbose.stdout.split(/(?<=\n)/);
  assertEquals([verbose.code, verbose.stderr], [0, ""]);
  assertEquals(first, version.stdout);
  assertMatch(
    second ?? "",
    /^shutdown dates of \d{3} models, as known on 20\d\d-\d\d-\d\d\n$/,
  );
  assertEquals([completions.code, completions.stderr], [0, ""]);
  assertStringIncludes(completions.stdout, "complete -o default -F _discover");
});

Deno.test("arguments for litellm change nothing of a run that does not start it", async () => {
  await using plain = await setScene();
  await using told = await setScene();
  const first = await plain.run();
  const second = await told.run("--", "--port", "4001", "", "--reload", "--");
  assertEquals([first.code, second.code], [0, 0], second.stderr);
  assertEquals(await told.read(), await plain.read());
});

Deno.test({
  name: "a reader that goes away does not break the run",
  ignore: onWindows,
  fn: async () => {
    // Far more than a pipe holds.
    const ids = Array.from({ length: 3000 }, (_, n) => `grok-4.${n}`);
    const xai = xaiModels(...ids);
    await using scene = await setScene(MINE, { ...FEW_MODELS, xai });
    const args = ["--config", scene.config, "--dry-run"];
    const child = spawnProgram(args, { env: scene.env });
    await child.stdout.cancel();
    const stderr = await new Response(child.stderr).text();
    assertEquals((await child.status).code, 0, stderr);
    assertEquals(stderr.includes("a fault of discover"), false, stderr);
  },
});

const LINE_ENDS = { "LF": "\n", "CRLF": "\r\n", "lone CR": "\r" } as const;

for (const [name, eol] of Object.entries(LINE_ENDS)) {
  Deno.test(`a config that LiteLLM wrote itself is refused with its line, and --repair repairs just that: ${name}`, async () => {
    const path = fromRepository("tests/fixtures/dumps/litellm_1.106.yaml");
    const dump = (await Deno.readTextFile(path)).replaceAll("\n", eol);
    await using scene = await setScene(dump, {
      ...FEW_MODELS,
      xai: { kind: "status", status: 503, body: "" },
    });
    assertRefused(await scene.run(), {
      code: 3,
      text: "line 47: 8 entries written by discover outside the markers",
      hint: "LiteLLM may have rewritten the file: run discover --repair",
    });
    assertEquals(await scene.read(), dump);
    const { code, stderr } = await scene.run("--repair");
    assertEquals(code, 0, stderr);
    const mended = await scene.read();
    // The other name is what LiteLLM takes for the user's own claude-sonnet.
    const names = FEW_NAMES.map((name) =>
      name.startsWith("anthropic/") ? `openrouter/${name}` : name
    );
    assertEquals(new Set(blockNames(mended)), new Set(names));
    // A text of the user's has a marker in it, too, further to the right.
    const begin = mended.indexOf(`${eol}# >>> discover`) + eol.length;
    const after = dump.slice(dump.indexOf("router_settings:"));
    assertEquals(mended.slice(0, begin), dump.slice(0, begin));
    assertEquals(mended.endsWith(`models <<<${eol}${after}`), true, mended);
    assertEquals(mended.includes("not-a-real-key-1"), true, "hand-written");
    assertEquals(mended.includes("not-a-real-key-2"), false);
    assertEquals(await scene.read("config.yaml.bak"), dump);
    assertEquals((await scene.run()).code, 0);
    assertEquals(await scene.read(), mended);
  });
}

Deno.test("--json has the line of what is wrong in the hand-written part", async () => {
  const mine = `${MINE}  fallbacks: [{my-own: [gone]}]\n`;
  await using scene = await setScene(mine);
  const { stdout } = await scene.run("--json");
  const line = (await scene.read()).split("\n").length - 1;
  assertEquals(parseReport(stdout)["warnings"], [{
    code: "unknown-fallback",
    weight: "answers-wrongly",
    message: 'the fallback "gone" is not defined in this config',
    hint:
      "name a model of this config, or remove it: LiteLLM reports it only " +
      "when the fallback is needed",
    file: null,
    line,
  }]);
  const { stderr } = await scene.run();
  assertStringIncludes(stderr, `line ${line}: the fallback "gone"`);
});

Deno.test("a byte order mark is mentioned, unless LiteLLM will read UTF-8", async () => {
  await using scene = await setScene(`\ufeff${MINE}`);
  const { stderr } = await scene.run();
  assertStringIncludes(stderr, "line 1: the config begins with a byte order");
  const env = { ...scene.env, PYTHONUTF8: "1" };
  const told = await scene.runWith({ env }, "--config", scene.config);
  assertEquals(told.stderr.includes("byte order"), false, told.stderr);
});
