import {
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { oneLine } from "../support/client_variables.ts";
import { type RunResult, seenPath } from "../support/program.ts";
import { FEW_MODELS, MINE, type Scene, setScene } from "../support/scene.ts";
import { refusal } from "../support/stand_in_providers.ts";

const FALLBACKS = `${MINE}  fallbacks:
    - my-own: [claude-fallback]
`;

/** For a machine that is busy with other tests. */
const PATIENT = ["--timeout", "60s"];

/** A run that waits for the answers, however long they take. */
function run(scene: Scene, ...args: string[]): Promise<RunResult> {
  return scene.run(...PATIENT, ...args);
}

/** The last line that a run says. */
function lastLine(stderr: string): string | undefined {
  return stderr.trimEnd().split("\n").at(-1);
}

Deno.test("--remove says what it did, or would do, and which fallbacks it leaves behind", async () => {
  await using scene = await setScene(FALLBACKS);
  const none = await run(scene, "--remove");
  assertEquals(none.code, 0, none.stderr);
  assertMatch(none.stderr, /Nothing to remove: .*config\.yaml has no block\n$/);
  assertEquals(none.stderr.includes("points nowhere"), false, none.stderr);
  await run(scene);
  const dry = await run(scene, "--remove", "-n");
  assertMatch(
    lastLine(dry.stderr) ?? "",
    /^! Would remove the block from .*config\.yaml: \d+ names removed\. Run without -n to apply$/,
  );
  assertStringIncludes(dry.stderr, "points nowhere without the block");
  const { code, stderr } = await run(scene, "--remove");
  assertEquals(code, 0, stderr);
  const line =
    FALLBACKS.split("\n").findIndex((one) => one.includes("claude-fallback")) +
    1;
  assertStringIncludes(
    stderr,
    `! line ${line}: the fallback "claude-fallback" points nowhere without ` +
      "the block",
  );
  assertMatch(
    lastLine(stderr) ?? "",
    /^\* Removed the block from .*config\.yaml/,
  );
  assertEquals(await scene.read(), FALLBACKS);
});

Deno.test("--stat says on one line of stdout how much would change, with --quiet as well", async () => {
  await using scene = await setScene();
  const [usual, quiet, dry] = [
    await run(scene, "--stat"),
    await run(scene, "--stat", "-q"),
    await run(scene, "-n"),
  ];
  const line = `Would update ${
    seenPath(scene.config)
  }: 3 names added. Run without`;
  assertEquals(usual.stdout, `${line} --stat to apply\n`);
  assertEquals([quiet.stdout, quiet.stderr], [usual.stdout, ""]);
  assertEquals(lastLine(dry.stderr), `! ${line} -n to apply`);
  assertEquals(dry.stderr.includes("->"), false, dry.stderr);
  assertStringIncludes(dry.stdout, '+  - model_name: "grok-4.5"');
  const { stdout } = await run(scene, "--stat", "--json");
  assertStringIncludes(stdout, '"diff": "--- config.yaml');
  await run(scene);
  const fresh = await run(scene, "--stat", "-q");
  assertMatch(
    fresh.stdout,
    /^Already up to date: .*config\.yaml {2}3 models\n$/,
  );
  assertEquals(await scene.names(), [
    "config.yaml",
    "config.yaml.bak",
    "config.yaml.before-discover",
  ]);
});

Deno.test("--output says that it wrote its file, or that this is up to date", async () => {
  await using scene = await setScene();
  const out = scene.path("out.yaml");
  const first = await run(scene, "-o", out);
  assertEquals(lastLine(first.stderr), `* Wrote ${seenPath(out)}`);
  const again = await run(scene, "-o", out);
  assertEquals(
    lastLine(again.stderr),
    `* Already up to date: ${seenPath(out)}`,
  );
  // What the config's own block lacks is no news of a file that has it.
  await run(scene);
  await scene.write("aliases:\n  fast: xai grok-4*\n", "discover.yaml");
  await run(scene, "-o", out);
  const third = await run(scene, "-o", out);
  assertEquals(
    lastLine(third.stderr),
    `* Already up to date: ${seenPath(out)}`,
  );
  assertEquals(third.stderr.includes("fast ->"), false, third.stderr);
  const { stdout, stderr } = await run(scene, "-o", "-");
  assertEquals(lastLine(stderr), "* Wrote the new text to stdout");
  assertEquals(stdout, await scene.read("out.yaml"));
});

Deno.test("--repair says how many entries it took in, and what came of the models", async () => {
  await using scene = await setScene();
  const nothing = await run(scene, "--repair");
  assertMatch(
    lastLine(nothing.stderr) ?? "",
    /^\* Nothing to repair in .*config\.yaml; added the block/,
  );
  const text = await scene.read();
  await scene.write(text.replace(/^ *# (?:>>>|<<<|--|Written by).*\n/gm, ""));
  const { code, stderr } = await run(scene, "--repair");
  assertEquals(code, 0, stderr);
  assertMatch(
    lastLine(stderr) ?? "",
    /^\* Repaired 7 entries in .*config\.yaml; the models are as before/,
  );
  assertEquals(await scene.read(), text);
});

Deno.test("--verbose accounts for every row of the recorded lists", async () => {
  await using scene = await setScene(
    MINE.replace("my-own ", "grok-4.3 "),
    {},
  );
  await scene.write(
    "providers:\n  gemini: {limit: 5}\n  openrouter: {exclude: ['*opus*']}\n",
    "discover.yaml",
  );
  const { stderr } = await run(scene, "-v");
  const accounts = [
    ...stderr.matchAll(/^ {2}(\w+): (\d+) rows in [^,]+, (.*)$/gm),
  ];
  assertEquals(accounts.map(([, title]) => title), [
    "OpenRouter",
    "xAI",
    "Gemini",
  ]);
  for (const [line, , rows, rest = ""] of accounts) {
    const [counts = ""] = rest.replace(/ \([^)]*\)/g, "").split(";");
    const sum = counts.split(", ")
      .reduce((sum, part) => sum + Number.parseInt(part), 0);
    assertEquals(sum, Number(rows), line);
  }
  const whole = accounts.map(([line]) => line).join("\n");
  for (const what of ["filtered out", "over the limit", "skipped (named"]) {
    assertStringIncludes(whole, what);
  }
});

Deno.test("a hint is below the row of its provider", async () => {
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: refusal(503, {}),
  });
  const { stderr } = await run(scene);
  const lines = stderr.split("\n");
  const row = lines.findIndex((line) => /^x xAI /.test(line));
  assertMatch(lines[row + 1] ?? "", /^ {14}-> run again later$/);
  assertEquals(stderr.split("run again later").length, 2, stderr);
});

Deno.test("a provider without a key is named once", async () => {
  await using scene = await setScene();
  await scene.write("providers:\n  anthropic: {}\n", "discover.yaml");
  const missing = await run(scene);
  const about = missing.stderr.split("\n").filter((line) =>
    line.includes("Anthropic")
  );
  assertEquals(about, ["! Anthropic: no key in ANTHROPIC_API_KEY"]);
  const env = {
    ...scene.env,
    LITELLM_MASTER_KEY: scene.env["XAI_API_KEY"] ?? "",
  };
  const own = await scene.runWith({ env }, "-c", scene.config, ...PATIENT);
  assertEquals(own.stderr.split("no key for").length, 1, own.stderr);
  assertStringIncludes(
    oneLine(own.stderr),
    "is this proxy's own key; keeping 1 earlier model",
  );
});

Deno.test("an alias has the name that its model has in the config, and says why it goes", async () => {
  await using scene = await setScene();
  const first = await run(scene);
  assertMatch(first.stderr, /^ {2}claude-fallback +-> claude-sonnet-5$/m);
  await scene.write("providers:\n  xai: false\n", "discover.yaml");
  const second = await run(scene);
  assertMatch(
    second.stderr,
    /^- 1 alias removed +provider not enabled: grok$/m,
  );
});
